package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.model.AppName;
import dev.slipway.model.ProcessType;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PsCommandsTest extends AtDesk {

    private static final AppName SHOP = new AppName("shop");

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve\nws: talk");
    }

    @Test
    void theReportTellsOfEachProcess() {
        desk.ok("ps:scale", "shop", "ws=1");
        assertThat(desk.ok("ps:report", "shop")).isEqualTo("""
                =====> shop ps information
                       Deployed:                         true
                       Processes:                        2
                       Ps can scale:                     true
                       Ps computed procfile path:        Procfile
                       Ps computed restart policy:       on-failure:10
                       Ps computed stop timeout seconds: 30
                       Ps global procfile path:
                       Ps global restart policy:
                       Ps global stop timeout seconds:
                       Ps procfile path:
                       Ps restart policy:
                       Ps stop timeout seconds:
                       Restore:                          true
                       Running:                          true
                       Status web 1:                     running (CID: p01)
                       Sockets web 1:                    1 (port 5000: 1)
                       Status ws 1:                      running (CID: p02)
                       Sockets ws 1:                     1 (port 5000: 1)
                       Draining:
                """);
        assertThat(desk.ok("ps:report", "shop", "--status-ws-1")).isEqualTo("running (CID: p02)\n");
        assertThat(desk.ok("ps:report", "shop", "--format=json"))
                .contains(
                        "\"deployed\":\"true\",\"draining\":\"\"",
                        "\"sockets-ws-1\":\"1 (port 5000: 1)\"",
                        "\"status-ws-1\":\"running (CID: p02)\"",
                        "\"ps-stop-timeout-seconds\":\"\"",
                        "\"stop-timeout-seconds\":\"\"");
    }

    @Test
    void aReportWithoutAnAppTellsOfAll() {
        desk.deployed("other", "web: serve");
        assertThat(desk.ok("ps:report")).contains("=====> other ps information").contains("=====> shop ps information");
        assertThat(desk.ok("ps:report", "--running")).isEqualTo("true\ntrue\n");
        desk.ok("apps:destroy", "other", "--force");
        desk.ok("apps:destroy", "shop", "--force");
        assertThat(desk.run("ps:report"))
                .isEqualTo(new Result(0, "", " !     You haven't deployed any applications yet\n"));
    }

    @Test
    void replacedProcessesAreShownUntilTheyAreGone() {
        desk.ok("ps:restart", "shop");
        desk.ok("ps:restart", "shop");
        assertThat(desk.ok("ps:report", "shop"))
                .contains("       Status web 1:                     running (CID: p03)\n")
                .contains("       Sockets web 1:                    1 (port 5000: 1)\n")
                .endsWith("       Draining:                         web.1: draining, 1 socket, 10m left (v1, CID: p01);"
                        + " web.1: draining, 1 socket, 10m left (v1, CID: p02)\n");
        desk.deployed("other", "web: serve");
        assertThat(desk.ok("ps:retire")).isEqualTo("""
                -----> Retiring old processes
                       shop: web.1: draining, 1 socket, 10m left (v1, CID: p01)
                       shop: web.1: draining, 1 socket, 10m left (v1, CID: p02)
                """);
        assertThat(desk.ok("ps:retire", "other")).isEqualTo("-----> Retiring old processes\n");
        assertThat(desk.run("ps:retire", "nosuch").exitCode()).isEqualTo(20);
    }

    @Test
    void aProcessThatWasGivenUpIsShownAsExitedAndStartedAgainWhenAsked() {
        desk.ok("ps:scale", "shop", "ws=1");
        desk.scheduler().giveUp("p01");
        assertThat(desk.ok("ps:report", "shop", "--status-web-1")).isEqualTo("exited (CID: p01)\n");
        assertThat(desk.ok("ps:report", "shop", "--running")).isEqualTo("mixed\n");

        desk.ok("ps:scale", "shop", "ws=2");
        assertThat(desk.ok("ps:report", "shop", "--status-web-1"))
                .as("another type's scale leaves it alone")
                .isEqualTo("exited (CID: p01)\n");

        desk.ok("ps:start", "shop");
        assertThat(desk.ok("ps:report", "shop", "--running")).isEqualTo("true\n");
        assertThat(desk.ok("ps:report", "shop", "--status-ws-1")).isEqualTo("running (CID: p02)\n");
    }

    @Test
    void stoppingEndsAllThatRunsDrainingProcessesIncluded() {
        desk.ok("ps:restart", "shop");
        assertThat(desk.ok("ps:stop", "shop")).isEqualTo("-----> Stopping shop\n");
        assertThat(desk.scheduler().running()).isEmpty();
        assertThat(desk.store().draining()).isEmpty();
        assertThat(desk.ok("ps:report", "shop", "--running")).isEqualTo("false\n");
        assertThat(desk.ok("ps:report", "shop", "--restore")).isEqualTo("false\n");
        assertThat(desk.ok("ps:report", "shop", "--status-web-1")).isEqualTo("exited\n");
        assertThat(desk.ok("ps:report", "shop", "--processes")).isEqualTo("1\n");

        assertThat(desk.ok("ps:start", "shop")).startsWith("-----> Starting shop\n");
        assertThat(desk.ok("ps:report", "shop", "--running")).isEqualTo("true\n");
    }

    @Test
    void aSiteThatCannotBeRenderedWithoutProcessesIsTakenOutOfServiceByAStop() {
        desk.proxy()
                .refuse(site -> site.listeners()
                        .getOrDefault(ProcessType.WEB, java.util.List.of())
                        .isEmpty());
        Result result = desk.run("ps:stop", "shop");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("nginx.conf.sigil:7").contains("its domains are not served at all");
        assertThat(desk.proxy().site(SHOP)).isEmpty();
        assertThat(desk.scheduler().running()).isEmpty();

        desk.ok("ps:start", "shop");
        assertThat(desk.proxy().site(SHOP)).isPresent();
    }

    @Test
    void whatWasNeverDeployedCannotBeRun() {
        desk.ok("apps:create", "empty");
        for (String verb : new String[] {"ps:start", "ps:stop", "ps:restart"}) {
            assertThat(desk.run(verb, "empty").err()).isEqualTo(" !     App empty has not been deployed\n");
        }
        assertThat(desk.run("logs", "empty")).isEqualTo(new Result(1, "", " !     App empty has not been deployed\n"));
    }

    @Test
    void oneTypeIsRestartedByItself() {
        desk.ok("ps:scale", "shop", "ws=1");
        desk.ok("ps:restart", "shop", "ws");
        assertThat(desk.ok("ps:report", "shop", "--status-web-1")).isEqualTo("running (CID: p01)\n");
        assertThat(desk.ok("ps:report", "shop", "--status-ws-1")).isEqualTo("running (CID: p03)\n");
        assertThat(desk.run("ps:restart", "shop", "nope").err())
                .isEqualTo(" !     Process type nope is not in the Procfile of shop (found: web, ws)\n");
    }

    @Test
    void everyAppIsTakenInTurnOrSideBySide() {
        desk.deployed("other", "web: serve");
        desk.ok("apps:create", "empty");
        for (String[] words : new String[][] {{"--all"}, {"--all", "--parallel", "2"}, {"--parallel=-1", "--all"}}) {
            Result result = desk.run(
                    Stream.concat(Stream.of("ps:restart"), Stream.of(words)).toArray(String[]::new));
            assertThat(result.exitCode()).isZero();
            assertThat(result.out()).contains("-----> Restarting other\n", "-----> Restarting shop\n");
            assertThat(result.err()).isEqualTo(" !     App empty has not been deployed\n");
        }
        desk.ok("ps:stop", "--all");
        assertThat(desk.scheduler().running()).isEmpty();
        desk.ok("ps:start", "--all", "--parallel", "2");
        assertThat(desk.scheduler().running()).hasSize(2);
    }

    @Test
    void oneAppThatFailsKeepsNoOtherFromItsTurn() {
        desk.deployed("other", "web: serve");
        desk.proxy().refuse(site -> site.app().value().equals("other"));
        Result result = desk.run("ps:restart", "--all");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains(" !     other: nginx.conf.sigil:7").endsWith(" !     It failed for other\n");
        assertThat(desk.scheduler().running(SHOP)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ps:restart,                       Please specify an app to run the command on
            ps:stop,                          Please specify an app to run the command on
            ps:rebuild,                       Please specify an app to run the command on
            ps:inspect,                       Please specify an app to run the command on
            ps:start --all shop,              "Too many words, beginning with 'shop': ps:start [--parallel <count>] --all|<app>"
            ps:start shop web,                "Too many words, beginning with 'web': ps:start [--parallel <count>] --all|<app>"
            ps:restart --all --parallel 0,    "Invalid value for --parallel: 0: write a count from 1 to 64, or -1 for as many as there are processors"
            ps:restart --all --parallel 1.5,  "Invalid value for --parallel: 1.5: write a count from 1 to 64, or -1 for as many as there are processors"
            ps:restart shop ../etc,           "../etc is not a valid process type: letters, digits, - and _ only"
            ps:stop --force shop --now,       "Unknown flag --now: ps:stop [--parallel <count>] --all|<app>"
            """, quoteCharacter = '"')
    void wordsThatAreMissingOrTooManyChangeNothing(String words, String message) {
        assertThat(desk.run(words.replace(" --force", "").split(" ")))
                .isEqualTo(new Result(1, "", " !     " + message + "\n"));
        assertThat(desk.scheduler().stopped()).isEmpty();
    }

    @Test
    void whatShouldRunIsRestoredAndWhatWasStoppedIsNot() {
        desk.deployed("other", "web: serve");
        desk.ok("ps:stop", "other");
        desk.scheduler().giveUp("p01");
        Result result = desk.run("ps:restore");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("-----> Restoring shop\n-----> Deploying web (count=1)\n");
        assertThat(result.err()).isEqualTo(" !     App other was stopped: ps:start starts it\n");
        assertThat(desk.scheduler().running()).hasSize(1);
        assertThat(desk.run("ps:restore", "nope").exitCode()).isEqualTo(20);
    }

    @Test
    void processesAreInspectedWithoutTheirConfig() {
        desk.ok("config:set", "--no-restart", "shop", "SECRET=hush");
        assertThat(desk.ok("ps:inspect", "shop"))
                .isEqualTo(
                        "[{\"id\":\"p01\",\"app\":\"shop\",\"process\":\"web.1\",\"release\":1,\"state\":\"running\","
                                + "\"address\":\"10.0.0.1\",\"pid\":1001,\"started_at\":\"1970-01-01T00:00:00Z\",\"restarts\":0}]\n");
        desk.ok("apps:create", "empty");
        assertThat(desk.run("ps:inspect", "empty").err()).isEqualTo(" !     App empty has not been deployed\n");
    }

    @Test
    void theRevisionIsBuiltAgainAndDeployedThoughNothingChanged() {
        desk.revised("shop", Map.of("Procfile", "web: serve\nws: talk\n"));
        assertThat(desk.ok("ps:rebuild", "shop"))
                .startsWith("-----> Rebuilding shop\n-----> Releasing shop v2...\n-----> Deploying web (count=1)\n");
        desk.ok("ps:rebuild", "shop");
        assertThat(desk.built()).hasSize(2).doesNotHaveDuplicates();
        desk.ok("apps:create", "empty");
        assertThat(desk.run("ps:rebuild", "empty").err()).isEqualTo(" !     App empty has not been deployed\n");
    }

    @Test
    void whatTheProcfileLacksIsSkippedAndSaid() {
        desk.revised("shop", Map.of("Procfile", "clock: tick\nws: talk\n"));
        assertThat(desk.run("ps:rebuild", "shop").err())
                .isEqualTo(" !     Skipping web as it is missing from the current Procfile\n");
        assertThat(desk.run("ps:rebuild", "shop").err()).isEmpty();
    }

    @Test
    void theProcfileIsReadWhereThePropertySays() {
        desk.revised("shop", Map.of("Procfile", "web: serve\n", "deploy/Procfile", "web: serve\nclock: tick\n"));
        desk.ok("ps:set", "shop", "procfile-path", "deploy/Procfile");
        desk.ok("ps:rebuild", "shop");
        assertThat(desk.ok("ps:scale", "shop")).endsWith("clock: 0\nweb:  1\n");
        assertThat(desk.built().getFirst()).contains("deploy/Procfile");
        desk.ok("ps:set", "--global", "procfile-path", "nowhere");
        desk.ok("ps:set", "shop", "procfile-path");
        assertThat(desk.run("ps:rebuild", "shop").err())
                .startsWith(" !     The repository has no nowhere, which ps:set procfile-path names: add one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../Procfile",
                "a/../../b",
                "a b",
                "a;b",
                ".git/config",
                "a//b",
                "a/",
                "$(id)",
                "a\nb"
            })
    void aProcfileOutsideTheRepositoryIsRefused(String path) {
        Result result = desk.run("ps:set", "shop", "procfile-path", path);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith(" !     procfile-path must be the path of a file in the repository");
    }

    @Test
    void processesAreStartedWithTheRestartPolicyThatHoldsThen() {
        desk.ok("ps:set", "--global", "restart-policy", "always");
        assertThat(desk.ok("ps:report", "--global", "--ps-computed-restart-policy"))
                .isEqualTo("always\n");
        desk.ok("ps:restart", "shop");
        assertThat(desk.scheduler().spec("p02").restart()).hasToString("always");
        desk.ok("ps:set", "shop", "restart-policy", "on-failure:3");
        desk.ok("ps:restart", "shop");
        assertThat(desk.scheduler().spec("p03").restart()).hasToString("on-failure:3");
        Result result = desk.run("ps:set", "shop", "restart-policy", "sometimes");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith(" !     Invalid restart-policy specified: write no, always,");
        assertThat(desk.run("ps:set", "shop", "nope", "1").err())
                .isEqualTo(" !     Invalid property specified, valid properties include:"
                        + " stop-timeout-seconds, restart-policy, procfile-path, restore\n");
    }
}
