package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.model.AppName;
import dev.slipway.model.Draining;
import dev.slipway.model.ProcessType;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChecksCommandsTest extends AtDesk {

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve\nws: talk");
    }

    @Test
    void anAppsOwnSettingComesBeforeTheGlobalOneBeforeTheDefault() {
        assertThat(desk.ok("checks:report", "shop")).isEqualTo("""
                =====> shop checks information
                       Checks computed drain timeout:  600
                       Checks computed max draining:   5
                       Checks computed wait to retire: 60
                       Checks disabled list:           none
                       Checks drain timeout:
                       Checks global drain timeout:
                       Checks global max draining:
                       Checks global wait to retire:
                       Checks max draining:
                       Checks skipped list:            none
                       Checks wait to retire:
                """);
        desk.ok("checks:set", "--global", "drain-timeout", "10m");
        assertThat(desk.ok("checks:report", "shop", "--checks-computed-drain-timeout"))
                .isEqualTo("600\n");
        desk.ok("checks:set", "--global", "drain-timeout", "1h");
        assertThat(desk.ok("checks:report", "shop", "--checks-computed-drain-timeout"))
                .isEqualTo("3600\n");
        assertThat(desk.ok("checks:set", "shop", "drain-timeout", "0"))
                .isEqualTo("=====> Setting drain-timeout to 0\n");
        assertThat(desk.ok("checks:report", "shop", "--checks-computed-drain-timeout"))
                .isEqualTo("0\n");
        assertThat(desk.ok("checks:set", "shop", "drain-timeout")).isEqualTo("=====> Unsetting drain-timeout\n");
        assertThat(desk.ok("checks:report", "shop", "--checks-computed-drain-timeout"))
                .isEqualTo("3600\n");
    }

    @ParameterizedTest
    @CsvSource({
        "drain-timeout,1.5",
        "drain-timeout,31d",
        "drain-timeout,soon",
        "wait-to-retire,1y",
        "max-draining,0",
        "max-draining,101",
        "max-draining,1h"
    })
    void whatIsNoTimeOrCountIsRefused(String property, String value) {
        Result result = desk.run("checks:set", "shop", property, value);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith(" !     " + property + " must be a whole number");
    }

    @Test
    void anUnknownPropertyIsToldTheOthers() {
        assertThat(desk.run("checks:set", "shop", "nope", "1").err())
                .isEqualTo(" !     Invalid property specified, valid properties include:"
                        + " wait-to-retire, drain-timeout, max-draining\n");
    }

    @Test
    void replacedProcessesHaveTheLongerOfTheTwoTimes() {
        desk.ok("ps:restart", "shop");
        assertThat(deadlines()).containsExactly(600L);
        desk.ok("checks:set", "shop", "wait-to-retire", "20m");
        desk.ok("ps:restart", "shop");
        assertThat(deadlines()).containsExactlyInAnyOrder(600L, 1200L);
    }

    @Test
    void whoWantsNoDrainHasNoneUnlessRequestsGetTheirTime() {
        desk.ok("checks:set", "shop", "drain-timeout", "0");
        desk.ok("checks:set", "shop", "wait-to-retire", "5");
        desk.ok("ps:restart", "shop");
        assertThat(deadlines()).containsExactly(5L);
    }

    @Test
    void whatWasToldToGoIsNotToldAgain() {
        desk.ok("checks:set", "shop", "max-draining", "1");
        desk.ok("checks:set", "shop", "drain-timeout", "0");
        String replaced = desk.store()
                .app(new AppName("shop"))
                .processes()
                .values()
                .iterator()
                .next();
        CountDownLatch held = desk.scheduler().holdStops();
        desk.ok("ps:restart", "shop");
        assertThat(desk.store().draining()).containsKey(replaced);
        assertThat(desk.run("ps:restart", "shop").err()).isEmpty();
        held.countDown();
    }

    private List<Long> deadlines() {
        return desk.store().draining().values().stream()
                .map(Draining::deadline)
                .map(deadline -> deadline.getEpochSecond() - Desk.NOW.getEpochSecond())
                .toList();
    }

    /** All restarts of this test happen at one moment, so they are one generation to it: the bound counts generations. */
    @Test
    void atTheMostThereMayBeTheOldestGoesAndItIsSaidWhatThatCosts() {
        desk.ok("checks:set", "shop", "max-draining", "1");
        desk.ok("ps:restart", "shop");
        assertThat(desk.run("ps:restart", "shop").err())
                .isEqualTo(" !     shop has 1 draining generations, the most that checks:set shop max-draining allows:"
                        + " the oldest is retired now, which costs 1 socket\n");
    }

    @Test
    void theListsAreKeptApartAsInDokku() {
        desk.ok("apps:create", "new");
        assertThat(desk.ok("checks:disable", "new"))
                .isEqualTo("-----> Disabling zero downtime for app's (new) proctypes (_all_)\n");
        assertLists("_all_", "none");
        desk.ok("checks:enable", "new");
        assertLists("none", "none");
        desk.ok("checks:disable", "new", "web,worker,urgent,notify");
        assertLists("web,worker,urgent,notify", "none");
        assertThat(desk.ok("checks:skip", "new", "urgent,worker"))
                .isEqualTo("-----> Skipping zero downtime for app's (new) proctypes (urgent,worker)\n");
        assertLists("web,notify", "urgent,worker");
        desk.ok("checks:enable", "new", "urgent,web");
        assertLists("notify", "worker");
        desk.ok("checks:skip", "new");
        assertLists("none", "_all_");
        assertThat(desk.run("checks:enable", "new", "web").err())
                .startsWith(" !     Checks are off for all process types");
        assertLists("none", "_all_");
    }

    private void assertLists(String disabled, String skipped) {
        assertThat(desk.ok("checks:report", "new", "--checks-disabled-list")).isEqualTo(disabled + "\n");
        assertThat(desk.ok("checks:report", "new", "--checks-skipped-list")).isEqualTo(skipped + "\n");
    }

    @Test
    void ofAllTypesSomeAreEnabledAgain() {
        desk.ok("checks:disable", "shop");
        desk.ok("checks:enable", "shop", "web");
        assertThat(desk.ok("checks:report", "shop", "--checks-disabled-list")).isEqualTo("ws\n");
        assertThat(desk.run("checks:skip", "shop", "later").err())
                .isEqualTo(" !     The Procfile of shop has no process type later yet\n");
    }

    @ParameterizedTest
    @CsvSource({"../etc", "a b", "web;id", "$(id)", "web..ws", "''"})
    void whatIsNoTypeIsRefusedAndChangesNothing(String types) {
        for (String verb : List.of("checks:disable", "checks:enable", "checks:skip")) {
            assertThat(desk.run(verb, "shop", types).exitCode()).isEqualTo(1);
        }
        assertThat(desk.ok("checks:report", "shop", "--checks-disabled-list")).isEqualTo("none\n");
        assertThat(desk.run("checks:disable", "nope").exitCode()).isEqualTo(20);
    }

    @Test
    void withoutChecksTheOldProcessStopsBeforeTheNewOneStarts() {
        desk.ok("ps:scale", "shop", "ws=1");
        desk.ok("checks:disable", "shop", "ws");
        assertThat(desk.ok("ps:restart", "shop"))
                .contains("       Stopping ws.1 first: checks are disabled\n")
                .contains("       Skipping pre-flight checks (ws.1)\n")
                .contains("       All checks successful (web.1)\n");
        List<String> events = desk.scheduler().events();
        assertThat(events.subList(0, 3)).containsExactly("start p01", "start p02", "stop p02");
        assertThat(desk.store().draining()).as("web drains").containsOnlyKeys("p01");
    }

    @Test
    void aFailureBehindAStopLeavesNoListenerThatIsGone() {
        desk.ok("checks:disable", "shop");
        desk.proxy()
                .refuse(site -> !site.listeners()
                        .getOrDefault(ProcessType.WEB, List.of())
                        .isEmpty());
        assertThat(desk.run("ps:restart", "shop").exitCode()).isEqualTo(1);
        assertThat(desk.scheduler().running()).isEmpty();
        assertThat(desk.proxy()
                        .site(new AppName("shop"))
                        .orElseThrow()
                        .listeners()
                        .get(ProcessType.WEB))
                .isEmpty();
        desk.proxy().refuse(site -> false);
        desk.ok("ps:start", "shop");
        assertThat(desk.scheduler().running()).hasSize(1);
    }

    @Test
    void skippedChecksAreNotMadeAndTheOldProcessDrainsAsEver() {
        desk.ok("checks:skip", "shop", "web");
        assertThat(desk.ok("ps:restart", "shop"))
                .contains("       Skipping pre-flight checks (web.1)\n")
                .doesNotContain("Attempting", "Stopping");
        assertThat(deadlines()).containsExactly(600L);
    }

    @Test
    void checksAreRunAgainstWhatServes() {
        assertThat(desk.ok("checks:run", "shop")).isEqualTo("""
                -----> Running pre-flight checks
                       Attempting pre-flight checks (web.1)
                       Healthcheck succeeded name='port listening check'
                       All checks successful (web.1)
                """);
        assertThat(desk.ok("checks:run", "shop", "web,ws")).contains("(web.1)");
        assertThat(desk.ok("checks:run", "shop", "web.1")).contains("(web.1)");
        assertThat(desk.run("checks:run", "shop", "web2").err())
                .isEqualTo(" !     Invalid process type specified (shop.web2)\n");
        assertThat(desk.run("checks:run", "shop", "web.2").err())
                .isEqualTo(" !     Invalid container id specified (shop.web.2)\n");
        desk.scheduler().giveUp("p01");
        assertThat(desk.run("checks:run", "shop").err())
                .isEqualTo(" !     Process web.1 does not run\n !     Checks of shop failed: web.1\n");
        desk.ok("apps:create", "empty");
        assertThat(desk.run("checks:run", "empty").err()).isEqualTo(" !     App empty has not been deployed\n");
    }

    @Test
    void whatHoldsForAllIsReportedWithoutAnApp() {
        desk.ok("checks:set", "--global", "wait-to-retire", "90");
        assertThat(desk.ok("checks:report", "--global", "--checks-computed-wait-to-retire"))
                .isEqualTo("90\n");
        assertThat(desk.ok("checks:report", "--global", "--format", "json"))
                .contains("\"checks-global-wait-to-retire\":\"90\"", "\"checks-global-drain-timeout\":\"\"");
    }
}
