package dev.slipway.proxy.nginx.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cert.SelfSigned;
import dev.slipway.model.AppName;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Config;
import dev.slipway.model.Domain;
import dev.slipway.model.HostPorts;
import dev.slipway.model.Listener;
import dev.slipway.model.PortMapping;
import dev.slipway.model.ProcessType;
import dev.slipway.proxy.Site;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class TemplateVariablesTest {

    private static final NginxDirectories DIRECTORIES = new NginxDirectories(
            Path.of("/data/nginx"), Path.of("/data/apps"), Path.of("/data/lib"), Path.of("/data/log/nginx"));

    private static final NginxVersion DEBIAN_12 = new NginxVersion(1, 22, 1, true, true);

    @Test
    void areDokkus() {
        assertThat(TemplateVariables.of(
                        site(listeners(), Optional.empty(), Map.of()), settings(List.of("::")), DEBIAN_12))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("APP", "node-js-app"),
                        Map.entry("DOKKU_ROOT", "/data/apps"),
                        Map.entry("DOKKU_LIB_ROOT", "/data/lib"),
                        Map.entry("APP_SSL_PATH", "/data/apps/node-js-app/tls"),
                        Map.entry("NGINX_LOG_ROOT", "/data/log/nginx"),
                        Map.entry("NGINX_ACCESS_LOG_PATH", "/data/log/nginx/node-js-app-access.log"),
                        Map.entry("NGINX_ACCESS_LOG_FORMAT", ""),
                        Map.entry("NGINX_ERROR_LOG_PATH", "/data/log/nginx/node-js-app-error.log"),
                        Map.entry("NOSSL_SERVER_NAME", "node-js-app.dokku.me www.example.com"),
                        Map.entry("SSL_SERVER_NAME", ""),
                        Map.entry("SSL_INUSE", ""),
                        Map.entry("PROXY_PORT", "80"),
                        Map.entry("PROXY_SSL_PORT", "443"),
                        Map.entry("NGINX_PORT", "80"),
                        Map.entry("NGINX_SSL_PORT", "443"),
                        Map.entry("PROXY_PORT_MAP", "http:80:5000 http:8080:5000 http:9000:9001"),
                        Map.entry("PROXY_UPSTREAM_PORTS", "5000 9001"),
                        Map.entry("HTTP2_SUPPORTED", "true"),
                        Map.entry("HTTP2_DIRECTIVE_SUPPORTED", "false"),
                        Map.entry("HTTP2_PUSH_SUPPORTED", "true"),
                        Map.entry("GRPC_SUPPORTED", "true"),
                        Map.entry("TLS13_SUPPORTED", "true"),
                        Map.entry("SPDY_SUPPORTED", "false"),
                        Map.entry("NGINX_DNS_RESOLVER", "off"),
                        Map.entry("NGINX_DNS_RESOLVER_TIMEOUT", "30s"),
                        Map.entry("NGINX_DNS_ZONE", ""),
                        Map.entry("NGINX_BIND_ADDRESS_IP4", ""),
                        Map.entry("NGINX_BIND_ADDRESS_IP6", "::"),
                        Map.entry("NGINX_UNDERSCORE_IN_HEADERS", "off"),
                        Map.entry("CLIENT_BODY_TIMEOUT", "60s"),
                        Map.entry("CLIENT_HEADER_TIMEOUT", "60s"),
                        Map.entry("CLIENT_MAX_BODY_SIZE", "1m"),
                        Map.entry("KEEPALIVE_TIMEOUT", "75s"),
                        Map.entry("LINGERING_TIMEOUT", "5s"),
                        Map.entry("PROXY_CONNECT_TIMEOUT", "60s"),
                        Map.entry("PROXY_READ_TIMEOUT", "60s"),
                        Map.entry("PROXY_SEND_TIMEOUT", "60s"),
                        Map.entry("SEND_TIMEOUT", "60s"),
                        Map.entry("PROXY_BUFFER_SIZE", "4k"),
                        Map.entry("PROXY_BUFFERING", "on"),
                        Map.entry("PROXY_BUFFERS", "8 4k"),
                        Map.entry("PROXY_BUSY_BUFFERS_SIZE", "8k"),
                        Map.entry("PROXY_KEEPALIVE", "32"),
                        Map.entry("PROXY_X_FORWARDED_FOR", "$remote_addr"),
                        Map.entry("PROXY_X_FORWARDED_PORT", "$server_port"),
                        Map.entry("PROXY_X_FORWARDED_PROTO", "$scheme"),
                        Map.entry("PROXY_X_FORWARDED_SSL", ""),
                        Map.entry("DOKKU_APP_WEB_LISTENERS", "172.17.0.5:5000 172.17.0.6:5000"),
                        Map.entry("DOKKU_APP_WEB_SOCKET_LISTENERS", "172.17.0.7:5000"),
                        Map.entry("DOKKU_APP_WORKER_LISTENERS", ""),
                        Map.entry("DOKKU_APP_LISTENERS", "172.17.0.5:5000 172.17.0.6:5000"),
                        Map.entry("PASSED_LISTEN_IP_PORT", ""),
                        Map.entry("DOKKU_APP_LISTEN_IP", ""),
                        Map.entry("DOKKU_APP_LISTEN_PORT", ""),
                        Map.entry("RAW_TCP_PORTS", "")));
    }

    @Test
    void beforeTheFirstDeployNoTypeIsKnown() {
        assertThat(TemplateVariables.of(
                        site(new LinkedHashMap<>(), Optional.empty(), Map.of()), settings(List.of()), DEBIAN_12))
                .doesNotContainKey("DOKKU_APP_WEB_LISTENERS")
                .containsEntry("DOKKU_APP_LISTENERS", "")
                .containsEntry("NGINX_BIND_ADDRESS_IP6", "");
    }

    @Test
    void aCertificateTurnsHttpsOn() {
        CertificatePem pem = SelfSigned.make(List.of(new Domain("shop.test")), Instant.now());

        assertThat(TemplateVariables.of(site(listeners(), Optional.of(pem), Map.of()), settings(List.of()), DEBIAN_12))
                .containsEntry("SSL_INUSE", "true")
                .containsEntry("SSL_SERVER_NAME", "node-js-app.dokku.me www.example.com")
                .containsEntry("PROXY_PORT_MAP", "http:80:5000 http:8080:5000 https:443:5000 http:9000:9001");
    }

    @Test
    void propertiesAreVariables() {
        Map<String, String> set = Map.of(
                "proxy-read-timeout", "1h",
                "proxy-keepalive", "0",
                "access-log-path", "/var/log/nginx/own.log",
                "error-log-path", "off",
                "bind-address-ipv4", "10.0.0.1",
                "bind-address-ipv6", "::1");

        assertThat(TemplateVariables.of(site(listeners(), Optional.empty(), set), settings(List.of("::")), DEBIAN_12))
                .containsEntry("PROXY_READ_TIMEOUT", "1h")
                .containsEntry("PROXY_KEEPALIVE", "")
                .containsEntry("NGINX_ACCESS_LOG_PATH", "/data/log/nginx/own.log")
                .containsEntry("NGINX_ERROR_LOG_PATH", "/dev/null")
                .containsEntry("NGINX_BIND_ADDRESS_IP4", "10.0.0.1")
                .containsEntry("NGINX_BIND_ADDRESS_IP6", "::1");
    }

    @Test
    void aNewerNginxCanDoOtherThings() {
        NginxVersion newer = NginxVersion.parse(
                "nginx version: nginx/1.29.3\nbuilt with OpenSSL 3.5.1\nconfigure arguments: --with-http_v2_module");

        assertThat(TemplateVariables.of(site(listeners(), Optional.empty(), Map.of()), settings(List.of()), newer))
                .containsEntry("HTTP2_SUPPORTED", "true")
                .containsEntry("HTTP2_DIRECTIVE_SUPPORTED", "true")
                .containsEntry("HTTP2_PUSH_SUPPORTED", "false");
        assertThat(NginxVersion.parse("nginx version: nginx/1.25.0\nbuilt with OpenSSL 1.1.0\n"))
                .isEqualTo(new NginxVersion(1, 25, 0, false, false));
    }

    private static SequencedMap<ProcessType, List<Listener>> listeners() {
        SequencedMap<ProcessType, List<Listener>> listeners = new LinkedHashMap<>();
        listeners.put(ProcessType.WEB, List.of(new Listener("172.17.0.5", 5000), new Listener("172.17.0.6", 5000)));
        listeners.put(new ProcessType("web-socket"), List.of(new Listener("172.17.0.7", 5000)));
        listeners.put(new ProcessType("worker"), List.of());
        return listeners;
    }

    private static Site site(
            SequencedMap<ProcessType, List<Listener>> listeners,
            Optional<CertificatePem> certificate,
            Map<String, String> properties) {
        return new Site(
                new AppName("node-js-app"),
                Optional.empty(),
                List.of(new Domain("node-js-app.dokku.me"), new Domain("www.example.com")),
                List.of(
                        PortMapping.parse("http:80:5000"),
                        PortMapping.parse("http:8080:5000"),
                        PortMapping.parse("https:443:5000"),
                        PortMapping.parse("http:9000:9001")),
                listeners,
                List.of(),
                certificate,
                properties,
                Config.EMPTY);
    }

    private static NginxSettings settings(List<String> ipv6) {
        return new NginxSettings(
                Path.of("/usr/sbin/nginx"),
                DIRECTORIES,
                20_000,
                new HostPorts(80, 443),
                List.of("0.0.0.0"),
                ipv6,
                20_000);
    }
}
