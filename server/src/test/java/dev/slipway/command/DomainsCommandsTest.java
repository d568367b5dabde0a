package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.model.AppName;
import dev.slipway.model.Domain;
import dev.slipway.proxy.Site;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DomainsCommandsTest extends AtDesk {

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve");
    }

    @Test
    void domainsAreAddedRemovedAndSet() {
        assertThat(desk.ok("domains:add", "shop", "shop.example.com", "WWW.example.com"))
                .isEqualTo("-----> Added shop.example.com to shop\n-----> Added www.example.com to shop\n");
        assertThat(desk.ok("domains:add", "shop", "www.example.com"))
                .isEqualTo("-----> Skipping: www.example.com already added to shop\n");
        assertThat(vhosts()).isEqualTo("shop.test shop.example.com www.example.com\n");
        assertThat(desk.ok("domains:remove", "shop", "shop.test")).isEqualTo("-----> Removed shop.test from shop\n");
        assertThat(desk.ok("domains:set", "shop", "a.test", "b.test")).isEqualTo("-----> Set a.test b.test for shop\n");
        assertThat(vhosts()).isEqualTo("a.test b.test\n");
        assertThat(desk.proxy().site(new AppName("shop")).map(Site::domains))
                .hasValue(List.of(new Domain("a.test"), new Domain("b.test")));
        assertThat(desk.ok("domains:clear", "shop")).isEqualTo("-----> Cleared domains in shop\n");
        assertThat(vhosts()).isEqualTo("\n");
        assertThat(desk.ok("domains:reset", "shop")).isEqualTo("-----> Reset domains in shop\n");
        assertThat(vhosts()).isEqualTo("shop.test\n");
    }

    private String vhosts() {
        return desk.ok("domains:report", "shop", "--domains-app-vhosts");
    }

    @Test
    void theReportIsOfOneAppOfAllOrOfWhatIsGlobal() {
        String one = """
                =====> shop domains information
                       Domains app enabled:           true
                       Domains app vhosts:            shop.test
                       Domains global enabled:        true
                       Domains global vhosts:         test
                """;
        assertThat(desk.ok("domains:report", "shop")).isEqualTo(one);
        assertThat(desk.ok("domains:report")).isEqualTo(one);
        assertThat(desk.ok("domains:report", "--global")).isEqualTo("""
                =====> Global domains information
                       Domains global enabled:        true
                       Domains global vhosts:         test
                """);
        assertThat(desk.ok("domains:report", "--global", "--domains-global-vhosts"))
                .isEqualTo("test\n");
        assertThat(desk.run("domains:report", "--global", "shop").exitCode()).isEqualTo(1);
    }

    @Test
    void globalDomainsAreWhatNewAppsGet() {
        assertThat(desk.ok("domains:add-global", "example.com")).isEqualTo("-----> Added example.com\n");
        desk.ok("apps:create", "fresh");
        assertThat(desk.ok("domains:report", "fresh", "--domains-app-vhosts"))
                .isEqualTo("fresh.test fresh.example.com\n");
        assertThat(vhosts()).isEqualTo("shop.test\n");
        assertThat(desk.ok("domains:remove-global", "test")).isEqualTo("-----> Removed test\n");
        assertThat(desk.ok("domains:set-global", "a.test", "a.test")).isEqualTo("-----> Set a.test\n");
        assertThat(desk.ok("domains:report", "--global", "--domains-global-vhosts"))
                .isEqualTo("a.test\n");
        assertThat(desk.ok("domains:clear-global")).isEqualTo("-----> Cleared domains\n");
        assertThat(desk.ok("domains:report", "--global", "--domains-global-enabled"))
                .isEqualTo("false\n");
    }

    /** Nothing is below an address, so that each app has a port in the place of a name. */
    @Test
    void onAMachineWithoutANameAppsAreServedByPorts() {
        desk.ok("domains:set-global", "192.0.2.7");
        desk.ok("apps:create", "fresh");
        assertThat(desk.ok("urls", "fresh")).matches("http://192\\.0\\.2\\.7:[0-9]+\n");
        assertThat(desk.ok("domains:report", "fresh", "--domains-app-enabled")).isEqualTo("false\n");
        desk.ok("domains:add", "fresh", "fresh.test");
        assertThat(desk.ok("urls", "fresh")).isEqualTo("http://fresh.test\n");
    }

    @Test
    void aDomainThatCannotBeOrIsNotThereChangesNothing() {
        for (String bad : List.of("a b", "a-.test", "a..test", "http://a.test", "a.test;", "x".repeat(300), "a\nb")) {
            Result result = desk.run("domains:add", "shop", "good.test", bad);
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).startsWith(" !     ").endsWith(" is not a valid domain name\n");
        }
        assertThat(desk.run("domains:remove", "shop", "nope.test").err())
                .isEqualTo(" !     nope.test is not a domain of shop\n");
        assertThat(desk.run("domains:remove-global", "nope.test").err())
                .isEqualTo(" !     nope.test is not a global domain\n");
        assertThat(desk.run("domains:add-global", "*.test").exitCode()).isEqualTo(1);
        assertThat(vhosts()).isEqualTo("shop.test\n");
        assertThat(desk.ok("domains:report", "--global", "--domains-global-vhosts"))
                .isEqualTo("test\n");
    }

    @Test
    void domainsThatNginxRefusesAreNotKept() {
        desk.proxy().refuse(site -> site.domains().size() > 1);
        assertThat(desk.run("domains:add", "shop", "more.test").exitCode()).isEqualTo(1);
        assertThat(vhosts()).isEqualTo("shop.test\n");
    }

    @Test
    void withoutDomainsAnAppIsServedByAPortOfItsOwn() {
        String disabled = desk.ok("domains:disable", "shop");
        assertThat(disabled).matches("-----> Disabled domains in shop, which is served at http://test:[0-9]+\n");
        assertThat(desk.ok("domains:report", "shop")).startsWith("""
                =====> shop domains information
                       Domains app enabled:           false
                       Domains app vhosts:
                """);
        Site site = desk.proxy().site(new AppName("shop")).orElseThrow();
        assertThat(site.anyHost()).isTrue();
        assertThat(site.domains()).isEmpty();
        assertThat(site.ports())
                .singleElement()
                .satisfies(mapping -> assertThat(disabled).contains(":" + mapping.hostPort() + "\n"));
        assertThat(desk.ok("domains:disable", "shop"))
                .isEqualTo("-----> domains (VHOST) support is already disabled for app (shop)\n");
        assertThat(desk.ok("domains:clear", "shop")).isEqualTo("-----> Cleared domains in shop\n");
        assertThat(desk.ok("domains:report", "shop", "--domains-app-enabled")).isEqualTo("false\n");

        assertThat(desk.ok("domains:enable", "shop")).isEqualTo("-----> Enabled domains in shop: shop.test\n");
        assertThat(desk.proxy().site(new AppName("shop")).map(Site::anyHost)).hasValue(false);
        assertThat(vhosts()).isEqualTo("shop.test\n");
        assertThat(desk.ok("domains:enable", "shop"))
                .isEqualTo("-----> domains (VHOST) support is already enabled for app (shop)\n");
    }

    @Test
    void aDomainThatIsAddedEnablesDomainsAgain() {
        desk.ok("domains:disable", "shop");
        desk.ok("domains:add", "shop", "a.test");
        assertThat(desk.ok("domains:report", "shop", "--domains-app-enabled")).isEqualTo("true\n");
        assertThat(vhosts()).isEqualTo("a.test\n");
    }

    @Test
    void whatNginxRefusesLeavesDomainsEnabled() {
        desk.proxy().refuse(Site::anyHost);
        assertThat(desk.run("domains:disable", "shop").exitCode()).isEqualTo(1);
        assertThat(desk.ok("domains:report", "shop", "--domains-app-enabled")).isEqualTo("true\n");
        assertThat(vhosts()).isEqualTo("shop.test\n");
    }

    @Test
    void namesThatDokkuTakesAreTaken() {
        desk.ok("domains:set", "shop", "2.app.test", "a--domain.with--hyphens", ".below.test", "_", "*.wild.test");
        assertThat(vhosts()).isEqualTo("2.app.test a--domain.with--hyphens .below.test _ *.wild.test\n");
        assertThat(desk.ok("domains:remove", "shop", "*.wild.test", "_"))
                .isEqualTo("-----> Removed *.wild.test from shop\n-----> Removed _ from shop\n");
        assertThat(vhosts()).isEqualTo("2.app.test a--domain.with--hyphens .below.test\n");
    }

    @Test
    void aGlobalDomainThatIsThereIsSkipped() {
        assertThat(desk.ok("domains:add-global", "test", "b.test"))
                .isEqualTo("-----> Skipping: test already added\n-----> Added b.test\n");
        assertThat(desk.run("domains:set-global", ".below.test").exitCode()).isEqualTo(1);
        assertThat(desk.run("domains:set-global").exitCode()).isEqualTo(1);
        assertThat(desk.run("domains:set", "shop").exitCode()).isEqualTo(1);
        assertThat(desk.run("domains:enable", "nosuch").exitCode()).isEqualTo(20);
        assertThat(desk.run("domains:disable", "shop", "more").exitCode()).isEqualTo(1);
    }
}
