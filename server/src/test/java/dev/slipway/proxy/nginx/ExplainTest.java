package dev.slipway.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.cert.SelfSigned;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Domain;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Route;
import dev.slipway.model.RoutePath;
import dev.slipway.proxy.Explanation;
import dev.slipway.proxy.Explanation.Answered;
import dev.slipway.proxy.Explanation.Closed;
import dev.slipway.proxy.Explanation.Filed;
import dev.slipway.proxy.Explanation.Passed;
import dev.slipway.proxy.Explanation.Step;
import dev.slipway.proxy.Explanation.Unknown;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is explained of a URL is what the real nginx does with it. */
class ExplainTest {

    private static final String TEMPLATE = """
            server {
              listen {{ $.PROXY_PORT }};
              server_name shop.test *.shop.test;
              location / { proxy_pass http://{{ $.APP }}-5000; }
              location = /exact { proxy_pass http://{{ $.APP }}-ws; }
              location /echo { proxy_pass http://{{ $.APP }}-ws; }
              location ^~ /static/ { proxy_pass http://{{ $.APP }}-ws/; }
              location ~ \\.php$ { return 403; }
              location ~* \\.(gif|JPG)$ { proxy_pass http://{{ $.APP }}-ws; }
              location /slash/ { proxy_pass http://{{ $.APP }}-ws/base/; }
              location = /swap { proxy_pass http://{{ $.APP }}-ws/other; }
              location /nested/ {
                proxy_pass http://{{ $.APP }}-5000;
                location /nested/deep { proxy_pass http://{{ $.APP }}-ws; }
                location ~ /gone$ { return 410; }
              }
              location /moved { return 301 /new$is_args$args; }
              location /away { return 302 https://example.com$request_uri; }
              location /short { return https://example.com/$host; }
              location /text { return 200 "hello"; }
              location /none { proxy_pass http://{{ $.APP }}-none; }
              location /var { proxy_pass http://{{ $.APP }}-ws$request_uri; }
              location /hidden { internal; proxy_pass http://{{ $.APP }}-ws; }
              location /closed { return 444; }
              location "/sp ace/" { proxy_pass http://{{ $.APP }}-ws/x/; }
              location /é { proxy_pass http://{{ $.APP }}-ws; }
              include {{ $.DOKKU_ROOT }}/{{ $.APP }}/nginx.conf.d/*.conf;
            }
            server {
              listen {{ $.PROXY_PORT }};
              server_name www.shop.test;
              return 301 http://shop.test:{{ $.PROXY_PORT }}$request_uri;
            }
            upstream {{ $.APP }}-5000 { {{ range $l := $.DOKKU_APP_WEB_LISTENERS | split " " }}server {{ $l }};{{ end }} }
            upstream {{ $.APP }}-ws { {{ range $l := $.DOKKU_APP_WS_LISTENERS | split " " }}server {{ $l }};{{ end }} }
            upstream {{ $.APP }}-none { server 127.0.0.1:65535; }
            """;

    @TempDir
    private static Path directory;

    private static NginxLab lab;
    private static EchoServer web;
    private static EchoServer ws;
    private static EchoServer other;
    private static CertificatePem pem;

    @BeforeAll
    static void startNginx() throws IOException {
        lab = new NginxLab(directory);
        web = EchoServer.start("web");
        ws = EchoServer.start("ws");
        other = EchoServer.start("other");
        pem = SelfSigned.make(List.of(new Domain("safe.test")), Instant.now());
        lab.nginx.start(List.of());
        Path snippets = lab.directories.snippets(lab.site("shop").build().app());
        Files.createDirectories(snippets);
        Files.writeString(snippets.resolve("own.conf"), "location /own { return 200 mine; }\n");
        lab.nginx.publish(lab.site("shop")
                .domains("shop.test", "*.shop.test", "www.shop.test")
                .type("web", web)
                .type("ws", ws)
                .template(TEMPLATE)
                .build());
        lab.nginx.publish(lab.site("other").type("web", other).build());
        lab.nginx.publish(lab.site("led")
                .type("web", web)
                .type("ws", ws)
                .type("none")
                .routes(led("ws", "/echo", false), led("ws", "/cut", true), led("none", "/none", false))
                .build());
        lab.nginx.publish(lab.site("safe").type("web", other).certificate(pem).build());
    }

    private static Route led(String process, String path, boolean strip) {
        return new Route(
                new ProcessType(process),
                new RoutePath(path),
                EchoServer.PORT,
                strip,
                Route.USUAL_IDLE,
                Optional.empty(),
                0);
    }

    @AfterAll
    static void stopNginx() throws IOException {
        lab.close();
        web.close();
        ws.close();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.test/",
                "shop.test/index.html?q=1",
                "SHOP.test./a",
                "a.b.shop.test/echo",
                "www.shop.test/echo?x",
                "other.test/echo",
                "nobody.test/",
                "127.0.0.1/",
                "127.0.0.1/.slipway/nginx.conf.sigil",
                "shop.test/exact",
                "shop.test/exact/",
                "shop.test/exactly",
                "shop.test/echo",
                "shop.test/echo/room%20one?a=%20b",
                "shop.test/echoes/../echo",
                "shop.test/a/../echo",
                "shop.test//echo",
                "shop.test/%65cho",
                "shop.test/Echo",
                "shop.test/static/a.php",
                "shop.test/static/a%20b/c?d=e",
                "shop.test/static/a%3Fb%25",
                "shop.test/static",
                "shop.test/x.php",
                "shop.test/x.PHP",
                "shop.test/a/b.GIF",
                "shop.test/echo/b.jpg",
                "shop.test/slash",
                "shop.test/slash?q=1",
                "shop.test/slash/",
                "shop.test/slash//x/./y/?q=1",
                "shop.test/swap?q",
                "shop.test/nested",
                "shop.test/nested/",
                "shop.test/nested/deeper",
                "shop.test/nested/deep/gone",
                "shop.test/nested/gone",
                "shop.test/nested/a.php",
                "shop.test/moved?a=b",
                "shop.test/away/x?y",
                "shop.test/short",
                "shop.test/text",
                "shop.test/none",
                "shop.test/var/x%20y?z",
                "shop.test/hidden",
                "shop.test/closed",
                "shop.test/sp%20ace/a%20b",
                "shop.test/sp%20ace/%22%3C%C3%A9",
                "shop.test/%C3%A9t%C3%A9",
                "shop.test/own",
                "shop.test/..",
                "shop.test/%zz",
                "other.test/404-error.html",
                "safe.test/a?b",
                "led.test/",
                "led.test/echo",
                "led.test/echo?a=b",
                "led.test/echo/room",
                "led.test/echoes",
                "led.test/cut",
                "led.test/cut?a=b",
                "led.test/cut/",
                "led.test/cut/a%20b?c",
                "led.test/none",
                "led.test/none/at/all",
            })
    void nginxDoesWhatIsExplained(String url) throws IOException {
        int slash = url.indexOf('/');
        String host = url.substring(0, slash);

        Wire.Answer answer = Wire.get(lab.http, host + ":" + lab.http, url.substring(slash));

        assertThat(said(explain("http://" + host + ":" + lab.http + url.substring(slash))))
                .isEqualTo(seen(answer));
    }

    private static Explanation explain(String url) {
        return lab.nginx.explain(url);
    }

    /** What nginx did: who answered and what it saw, or the status, and where a redirect leads. */
    private static String seen(Wire.Answer answer) {
        Matcher process = Pattern.compile("^(web|ws|other)\nGET (\\S+) ").matcher(answer.body());
        if (process.find()) {
            return process.group(1) + " sees " + process.group(2);
        }
        Matcher location = Pattern.compile("\r\nLocation: (\\S+)\r\n").matcher(answer.head());
        return answer.status() + (location.find() ? " " + location.group(1) : "");
    }

    /** The same in what is explained. */
    private static String said(Explanation explanation) {
        return switch (explanation.outcome()) {
            case Passed passed when passed.servers().isEmpty() -> "502";
            case Passed passed ->
                passed.servers().stream().map(ExplainTest::name).collect(Collectors.joining(",")) + " sees "
                        + passed.uri();
            case Answered answered -> answered.status() + (answered.status() / 100 == 3 ? " " + answered.text() : "");
            case Filed _ -> "200";
            case Closed _ -> "0";
            case Unknown unknown -> unknown.why();
        };
    }

    private static String name(String server) {
        return Stream.of(web, ws, other)
                .filter(process -> server.equals(process.address() + ":" + EchoServer.PORT))
                .map(process -> process == web ? "web" : process == ws ? "ws" : "other")
                .findFirst()
                .orElse(server);
    }

    @Test
    void everyStepHasItsLineAndItsReason() {
        assertThat(explain("ws://shop.test/echo/room").steps())
                .containsExactly(
                        new Step(
                                "listen",
                                "127.0.0.1:" + lab.http + " plain http",
                                "the port for http, as the URL names none",
                                ""),
                        new Step(
                                "server",
                                "shop.test *.shop.test",
                                "exact name",
                                "shop/nginx.conf:1 (nginx.conf.sigil:1)"),
                        new Step(
                                "location",
                                "/echo",
                                "longest of 2 prefixes that match, and no regex of 2 does",
                                "shop/nginx.conf:6 (nginx.conf.sigil:6)"),
                        new Step(
                                "proxy_pass",
                                "http://shop-ws",
                                "the path is passed on as it came: the process sees /echo/room",
                                "shop/nginx.conf:6 (nginx.conf.sigil:6)"),
                        new Step("upstream", "shop-ws", "one server", "shop/nginx.conf:35 (nginx.conf.sigil:35)"));
    }

    @Test
    void aRouteIsNamedByItsUpstream() {
        assertThat(explain("http://led.test/echo/room").steps())
                .extracting(Step::name, Step::what)
                .contains(tuple("location", "^~ /echo/"), tuple("upstream", "led+ws+5000"));
        assertThat(explain("http://led.test/none").outcome())
                .isEqualTo(new Passed("led+none+5000", "/none", List.of()));
    }

    @Test
    void aSnippetBesideTheSiteIsNamed() {
        assertThat(explain("http://shop.test/own").steps())
                .extracting(Step::where)
                .contains("shop/nginx.conf.d/own.conf:1");
    }

    @Test
    void aNameThatNoAppHasIsClosedInPlainHttpAndRejectedInTls() {
        assertThat(explain("http://nobody.test/").outcome())
                .isEqualTo(new Closed("nginx closes the connection without an answer"));
        assertThat(explain("https://nobody.test/").outcome())
                .isEqualTo(new Closed("nginx rejects the TLS handshake: unrecognized name"));
        assertThat(catchThrowable(() -> lab.secure(pem, "nobody.test"))).isInstanceOf(SSLException.class);
        assertThat(explain("http://shop.test:1/").outcome()).isEqualTo(new Closed("nginx does not listen on port 1"));
        assertThat(explain("https://shop.test:" + lab.http + "/").outcome())
                .isEqualTo(new Closed("a TLS client cannot speak to a port of plain http"));
    }

    @Test
    void overTlsItIsTheSame() throws Exception {
        try (Socket socket = lab.secure(pem, "safe.test")) {
            Wire.Answer answer = Wire.get(socket, "safe.test:" + lab.https, "/page?q");

            assertThat(said(explain("wss://safe.test/page?q")))
                    .isEqualTo(seen(answer))
                    .isEqualTo("other sees /page?q");
        }
        Wire.Answer plain = Wire.get(lab.https, "safe.test:" + lab.https, "/page?q");
        assertThat(said(explain("http://safe.test:" + lab.https + "/page?q")))
                .isEqualTo(seen(plain))
                .isEqualTo("301 https://safe.test:" + lab.https + "/page?q");
    }
}
