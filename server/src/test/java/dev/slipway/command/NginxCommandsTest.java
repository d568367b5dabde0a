package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.model.AppName;
import dev.slipway.proxy.Site;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NginxCommandsTest extends AtDesk {

    private static final AppName SHOP = new AppName("shop");

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve");
        desk.deployed("store", "web: serve");
    }

    @Test
    void aPropertyIsSetForOneAppAndCleared() {
        assertThat(desk.ok("nginx:set", "shop", "proxy-read-timeout", "90s"))
                .isEqualTo("=====> Setting proxy-read-timeout to 90s\n");
        assertThat(desk.proxy().site(SHOP).map(Site::properties)).hasValue(Map.of("proxy-read-timeout", "90s"));
        assertThat(desk.ok("nginx:report", "shop", "--nginx-computed-proxy-read-timeout"))
                .isEqualTo("90s\n");
        assertThat(desk.ok("nginx:set", "shop", "proxy-read-timeout"))
                .isEqualTo("=====> Unsetting proxy-read-timeout\n");
        assertThat(desk.ok("nginx:report", "shop", "--nginx-computed-proxy-read-timeout"))
                .isEqualTo("60s\n");
    }

    @Test
    void aPropertyIsSetForAllAppsAndCleared() {
        desk.ok("nginx:set", "store", "proxy-read-timeout", "30s");
        assertThat(desk.ok("nginx:set", "--global", "proxy-read-timeout", "90s"))
                .isEqualTo("=====> Setting proxy-read-timeout to 90s\n");
        assertThat(desk.ok("nginx:report", "--nginx-computed-proxy-read-timeout"))
                .isEqualTo("90s\n30s\n");
        assertThat(desk.ok("nginx:report", "shop", "--nginx-global-proxy-read-timeout"))
                .isEqualTo("90s\n");
        assertThat(desk.proxy().site(SHOP).map(Site::properties)).hasValue(Map.of("proxy-read-timeout", "90s"));

        assertThat(desk.ok("nginx:set", "--global", "proxy-read-timeout"))
                .isEqualTo("=====> Unsetting proxy-read-timeout\n");
        assertThat(desk.ok("nginx:report", "shop", "--nginx-computed-proxy-read-timeout"))
                .isEqualTo("60s\n");
        assertThat(desk.proxy().site(SHOP).map(Site::properties)).hasValue(Map.of());
    }

    @Test
    void aGlobalPropertyThatOneSiteCannotTakeChangesNone() {
        desk.proxy()
                .refuse(site ->
                        site.app().value().equals("store") && !site.properties().isEmpty());
        assertThat(desk.run("nginx:set", "--global", "proxy-read-timeout", "90s")
                        .exitCode())
                .isEqualTo(1);
        assertThat(desk.ok("nginx:report", "shop", "--nginx-global-proxy-read-timeout"))
                .isEqualTo("\n");
        assertThat(desk.proxy().site(SHOP).map(Site::properties)).hasValue(Map.of());
    }

    @Test
    void valuesThatNginxWouldReadOtherwiseAreRefused() {
        for (String value : List.of("60s; return 200", "60 s", "}", "a\nb", "-1")) {
            Result result = desk.run("nginx:set", "shop", "proxy-read-timeout", "--", value);
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("Invalid value for proxy-read-timeout");
        }
        assertThat(desk.run("nginx:set", "shop", "nope", "1").err()).startsWith(" !     Invalid nginx property nope");
        assertThat(desk.run("nginx:set", "--global", "shop", "hsts", "true").exitCode())
                .isEqualTo(1);
        assertThat(desk.ok("nginx:report", "shop", "--nginx-proxy-read-timeout"))
                .isEqualTo("\n");
    }

    @Test
    void theReportIsInTheOrderOfItsLabels() {
        List<String> report = desk.ok("nginx:report", "shop")
                .lines()
                .map(String::stripTrailing)
                .toList();
        assertThat(report)
                .contains(
                        "       Nginx computed access log path:         /var/log/nginx/shop-access.log",
                        "       Nginx computed client max body size:    1m",
                        "       Nginx computed x forwarded for value:   $remote_addr",
                        "       Nginx global hsts:",
                        "       Nginx access log path:");
        assertThat(report.stream().skip(1).map(line -> line.replaceAll(":.*", "")))
                .isSorted();
    }

    @Test
    void theConfigurationIsShownBuiltAndTested() {
        assertThat(desk.ok("nginx:show-config", "shop")).isEqualTo("# the site of shop\n");
        assertThat(desk.run("nginx:validate-config", "shop")).isEqualTo(new Result(0, "", ""));
        assertThat(desk.run("nginx:validate-config")).isEqualTo(new Result(0, "", ""));
        assertThat(desk.ok("proxy:build-config", "shop"))
                .isEqualTo("-----> Configuring shop...(using built-in template)\n       Nothing changed\n");
        assertThat(desk.ok("nginx:template")).isEqualTo("server {\n}\n");
        desk.ok("apps:create", "empty");
        assertThat(desk.ok("nginx:show-config", "empty")).isEqualTo("# the site of empty\n");
        desk.ok("proxy:clear-config", "empty");
        assertThat(desk.run("nginx:show-config", "empty"))
                .isEqualTo(new Result(1, "", " !     No nginx.conf exists for empty\n"));
    }

    @Test
    void theAgeOfWorkersIsSetForAllOrNotAtAll() {
        assertThat(desk.ok("nginx:set", "--global", "worker-max-age", "6h"))
                .isEqualTo("=====> Setting worker-max-age to 6h\n");
        assertThat(desk.ok("nginx:report", "--global", "--nginx-global-worker-max-age"))
                .isEqualTo("6h\n");
        assertThat(desk.ok("nginx:report", "shop"))
                .contains("Nginx global worker max age:", " 6h\n")
                .doesNotContain("Nginx worker max age", "Nginx computed worker max age");
        assertThat(desk.ok("nginx:report", "--global", "--format", "json"))
                .contains("\"nginx-global-worker-max-age\":\"6h\"", "\"nginx-global-hsts\":\"\"");

        assertThat(desk.run("nginx:set", "shop", "worker-max-age", "6h"))
                .isEqualTo(new Result(
                        1,
                        "",
                        " !     worker-max-age is about nginx as a whole and not about one app:"
                                + " write nginx:set --global worker-max-age [<value>]\n"));
        for (String value : List.of("0", "59s", "x")) {
            assertThat(desk.run("nginx:set", "--global", "worker-max-age", value)
                            .err())
                    .startsWith(" !     Invalid value for worker-max-age: '" + value + "': ");
        }
        assertThat(desk.ok("nginx:report", "--global", "--nginx-global-worker-max-age"))
                .isEqualTo("6h\n");
        desk.ok("nginx:set", "--global", "worker-max-age");
        assertThat(desk.ok("nginx:report", "--global", "--nginx-global-worker-max-age"))
                .isEqualTo("\n");
    }

    @Test
    void nginxIsStoppedAndStarted() {
        assertThat(desk.ok("nginx:stop")).isEqualTo("-----> Stopped nginx\n");
        assertThat(desk.proxy().halted()).isTrue();
        assertThat(desk.ok("nginx:start")).isEqualTo("-----> Started nginx\n");
        assertThat(desk.proxy().halted()).isFalse();
        assertThat(desk.run("nginx:stop", "shop").err())
                .isEqualTo(" !     Too many words, beginning with 'shop': nginx:stop\n");
        assertThat(desk.proxy().halted()).isFalse();
    }

    @Test
    void whatNginxRefusesIsNamedAndTakenOutIfAskedFor() {
        desk.proxy().refuse(site -> site.app().equals(SHOP));
        assertThat(desk.run("nginx:validate-config")).isEqualTo(new Result(1, "", """
                 !     shop: nginx.conf.sigil:7: no servers are inside upstream
                 !     nginx refuses the configuration of shop
                """));
        assertThat(desk.proxy().site(SHOP)).isPresent();
        assertThat(desk.run("nginx:validate-config", "store").exitCode()).isZero();
        assertThat(desk.run("nginx:validate-config", "--clean"))
                .isEqualTo(new Result(
                        0,
                        "-----> Took shop out of nginx\n",
                        " !     shop: nginx.conf.sigil:7: no servers are inside upstream\n"));
        assertThat(desk.proxy().site(SHOP)).isEmpty();
        assertThat(desk.proxy().site(new AppName("store"))).isPresent();
    }

    @Test
    void anAppThatNginxRefusesIsMadeAllTheSameAndSaysWhyNobodyAnswers() {
        desk.proxy().refuse(site -> site.app().value().equals("fresh"));

        Result created = desk.run("apps:create", "fresh");

        assertThat(created.exitCode()).isZero();
        assertThat(created.err())
                .startsWith(" !     App fresh is there, but nginx does not serve it yet: ")
                .endsWith(" !     Once that is mended: dokku proxy:build-config fresh\n");
        desk.ok("apps:exists", "fresh");
    }
}
