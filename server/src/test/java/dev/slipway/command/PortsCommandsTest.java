package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.model.AppName;
import dev.slipway.model.PortMapping;
import dev.slipway.proxy.Site;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ports}, {@code proxy}, {@code scheduler} and {@code network}: how an app is reached, and how little there is to choose. */
final class PortsCommandsTest extends AtDesk {

    private static final AppName SHOP = new AppName("shop");

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve");
    }

    private String map() {
        return desk.ok("ports:report", "shop", "--ports-map");
    }

    @Test
    void withoutMappingsTheDetectedOnesHold() {
        assertThat(desk.ok("ports:report", "shop")).isEqualTo("""
                =====> shop ports information
                       Ports map:
                       Ports map detected:            http:80:5000
                       Ports map detected json:       [{"container_port":5000,"host_port":80,"scheme":"http"}]
                       Ports map json:                null
                """);
        assertThat(desk.run("ports:list", "shop"))
                .isEqualTo(new Result(1, "", " !     No port mappings configured for app\n"));
    }

    @Test
    void mappingsAreAddedRemovedSetAndCleared() {
        assertThat(desk.ok("ports:add", "shop", "http:8080:5000", "http:80:5000"))
                .isEqualTo("-----> Added http:8080:5000 to shop\n-----> Added http:80:5000 to shop\n");
        assertThat(map()).isEqualTo("http:80:5000 http:8080:5000\n");
        assertThat(desk.proxy().site(SHOP).map(Site::ports).orElseThrow())
                .containsExactly(PortMapping.parse("http:80:5000"), PortMapping.parse("http:8080:5000"));
        assertThat(desk.ok("ports:list", "shop")).isEqualTo("""
                -----> Port mappings for shop
                -----> scheme             host port                 container port
                http                      80                        5000
                http                      8080                      5000
                """);
        desk.ok("ports:remove", "shop", "80");
        assertThat(map()).isEqualTo("http:8080:5000\n");
        desk.ok("ports:set", "shop", "http:81:3000", "http:82:5000", "http:83:5000");
        desk.ok("ports:remove", "shop", "http:81", "http:82:5000");
        assertThat(map()).isEqualTo("http:83:5000\n");
        assertThat(desk.ok("ports:clear", "shop")).isEqualTo("-----> Cleared port mappings of shop\n");
        assertThat(map()).isEqualTo("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ports:add shop http:80:5000          | Host port 80 is mapped twice: http:80:5000 and http:80:5000
            ports:add shop https:80:5000         | Host port 80 is mapped twice
            ports:set shop http:1:2 http:1:3     | Host port 1 is mapped twice: http:1:2 and http:1:3
            ports:add shop http:0:5000           | Port 0 is out of range: 1 to 65535
            ports:add shop http:81:65536         | Port 65536 is out of range: 1 to 65535
            ports:add shop http:999999:1         | http:999999:1 is not a port mapping
            ports:add shop http:-1:5000          | Invalid port map http:-1:5000
            ports:add shop http:1.5:5000         | Invalid port map http:1.5:5000
            ports:add shop 81                    | Invalid port map 81: write SCHEME:HOST_PORT:PROCESS_PORT
            ports:add shop ftp:81:5000           | ftp:81:5000 is not a port mapping
            ports:add shop http:81:5000;id       | Invalid port map http:81:5000;id
            ports:add shop grpc:80:5000 http:80:5000 | Host port 80 is mapped twice: http:80:5000 and grpc:80:5000; remove one of them
            ports:add shop                       | Please specify <mapping>
            ports:remove shop 81                 | Port mapping 81 is not one of shop: http:80:5000
            ports:remove shop http:80:5001       | Port mapping http:80:5001 is not one of shop
            ports:remove shop ../x               | Invalid port map ../x
            ports:clear shop 80                  | Too many words, beginning with '80'
            ports:list shop --all                | Unknown flag --all
            """)
    void aMappingThatCannotBeChangesNothing(String words, String message) {
        desk.ok("ports:add", "shop", "http:80:5000");
        Result result = desk.run(words.split(" "));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith(" !     " + message);
        assertThat(map()).isEqualTo("http:80:5000\n");
    }

    @Test
    void httpsWithoutACertificateIsKeptAndSaidToBeLeftOut() {
        assertThat(desk.run("ports:add", "shop", "https:443:5000").err())
                .startsWith(" !     Ignoring port mapping https:443:5000: the app has no certificate");
        assertThat(map()).isEqualTo("https:443:5000\n");
    }

    @Test
    void whatNginxRefusesIsNotKept() {
        desk.proxy().refuse(site -> site.ports().contains(PortMapping.parse("http:81:5000")));
        assertThat(desk.run("ports:add", "shop", "http:81:5000").exitCode()).isEqualTo(1);
        assertThat(map()).isEqualTo("\n");
    }

    @Test
    void withoutAProxyNothingIsServedUntilItIsEnabledAgain() {
        assertThat(desk.ok("proxy:disable", "shop")).isEqualTo("-----> Disabled the proxy for shop\n");
        assertThat(desk.proxy().site(SHOP)).isEmpty();
        assertThat(desk.ok("proxy:report", "shop", "--proxy-enabled")).isEqualTo("false\n");
        desk.ok("ps:restart", "shop");
        desk.ok("domains:add", "shop", "www.example.com");
        assertThat(desk.proxy().site(SHOP)).isEmpty();
        assertThat(desk.run("proxy:build-config", "shop").err())
                .isEqualTo(" !     The proxy is disabled for shop: enable it with proxy:enable\n");
        desk.ok("proxy:enable", "--all");
        assertThat(desk.proxy().site(SHOP)).isPresent();
    }

    @Test
    void aClearedSiteComesBackWhenItIsBuilt() {
        desk.ok("proxy:clear-config", "--all");
        assertThat(desk.proxy().site(SHOP)).isEmpty();
        assertThat(desk.ok("proxy:build-config", "--all", "--parallel", "2")).contains("Reloading nginx");
        assertThat(desk.proxy().site(SHOP)).isPresent();
    }

    @Test
    void theProxyAndTheSchedulerAreWhatThereIs() {
        assertThat(desk.ok("proxy:report", "shop")).isEqualTo("""
                =====> shop proxy information
                       Proxy computed disabled:       false
                       Proxy computed proxy port:     80
                       Proxy computed proxy ssl port:
                       Proxy computed type:           nginx
                       Proxy disabled:
                       Proxy enabled:                 true
                       Proxy global proxy port:
                       Proxy global proxy ssl port:
                       Proxy global type:
                       Proxy port map:                http:80:5000
                       Proxy proxy port:              80
                       Proxy proxy ssl port:
                       Proxy type:
                """);
        desk.ok("proxy:set", "--global", "type", "nginx");
        assertThat(desk.ok("proxy:report", "--global", "--proxy-global-type")).isEqualTo("nginx\n");
        assertThat(desk.run("proxy:set", "shop", "type", "caddy").err())
                .isEqualTo(" !     Invalid value for type: this server has nginx and no other proxy\n");
        assertThat(desk.run("scheduler:set", "shop", "selected", "k3s").err())
                .isEqualTo(" !     Invalid value for selected: this server has local and no other scheduler\n");
        assertThat(desk.ok("proxy:set", "shop", "nginx")).isEqualTo("=====> Setting type to nginx\n");
        assertThat(desk.ok("proxy:report", "shop", "--proxy-type")).isEqualTo("nginx\n");
        assertThat(desk.run("proxy:set", "shop", "http:80:80").err())
                .startsWith(" !     Detected potential port mapping instead of proxy type");
        desk.ok("scheduler:set", "shop", "selected", "local");
        assertThat(desk.ok("scheduler:report", "shop")).isEqualTo("""
                =====> shop scheduler information
                       Scheduler computed selected:   local
                       Scheduler global selected:
                       Scheduler selected:            local
                """);
        assertThat(desk.ok("scheduler:report", "--global", "--scheduler-computed-selected"))
                .isEqualTo("local\n");
    }

    @Test
    void grpcIsMappedAsHttpIs() {
        desk.ok("ports:set", "shop", "http:80:5000", "grpc:9000:5000");
        assertThat(desk.ok("ports:report", "shop", "--ports-map")).isEqualTo("grpc:9000:5000 http:80:5000\n");
        assertThat(desk.run("ports:add", "shop", "grpcs:9443:5000").err())
                .isEqualTo(
                        " !     Ignoring port mapping grpcs:9443:5000: the app has no certificate; add one with certs:add"
                                + " or certs:generate\n");
        desk.ok("ports:remove", "shop", "grpc:9000");
        assertThat(desk.ok("ports:report", "shop", "--ports-map")).isEqualTo("grpcs:9443:5000 http:80:5000\n");
    }

    @Test
    void networksAreReportedAndNotSet() {
        assertThat(desk.ok("network:report", "shop")).isEqualTo("""
                        =====> shop network information
                               Network attach post create:
                               Network attach post deploy:
                               Network bind all interfaces:
                               Network computed attach post create:
                               Network computed attach post deploy:
                               Network computed bind all interfaces: false
                               Network computed initial network:
                               Network computed tld:
                               Network global attach post create:
                               Network global attach post deploy:
                               Network global bind all interfaces:
                               Network global initial network:
                               Network global tld:
                               Network initial network:
                               Network static web listener:
                               Network tld:
                               Network web listeners:                10.0.0.1:5000
                        """);
        assertThat(desk.ok("network:report", "shop", "--network-web-listeners")).isEqualTo("10.0.0.1:5000\n");
        assertThat(desk.run("network:set", "shop", "bind-all-interfaces", "true")
                        .err())
                .startsWith(" !     bind-all-interfaces cannot be set: every process has an address of its own");
        assertThat(desk.ok("network:set", "shop", "bind-all-interfaces", "false"))
                .isEqualTo("=====> Setting bind-all-interfaces to false\n");
        assertThat(desk.ok("network:set", "--global", "tld")).isEqualTo("=====> Unsetting tld\n");
        assertThat(desk.run("network:set", "shop", "nope", "1").err()).startsWith(" !     Invalid property specified");
        assertThat(desk.run("network:set", "nope", "tld", "x").exitCode()).isEqualTo(20);
    }
}
