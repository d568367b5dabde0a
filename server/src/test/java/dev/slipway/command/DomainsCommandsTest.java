package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.model.AppName;
import dev.slipway.model.Domain;
import dev.slipway.proxy.Site;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainsCommandsTest {

    @TempDir
    private Path directory;

    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(directory);
        desk.deployed("shop", "web: serve");
    }

    @AfterEach
    void close() {
        desk.close();
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
}
