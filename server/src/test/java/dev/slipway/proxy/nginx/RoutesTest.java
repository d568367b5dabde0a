package dev.slipway.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cert.SelfSigned;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Domain;
import dev.slipway.model.IdleTime;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Route;
import dev.slipway.model.RoutePath;
import dev.slipway.model.Sticky;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where routed paths lead, on the real nginx with the default template. */
final class RoutesTest {

    private static final ProcessType WS = new ProcessType("ws");

    private NginxLab lab;
    private EchoServer web;
    private EchoServer ws;

    @BeforeEach
    void startNginx(@TempDir Path directory) throws IOException {
        lab = new NginxLab(directory);
        web = EchoServer.start("web");
        ws = EchoServer.start("ws");
        lab.nginx.start(List.of());
    }

    @AfterEach
    void stopNginx() throws IOException {
        lab.close();
        web.close();
        ws.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api,ws",
        "/api?x=1,ws",
        "/api/,ws",
        "/api/x/y,ws",
        "/%61pi,ws",
        "/api2,web",
        "/apix/api,web",
        "/,web",
        "/API,web",
        "/api/web,web",
        "/api/web/x,web",
        "/api/webx,ws",
        "/x/../api/y,ws"
    })
    void aPathIsMatchedAtABoundaryAndTheLongestWins(String path, String process) throws IOException {
        lab.nginx.publish(site(route("/api"), Route.to(ProcessType.WEB, new RoutePath("/api/web"))));
        assertThat(get(path)).startsWith(process + "\nGET " + path + " HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @CsvSource({"/api,/", "/api?x=1,/?x=1", "/api/,/", "/api/x/y?z,/x/y?z", "/api/a%20b,/a%20b"})
    void aPrefixIsStrippedForWhoAsksForIt(String path, String seen) throws IOException {
        lab.nginx.publish(
                site(new Route(WS, new RoutePath("/api"), 5000, true, Route.USUAL_IDLE, Optional.empty(), 0)));
        assertThat(get(path)).startsWith("ws\nGET " + seen + " HTTP/1.1\r\n");
    }

    @Test
    void everythingMayBeRoutedElsewhere() throws IOException {
        lab.nginx.publish(site(route("/"), Route.to(ProcessType.WEB, new RoutePath("/page"))));
        assertThat(get("/x")).startsWith("ws\n");
        assertThat(get("/page/x")).startsWith("web\n");
        assertThat(lab.nginx
                        .configuration(new dev.slipway.model.AppName("shop"))
                        .orElseThrow())
                .contains("proxy_read_timeout 1h;");
    }

    @Test
    void aRoutedPathGetsTheHeadersThatTheRestGetsAndNoneThatAClientInvents() throws IOException {
        lab.nginx.publish(site(route("/echo")));
        String[] invented = {
            "X-Forwarded-For: 6.6.6.6",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: evil.test",
            "X-Forwarded-Prefix: /evil",
            "X-Real-IP: 6.6.6.6",
            "Forwarded: for=6.6.6.6",
            "Proxy: http://evil.test"
        };
        String routed = headers("/echo", invented);
        assertThat(routed).doesNotContain("6.6.6.6", "evil").contains("\r\nX-Forwarded-For: 127.0.0.1\r\n");
        assertThat(routed.replaceAll("X-Request-Start: [0-9.]+", ""))
                .isEqualTo(headers("/", invented).replaceAll("X-Request-Start: [0-9.]+", ""));
    }

    private String headers(String path, String... headers) throws IOException {
        String body = Wire.get(lab.http, "shop.test", path, headers).body();
        return body.substring(body.indexOf("\r\n"));
    }

    @Test
    void onlyAWebSocketIsUpgraded() throws IOException {
        lab.nginx.publish(site(route("/echo")));
        assertThat(Wire.get(
                                lab.http,
                                "shop.test",
                                "/echo",
                                "Connection: Upgrade, HTTP2-Settings",
                                "Upgrade: h2c",
                                "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA")
                        .body())
                .startsWith("ws\nGET /echo ")
                .doesNotContainIgnoringCase("upgrade:", "h2c", "connection:");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.http)) {
            assertThat(Wire.upgrade(socket, "shop.test", "/echo/room")).startsWith("HTTP/1.1 101 ");
            assertThat(Wire.echo(socket, "hello")).isEqualTo("hello");
        }
    }

    @Test
    void withACertificateTheRouteServesOnHttpsAndHttpRedirects() throws Exception {
        CertificatePem pem = SelfSigned.make(List.of(new Domain("shop.test")), Instant.now());
        lab.nginx.publish(
                draft().type("ws", ws).routes(route("/echo")).certificate(pem).build());
        assertThat(Wire.get(lab.http, "shop.test", "/echo").status()).isEqualTo(301);
        try (Socket socket = lab.secure(pem, "shop.test")) {
            assertThat(Wire.upgrade(socket, "shop.test", "/echo")).startsWith("HTTP/1.1 101 ");
            assertThat(Wire.echo(socket, "safely")).isEqualTo("safely");
        }
    }

    @Test
    void aTypeAtZeroAnswers502AndTheRestServes() throws IOException {
        lab.nginx.publish(draft().type("ws").routes(route("/echo")).build());
        assertThat(Wire.get(lab.http, "shop.test", "/echo").status()).isEqualTo(502);
        assertThat(Wire.get(lab.http, "shop.test", "/echo").body()).contains("http-equiv=\"refresh\"");
        assertThat(get("/")).startsWith("web\n");
    }

    @Test
    void withoutAWebProcessTheRouteServes() throws IOException {
        lab.nginx.publish(lab.site("shop")
                .type("web")
                .type("ws", ws)
                .routes(route("/echo"))
                .build());
        assertThat(get("/echo")).startsWith("ws\n");
        assertThat(Wire.get(lab.http, "shop.test", "/").status()).isEqualTo(502);
    }

    @ParameterizedTest
    @CsvSource({"cookie:SID,Cookie: SID=", "header:X-User-Id,X-User-Id: "})
    void aClientThatSaysWhoItIsMeetsTheSameProcess(String sticky, String header) throws IOException {
        try (EchoServer second = EchoServer.start("ws2");
                EchoServer third = EchoServer.start("ws3")) {
            lab.nginx.publish(draft().type("ws", ws, second, third)
                    .routes(new Route(
                            WS,
                            new RoutePath("/echo"),
                            5000,
                            false,
                            Route.USUAL_IDLE,
                            Optional.of(Sticky.parse(sticky)),
                            0))
                    .build());
            Set<String> met = new HashSet<>();
            for (int client = 0; client < 20; client++) {
                String first = answering(header + client);
                met.add(first);
                for (int again = 0; again < 4; again++) {
                    assertThat(answering(header + client)).isEqualTo(first);
                }
            }
            assertThat(met).containsExactlyInAnyOrder("ws", "ws2", "ws3");
        }
    }

    @Test
    void aClientIsKeptByItsAddress() throws IOException {
        try (EchoServer second = EchoServer.start("ws2")) {
            lab.nginx.publish(draft().type("ws", ws, second)
                    .routes(new Route(
                            WS, new RoutePath("/echo"), 5000, false, Route.USUAL_IDLE, Optional.of(new Sticky.Ip()), 0))
                    .build());
            Set<String> met = new HashSet<>();
            for (int i = 0; i < 10; i++) {
                met.add(answering("X: y"));
            }
            assertThat(met).hasSize(1);
        }
    }

    @Test
    void aProcessGetsNoMoreConnectionsThanTheRouteAllows() throws IOException {
        lab.nginx.publish(
                site(new Route(WS, new RoutePath("/echo"), 5000, false, Route.USUAL_IDLE, Optional.empty(), 2)));
        try (Socket one = new Socket(InetAddress.getLoopbackAddress(), lab.http);
                Socket two = new Socket(InetAddress.getLoopbackAddress(), lab.http);
                Socket three = new Socket(InetAddress.getLoopbackAddress(), lab.http)) {
            assertThat(Wire.upgrade(one, "shop.test", "/echo")).startsWith("HTTP/1.1 101 ");
            assertThat(Wire.upgrade(two, "shop.test", "/echo")).startsWith("HTTP/1.1 101 ");
            assertThat(Wire.upgrade(three, "shop.test", "/echo")).startsWith("HTTP/1.1 502 ");
            assertThat(Wire.echo(one, "still here")).isEqualTo("still here");
        }
    }

    @Test
    void routesWithDifferentSettingsForTheSameProcessesDoNotMeet() throws IOException {
        lab.nginx.publish(site(
                route("/a"),
                new Route(WS, new RoutePath("/b"), 5000, false, new IdleTime(90), Optional.empty(), 0),
                new Route(WS, new RoutePath("/c"), 5000, false, Route.USUAL_IDLE, Optional.of(new Sticky.Ip()), 0)));
        String text =
                lab.nginx.configuration(new dev.slipway.model.AppName("shop")).orElseThrow();
        assertThat(text)
                .contains("upstream shop+ws+5000 {", "upstream shop+ws+5000+2 {", "hash $remote_addr consistent;")
                .contains("proxy_read_timeout 1m30s;")
                .doesNotContain("upstream shop+ws+5000+3");
        assertThat(get("/c/x")).startsWith("ws\n");
    }

    @Test
    void aCustomTemplateThatLeavesARouteOutIsToldSoAndOneThatPlacesItIsNot() {
        String bare = """
                server {
                  listen {{ $.PROXY_PORT }};
                  server_name {{ $.NOSSL_SERVER_NAME }};
                  location / { return 200 mine; }
                }
                """;
        assertThat(lab.nginx.test(draft().type("ws", ws)
                        .routes(route("/echo"))
                        .template(bare)
                        .build()))
                .anySatisfy(
                        warning -> assertThat(warning)
                                .startsWith(
                                        "nginx.conf.sigil: the route /echo to ws:5000 has no location here and is not served."));
        String placed = bare.replace("location /", """
                {{ range $route := $.PROXY_ROUTES }}
                  location {{ $route.path }} { proxy_pass http://{{ $route.upstream }}; }
                {{ end }}
                  location /""") + """
                {{ range $upstream := $.PROXY_ROUTE_UPSTREAMS }}
                upstream {{ $upstream.name }} {
                {{ range $upstream.servers }}  server {{ . }};
                {{ else }}  server 127.0.0.1:65535;
                {{ end }}}
                {{ end }}
                """;
        assertThat(lab.nginx.test(draft().type("ws", ws)
                        .routes(route("/echo"))
                        .template(placed)
                        .build()))
                .isEmpty();
    }

    @Test
    void aCustomTemplateThatLeadsTheRootToWebIsToldThatItIsRoutedElsewhere() {
        String led = """
                server {
                  listen {{ $.PROXY_PORT }};
                  server_name {{ $.NOSSL_SERVER_NAME }};
                  location / { proxy_pass http://{{ $.APP }}-%s; }
                }
                upstream {{ $.APP }}-web { server {{ $.DOKKU_APP_WEB_LISTENERS }}; }
                upstream {{ $.APP }}-ws { server {{ $.DOKKU_APP_WS_LISTENERS }}; }
                """;
        NginxLab.Draft draft = draft().type("ws", ws).routes(route("/"));
        assertThat(lab.nginx.test(draft.template(led.formatted("web")).build()))
                .singleElement()
                .asString()
                .startsWith("nginx.conf.sigil: the route / to ws:5000 has no location here and is not served.");
        assertThat(lab.nginx.test(draft.template(led.formatted("ws")).build())).isEmpty();
    }

    @Test
    void typesThatDifferInCaseAloneAreNotTakenForOneAnother() throws IOException {
        try (EchoServer loud = EchoServer.start("loud")) {
            lab.nginx.publish(draft().type("ws", ws)
                    .type("WS", loud)
                    .routes(Route.to(new ProcessType("WS"), new RoutePath("/loud")), route("/quiet"))
                    .build());
            assertThat(get("/loud")).startsWith("loud\n");
            assertThat(get("/quiet")).startsWith("ws\n");
        }
    }

    private NginxLab.Draft draft() {
        return lab.site("shop").type("web", web);
    }

    private dev.slipway.proxy.Site site(Route... routes) {
        return draft().type("ws", ws).routes(routes).build();
    }

    private static Route route(String path) {
        return Route.to(WS, new RoutePath(path));
    }

    private String answering(String header) throws IOException {
        return Wire.get(lab.http, "shop.test", "/echo", header)
                .body()
                .lines()
                .findFirst()
                .orElse("");
    }

    private String get(String path) throws IOException {
        return Wire.get(lab.http, "shop.test", path).body();
    }
}
