package dev.slipway.proxy.nginx.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.ProcessType;
import dev.slipway.model.Route;
import dev.slipway.model.RoutePath;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.TemplateReport;
import dev.slipway.proxy.TemplateReport.Successor;
import dev.slipway.proxy.nginx.TutorialBlocks;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What takes a template's place, and what only a template can do. */
class SuccessionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "location /echo {             | proxy_pass http://shop-ws;                             | ws /echo",
                "location /echo {             | proxy_pass http://shop-ws; proxy_read_timeout 3600;    | ws /echo",
                "location /echo {             | proxy_pass http://shop-ws; proxy_read_timeout 90m;     | ws /echo --idle-timeout 1h30m",
                "location /echo/ {            | proxy_pass http://shop-ws/;                            | ws /echo --strip",
                "location /echo {             | proxy_pass http://shop-ws/;                            | ws /echo --strip",
                "location ^~ /a/b {           | proxy_pass http://shop-ws;                             | ws /a/b",
                "location /api {              | proxy_pass http://shop-5000;                           | web /api",
            })
    void aLocationAsARoute(String location, String body, String words) {
        TemplateReport report = Reader.report(Reader.tutorial(location + " " + body + " }\n", TutorialBlocks.UPSTREAM));

        assertThat(report.successors()).containsExactly(new Successor("proxy:route:set", words));
        assertThat(report.rest()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server $IP:5000;                                      | ws /echo",
                "server $IP:8080;                                      | ws /echo --port 8080",
                "ip_hash; server $IP:5000;                             | ws /echo --sticky ip",
                "hash $cookie_sid consistent; server $IP:5000;         | ws /echo --sticky cookie:sid",
                "hash $http_x_user; server $IP:5000; keepalive 4;      | ws /echo --sticky header:x-user",
                "server $IP:5000 max_conns=50;                         | ws /echo --max-connections 50",
            })
    void anUpstreamAsFlags(String servers, String words) {
        TemplateReport report = Reader.report(echo("proxy_pass http://shop-ws;", servers));

        assertThat(report.successors()).containsExactly(new Successor("proxy:route:set", words));
        assertThat(report.rest()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxy_pass http://shop-ws; auth_basic on;                        | server $IP:5000;",
                "proxy_pass http://shop-ws; proxy_set_header X-Tenant a;          | server $IP:5000;",
                "proxy_pass http://shop-ws/other;                                 | server $IP:5000;",
                "proxy_pass http://api.example.com;                               | server $IP:5000;",
                "proxy_pass http://shop-ws;                                       | server $IP:5000; least_conn;",
                "proxy_pass http://shop-ws;                                       | server $IP:5000; server 192.0.2.7:80;",
                "proxy_pass http://shop-ws;                                       | server $IP:5000 weight=3;",
                "proxy_pass http://shop-ws;                                       | server $IP:5000; hash $uri;",
            })
    void whatARouteCannotSay(String body, String servers) {
        String template = echo(body, servers);

        TemplateReport report = Reader.report(template);

        assertThat(report.successors()).isEmpty();
        assertThat(report.rest())
                .containsExactlyElementsOf(Reader.linesOf(template, "location /echo {").stream()
                        .map(line -> "nginx.conf.sigil:" + line + ": location /echo")
                        .toList());
    }

    @Test
    void aLocationThatMatchesByExpression() {
        String location = "location ~ ^/e { proxy_pass http://shop-ws; }\n";

        TemplateReport report = Reader.report(Reader.tutorial(location, TutorialBlocks.UPSTREAM));

        assertThat(report.successors()).isEmpty();
        assertThat(report.rest()).hasSize(2).allMatch(line -> line.endsWith(": location ~ ^/e"));
    }

    @Test
    void aPathThatLeadsElsewhereOverHttps() {
        String template =
                Reader.DEFAULT.replaceFirst("(?m)^\\{\\{ else }}\n  location / ", """
                  location /echo { proxy_pass http://shop-5000; }
                {{ else }}
                  location /echo { proxy_pass http://shop-ws; }
                  location /\s""") + TutorialBlocks.UPSTREAM;

        TemplateReport report = Reader.report(template);

        assertThat(report.successors()).isEmpty();
        assertThat(report.rest()).containsExactly("location /echo, which leads elsewhere over http than over https");
    }

    @Test
    void aSettingAsAProperty() {
        TemplateReport report = Reader.report(Reader.DEFAULT
                .replace("{{ $.CLIENT_MAX_BODY_SIZE }}", "50m")
                .replace("{{ $.PROXY_BUFFERS }}", "16 8k"));

        assertThat(report.successors())
                .containsExactly(
                        new Successor("nginx:set", "client-max-body-size 50m"),
                        new Successor("nginx:set", "proxy-buffers '16 8k'"));
        assertThat(report.rest()).isEmpty();
    }

    @Test
    void whatStandsBesideALocation() {
        String template =
                Reader.DEFAULT.replace("  gzip on;", "  gzip on;\n  add_header X-A b;\n  location /old { return 410; }")
                        + "map $uri $shop_new { default 0; }\nmap $http_upgrade $shop_up { default 1; }\n";
        int added = Reader.linesOf(template, "add_header").getFirst();

        assertThat(Reader.report(template).rest())
                .containsExactly(
                        "nginx.conf.sigil:" + added + ": add_header X-A b",
                        "nginx.conf.sigil:" + (template.lines().count() - 1) + ": map $uri $shop_new { … }",
                        "nginx.conf.sigil:" + (added + 1) + ": location /old");
    }

    private static String echo(String body, String servers) {
        String one = servers.replace("$IP", "{{ index ($.DOKKU_APP_WS_LISTENERS | split \":\") 0 }}");
        String upstream = "upstream {{ $.APP }}-ws {\n{{ if not $.DOKKU_APP_WS_LISTENERS }}\nserver 127.0.0.1:65535;\n"
                + "{{ else }}\n" + one + "\n{{ end }}\n}\n";
        return Reader.tutorial("location /echo { " + body + " }\n", upstream);
    }

    @Test
    void aDoorThatLeadsElsewhereHasNoSuccessor() {
        String template = """
                server {
                  listen {{ $.PROXY_PORT }};
                  server_name {{ $.NOSSL_SERVER_NAME }};
                  location / { proxy_pass http://status.example.com; }
                }
                """;

        assertThat(Reader.report(template).successors()).isEmpty();
        assertThat(Reader.report(template).rest()).containsExactly("nginx.conf.sigil:4: location /");
    }

    @Test
    void aServerThatLeadsNowhereHasNoSuccessor() {
        String template = "server {\n  listen {{ $.PROXY_PORT }};\n  server_name {{ $.NOSSL_SERVER_NAME }};\n}\n";

        assertThat(Reader.report(template).rest()).containsExactly("nginx.conf.sigil:1: server { … }");
    }

    @Test
    void aRouteThatIsSetNeedsNoCommand() {
        Site site = Reader.site(Reader.tutorial(TutorialBlocks.LOCATION, TutorialBlocks.UPSTREAM))
                .withRoutes(List.of(Route.to(new ProcessType("ws"), new RoutePath("/echo"))));

        TemplateReport report = Reader.report(site, 22, tried -> Optional.empty());

        assertThat(report.successors()).isEmpty();
        assertThat(report.rest()).isEmpty();
    }
}
