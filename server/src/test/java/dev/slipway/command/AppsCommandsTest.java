package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.model.AppName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppsCommandsTest extends AtDesk {

    private static final String BAD_NAME = " !     App name must begin with lowercase alphanumeric character,"
            + " and may only contain lowercase alphanumerics, dots, and hyphens\n";
    private static final String UNKNOWN = " !     App nosuch does not exist\n";

    @Test
    void anAppIsCreatedListedAndDestroyed() {
        assertThat(desk.run("apps:list"))
                .isEqualTo(new Result(0, "=====> My Apps\n", " !     You haven't deployed any applications yet\n"));
        assertThat(desk.run("apps:create", "shop")).isEqualTo(new Result(0, "-----> Creating shop...\n", ""));
        assertThat(desk.run("apps:create", "shop")).isEqualTo(new Result(1, "", " !     Name is already taken\n"));
        assertThat(desk.ok("apps:list")).isEqualTo("=====> My Apps\nshop\n");
        assertThat(desk.ok("--quiet", "apps:list")).isEqualTo("shop\n");
        assertThat(desk.run("apps:exists", "shop")).isEqualTo(new Result(0, "", ""));

        assertThat(desk.ok("--force", "apps:destroy", "shop"))
                .isEqualTo("-----> Destroying shop (including all add-ons)\n");
        assertThat(desk.run("apps:exists", "shop").exitCode()).isEqualTo(20);
    }

    @Test
    void nothingIsDestroyedUnlessItsNameIsTyped() {
        desk.ok("apps:create", "shop");
        String question = """
                 !     WARNING: Potentially Destructive Action
                 !     This command will destroy shop (including all add-ons).
                 !     To proceed, type "shop"
                """;
        assertThat(desk.reading("shoq\n", "apps:destroy", "shop"))
                .isEqualTo(new Result(1, "", question + " !     Confirmation did not match shop. Aborted.\n"));
        assertThat(desk.reading("", "apps:destroy", "shop").exitCode()).isEqualTo(1);
        assertThat(desk.run("apps:exists", "shop").exitCode()).isZero();

        assertThat(desk.reading("shop\n", "apps:destroy", "shop").exitCode()).isZero();
        assertThat(desk.run("apps:exists", "shop").exitCode()).isEqualTo(20);
    }

    @Test
    void destroyingAnAppEndsItsProcessesAndItsSite() {
        desk.deployed("shop", "web: serve\nws: talk");
        desk.ok("ps:scale", "shop", "ws=1");
        desk.ok("apps:destroy", "shop", "--force");
        assertThat(desk.scheduler().running()).isEmpty();
        assertThat(desk.proxy().site(new AppName("shop"))).isEmpty();
        assertThat(desk.store().draining()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bad_Name", "-- -x", "a/b", "UPPER", "under_score", "..", "a..b", "a\u0001"})
    void aNameThatCannotBeIsRefused(String words) {
        assertThat(desk.run(("apps:create " + words).split(" "))).isEqualTo(new Result(1, "", BAD_NAME));
        assertThat(desk.store().apps()).isEmpty();
    }

    @Test
    void aNameFromWhichNoDomainCanBeMadeIsRefusedAndNothingIsLeftOfIt() {
        Result result = desk.run("apps:create", "shop-");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).isEqualTo(" !     shop-.test is not a valid domain name\n");
        assertThat(desk.store().apps()).isEmpty();
    }

    @Test
    void anAppIsAskedForWhereOneIsNeeded() {
        assertThat(desk.run("apps:create"))
                .isEqualTo(new Result(1, "", " !     Please specify an app to run the command on\n"));
        assertThat(desk.run("apps:create", "a", "b").exitCode()).isEqualTo(1);
        assertThat(desk.store().apps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ps:scale nosuch ws=1",
                "ps:scale nosuch",
                "ps:restart nosuch",
                "ps:stop nosuch",
                "nginx:show-config nosuch",
                "nginx:set nosuch hsts false",
                "nginx:access-logs nosuch",
                "config:set nosuch A=b",
                "config:show nosuch",
                "ps:report nosuch",
                "apps:destroy nosuch --force",
                "domains:report nosuch",
                "domains:add nosuch a.test",
                "certs:report nosuch",
                "certs:remove nosuch",
                "proxy:build-config nosuch",
                "git:set nosuch deploy-branch main",
                "logs nosuch"
            })
    void anUnknownAppHasItsOwnExitCode(String words) {
        Result result = desk.run(words.split(" "));
        assertThat(result).isEqualTo(new Result(20, "", UNKNOWN));
    }

    @Test
    void thePropertyOfAllAppsIsSetForAllAlone() {
        assertThat(desk.ok("apps:set", "--global", "disable-autocreation", "true"))
                .isEqualTo("=====> Setting disable-autocreation to true\n");
        assertThat(desk.ok("apps:report", "--global")).isEqualTo("""
                =====> --global app information
                       App global disable autocreation: true
                """);
        desk.ok("apps:create", "shop");
        assertThat(desk.run("apps:set", "shop", "disable-autocreation", "true"))
                .isEqualTo(new Result(
                        1, "", " !     disable-autocreation holds for all apps or for none: use --global\n"));
        assertThat(desk.run("apps:set", "--global", "disable-autocreation", "perhaps"))
                .isEqualTo(new Result(1, "", " !     disable-autocreation must be true or false\n"));
    }

    @Test
    void theUrlsOfAnAppAreTold() {
        desk.ok("apps:create", "shop");
        desk.ok("domains:add", "shop", "www.test");
        assertThat(desk.ok("url", "shop")).isEqualTo("http://shop.test\n");
        assertThat(desk.ok("urls", "shop")).isEqualTo("http://shop.test\nhttp://www.test\n");
        desk.ok("domains:clear", "shop");
        assertThat(desk.run("urls", "shop"))
                .isEqualTo(new Result(1, "", " !     No URL leads to shop: see domains:add and proxy:enable\n"));
    }

    @Test
    void theReportGivesAllOneOrJson() {
        desk.deployed("shop", "web: serve");
        assertThat(desk.ok("apps:report", "shop")).isEqualTo("""
                =====> shop app information
                       App created at:                  1700000000
                       App deploy source:               git-push
                       App deploy source metadata:      4444444444444444444444444444444444444444
                       App dir:                         /data/apps/shop
                       App global disable autocreation:
                       App locked:                      false
                """);
        assertThat(desk.ok("apps:report", "shop", "--app-dir")).isEqualTo("/data/apps/shop\n");
        assertThat(desk.ok("apps:report", "shop", "--format", "json"))
                .isEqualTo("{\"app-created-at\":\"1700000000\",\"app-deploy-source\":\"git-push\","
                        + "\"app-deploy-source-metadata\":\"" + Desk.SHA + "\",\"app-dir\":\"/data/apps/shop\","
                        + "\"app-global-disable-autocreation\":\"\",\"app-locked\":\"false\","
                        + "\"created-at\":\"1700000000\",\"deploy-source\":\"git-push\","
                        + "\"deploy-source-metadata\":\"" + Desk.SHA + "\",\"dir\":\"/data/apps/shop\","
                        + "\"global-disable-autocreation\":\"\",\"locked\":\"false\"}\n");
        assertThat(desk.run("apps:report", "shop", "--nope").err())
                .isEqualTo(
                        " !     Invalid flag passed, valid flags: --app-created-at, --app-deploy-source,"
                                + " --app-deploy-source-metadata, --app-dir, --app-global-disable-autocreation, --app-locked\n");
        assertThat(desk.run("apps:report", "shop", "--format", "xml").err())
                .isEqualTo(" !     Invalid format xml: text or json\n");
        assertThat(desk.run("apps:report", "shop", "--app-dir", "--app-locked").exitCode())
                .isEqualTo(1);
    }
}
