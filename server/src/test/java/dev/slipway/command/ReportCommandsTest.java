package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All reports at once; and what is said of that which Slipway does without. */
class ReportCommandsTest extends AtDesk {

    @BeforeEach
    void open() {
        desk.ok("apps:create", "shop");
        desk.ok("apps:create", "store");
    }

    @Test
    void theMachineAndEachReportOfTheAppAreShown() {
        List<String> titles = titles("report", "shop");
        assertThat(titles)
                .startsWith("=====> Slipway information", "=====> shop app-json information")
                .contains(
                        "=====> shop ps information", "=====> shop storage information", "=====> shop git information")
                .noneMatch(title -> title.contains("store"));
        assertThat(titles("report")).contains("=====> store ps information");
        assertThat(titles("report", "--global"))
                .contains(
                        "=====> Slipway information",
                        "=====> global nginx information",
                        "=====> global git information")
                .noneMatch(title -> title.contains("shop"));
        assertThat(desk.run("report", "nope").exitCode()).isEqualTo(20);
    }

    private List<String> titles(String... words) {
        return desk.ok(words).lines().filter(line -> line.startsWith("=")).toList();
    }

    @Test
    void nginxIsReloadedWhenThatIsAskedFor() {
        assertThat(desk.ok("nginx:reload")).isEqualTo("-----> Reloading nginx\n");
        assertThat(desk.proxy().reloads()).isEqualTo(1);
        assertThat(desk.run("nginx:set", "--global", "nginx-service-command", "x")
                        .err())
                .startsWith(" !     nginx-service-command cannot be set: nginx is Slipway's own");
        assertThat(desk.ok("nginx:report", "shop", "--nginx-last-visited-at")).isEqualTo("\n");
        assertThat(desk.run("proxy:set", "shop", "proxy-port", "8080").err())
                .startsWith(" !     proxy-port cannot be set: map the port itself");
    }

    @Test
    void aReportIsAskedForOneValueOrForAFormat() {
        assertThat(desk.run("ps:report", "shop", "--format", "json", "--running")
                        .err())
                .isEqualTo(" !     --format flag cannot be specified when specifying an info flag\n");
        assertThat(desk.ok("certs:report", "--global")).isEqualTo("=====> global ssl information\n");
    }

    @Test
    void whatSlipwayDoesWithoutAnswersInOneLineWhateverIsAskedOfIt() {
        for (String words : List.of(
                "plugin",
                "plugin:install x",
                "plugin:help",
                "help plugin",
                "registry:login a b",
                "docker-options:add shop build x",
                "letsencrypt:enable shop",
                "postgres:create db",
                "redis:info",
                "logs:vector-start",
                "network:create x",
                "traefik:start",
                "scheduler-k3s:report",
                "maintenance:enable shop")) {
            var result = desk.run(words.split(" "));
            assertThat(result.exitCode()).as(words).isEqualTo(1);
            assertThat(result.err())
                    .as(words)
                    .startsWith(" !     ")
                    .hasLineCount(1)
                    .contains("not");
        }
    }

    @Test
    void anAppForACommandThatIsAboutNoneIsPassedOver() {
        assertThat(desk.ok("--app", "shop", "apps:list")).isEqualTo(desk.ok("apps:list"));
        assertThat(desk.ok("--app", "shop", "version")).isEqualTo("slipway version 1.2.3\n");
        assertThat(desk.run("--app", "shop", "apps:list", "x").exitCode()).isEqualTo(1);
        assertThat(desk.ok("--app", "shop", "ps:report")).startsWith("=====> shop ps information");
    }

    @Test
    void whereAllAppsMayBeMeantThatIsSaid() {
        assertThat(desk.run("config:set").err()).isEqualTo(" !     Please specify an app or --global\n");
        assertThat(desk.run("ps:scale").err()).isEqualTo(" !     Please specify an app to run the command on\n");
    }
}
