package dev.slipway.proxy.nginx.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.proxy.Remark;
import dev.slipway.proxy.TemplateReport;
import dev.slipway.proxy.TemplateReport.Difference;
import dev.slipway.proxy.TemplateReport.Successor;
import dev.slipway.proxy.nginx.TutorialBlocks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates as people have them: what is true of them is told, and nothing else. */
class WholeTemplatesTest {

    /** In the manner of Dokku's template: headers in each location, no web upstream without a web process. */
    private static final String DOKKU = """
            {{ range $port_map := .PROXY_PORT_MAP | split " " }}
            {{ $parts := $port_map | split ":" }}
            server {
            {{ if eq (index $parts 0) "https" }}
              listen {{ index $parts 1 }} ssl {{ if eq $.HTTP2_SUPPORTED "true" }}http2{{ end }};
              ssl_certificate {{ $.APP_SSL_PATH }}/server.crt;
              ssl_certificate_key {{ $.APP_SSL_PATH }}/server.key;
              keepalive_timeout 70;
            {{ else }}
              listen {{ index $parts 1 }};
            {{ end }}
              {{ if $.NOSSL_SERVER_NAME }}server_name {{ $.NOSSL_SERVER_NAME }}; {{ end }}
              access_log /var/log/nginx/{{ $.APP }}-access.log;
            {{ if and (eq (index $parts 1) "80") $.SSL_INUSE }}
              location / {
                return 301 https://$host:{{ $.PROXY_SSL_PORT }}$request_uri;
              }
            {{ else }}
              location    / {
                gzip on;
                proxy_pass  http://{{ $.APP }}-{{ index $parts 2 }};
                proxy_http_version 1.1;
                proxy_read_timeout {{ $.PROXY_READ_TIMEOUT }};
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection $http_connection;
                proxy_set_header Host $http_host;
                proxy_set_header X-Forwarded-For {{ $.PROXY_X_FORWARDED_FOR }};
                proxy_set_header X-Forwarded-Proto {{ $.PROXY_X_FORWARDED_PROTO }};
              }
            %s
              error_page 404 /404-error.html;
              location /404-error.html {
                root {{ $.DOKKU_LIB_ROOT }}/data/nginx-vhosts/dokku-errors;
                internal;
              }
            {{ end }}
              include {{ $.DOKKU_ROOT }}/{{ $.APP }}/nginx.conf.d/*.conf;
            }
            {{ end }}
            {{ if $.DOKKU_APP_WEB_LISTENERS }}
            {{ range $port := $.PROXY_UPSTREAM_PORTS | split " " }}
            upstream {{ $.APP }}-{{ $port }} {
            {{ range $listener := $.DOKKU_APP_WEB_LISTENERS | split " " }}
              server {{ index ($listener | split ":") 0 }}:{{ $port }};{{ end }}
            }
            {{ end }}{{ end }}
            """;

    private static final List<String> TUTORIAL = List.of(
            "location /echo closes sockets after 60s without a word",
            "X-Forwarded-For can be faked by a client",
            "Connection is \"upgrade\" for every request");

    @Test
    void theDefaultTemplateIsNotRemarkedUpon() {
        assertThat(Reader.report(Reader.DEFAULT))
                .isEqualTo(new TemplateReport(
                        "nginx.conf.sigil", List.of(), true, List.of(), List.of(), List.of(), List.of()));
    }

    @Test
    void theTutorialsTemplateIsTakenByOneRoute() {
        String template = Reader.tutorial(TutorialBlocks.LOCATION, TutorialBlocks.UPSTREAM);
        List<Integer> places = Reader.linesOf(template, "location /echo {");

        TemplateReport report = Reader.report(template);

        assertThat(report.remarks())
                .extracting(Remark::what)
                .containsExactlyInAnyOrderElementsOf(plus(
                        TUTORIAL, "location /echo does not set X-Forwarded-Host, X-Forwarded-Port, X-Forwarded-Proto"));
        assertThat(report.remarks().getFirst().lines()).isEqualTo(places).hasSize(2);
        assertThat(report.structure())
                .containsExactly(
                        new Difference(true, places.getFirst(), "location /echo"),
                        new Difference(
                                true,
                                Reader.linesOf(template, "upstream {{ $.APP }}-ws {")
                                        .getFirst(),
                                "upstream shop-ws (ws:5000)"));
        assertThat(report.successors()).containsExactly(new Successor("proxy:route:set", "ws /echo"));
        assertThat(report.successors().getFirst().on("shop")).isEqualTo("proxy:route:set shop ws /echo");
        assertThat(report.rest()).isEmpty();
        assertThat(report.text()).allMatch(Difference::added).hasSize((int)
                (2 * lines(TutorialBlocks.LOCATION) + lines(TutorialBlocks.UPSTREAM)));
    }

    @Test
    void theTutorialsLocationInTheFirstPlaceOnlyIsMissedOverHttps() {
        TemplateReport report = Reader.report(Reader.tutorialOverHttpOnly());

        assertThat(report.remarks()).extracting(Remark::what).contains("location /echo is served over http only");
        assertThat(report.structure()).extracting(Difference::text).contains("location /echo (http)");
        assertThat(report.successors()).containsExactly(new Successor("proxy:route:set", "ws /echo"));
    }

    @Test
    void dokkusManner() {
        TemplateReport report = Reader.report(DOKKU.formatted(""));

        assertThat(report.remarks()).isEmpty();
        assertThat(report.text()).isEmpty();
        assertThat(report.successors()).isEmpty();
        assertThat(report.rest()).isEmpty();
        assertThat(report.structure())
                .contains(
                        new Difference(true, 25, "proxy_set_header Connection $http_connection"),
                        new Difference(true, 8, "keepalive_timeout 70 (https)"))
                .anyMatch(difference ->
                        !difference.added() && difference.text().equals("proxy_set_header Upgrade $slipway_upgrade"));
    }

    @Test
    void dokkusMannerWithTheTutorialIsTakenByOneRoute() {
        TemplateReport report = Reader.report(DOKKU.formatted(TutorialBlocks.LOCATION) + TutorialBlocks.UPSTREAM);

        assertThat(report.remarks())
                .extracting(Remark::what)
                .containsExactlyInAnyOrderElementsOf(plus(TUTORIAL, "location /echo does not set X-Forwarded-Proto"));
        assertThat(report.successors()).containsExactly(new Successor("proxy:route:set", "ws /echo"));
        assertThat(report.rest()).isEmpty();
    }

    /** Advice to remove a file that does more would break its app. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip on;                    | gzip off;                                          | gzip off",
                "gzip on;                    | if ($request_method = OPTIONS) { return 204; }     | if ($request_method = OPTIONS) { … }",
                "gzip on;                    | proxy_set_header Host shop.example.com;            | proxy_set_header Host shop.example.com",
                "gzip on;                    | proxy_set_header X-Forwarded-Proto https;          | proxy_set_header X-Forwarded-Proto https",
                "{{ range $listener :=       | least_conn;{{ range $listener :=                   | location /",
                "return 301 https://$host:   | return 301 https://www.shop.test:                  | server { … }",
                "$.DOKKU_LIB_ROOT }}/data/nginx-vhosts/dokku-errors | $.DOKKU_ROOT }}/{{ $.APP }}/pages | location /404-error.html",
            })
    void whatTheDefaultTemplateDoesNotDoIsKept(String usual, String other, String kept) {
        TemplateReport report = Reader.report(DOKKU.formatted("").replace(usual, other));

        assertThat(report.successors()).isEmpty();
        assertThat(report.rest()).isNotEmpty().allMatch(line -> line.endsWith(": " + kept));
    }

    @Test
    void aLocationByItselfIsTakenByARoute() {
        String template =
                DOKKU.formatted("location /api { proxy_pass http://{{ $.APP }}-5000; http2_push_preload on; }");

        assertThat(Reader.report(template).successors()).containsExactly(new Successor("proxy:route:set", "web /api"));
        assertThat(Reader.report(template).rest()).isEmpty();
    }

    private static List<String> plus(List<String> some, String one) {
        return Stream.concat(some.stream(), Stream.of(one)).toList();
    }

    private static long lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).count();
    }
}
