package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the tutorial promises of a {@code ws} process behind a template of the app's own. */
final class RoutingTest {

    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.start();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void withoutWsProcessesEchoGivesA502WhileTheRestServes() throws Exception {
        EchoApp.checkout(platform, "none").deploy();
        Web web = new Web(platform, "none.test");
        assertThat(web.get("/").statusCode()).isEqualTo(200);
        assertThat(web.get("/echo").statusCode()).isEqualTo(502);
        assertThat(platform.ok("nginx:show-config", "none")).contains("server 127.0.0.1:65535;");
        assertThat(platform.ok("proxy:explain", "ws://none.test/echo"))
                .endsWith("-----> 502 Bad Gateway: no process runs behind none-ws\n");

        platform.ok("ps:scale", "none", "ws=1");
        assertThat(platform.ok("nginx:show-config", "none")).doesNotContain("65535");
        try (OpenSocket socket = OpenSocket.open(platform, "none.test", "/echo")) {
            assertThat(socket.say("hello")).isEqualTo("hello");
            assertThat(platform.ok("nginx:workers"))
                    .containsPattern("1 +serving +total [0-9]+ .* [1-9][0-9]* +[1-9][0-9]* +[0-9.]+ MiB");
        }
        assertThat(platform.ok("proxy:explain", "ws://none.test/echo"))
                .containsPattern(" location +/echo: .*nginx\\.conf\\.sigil:[0-9]+")
                .containsPattern("-----> ws\\.1 10\\.[0-9.]+:5000 running\n$");

        platform.ok("ps:scale", "none", "ws=0");
        assertThat(web.get("/").statusCode()).isEqualTo(200);
        assertThat(web.get("/echo").statusCode()).isEqualTo(502);
    }

    @Test
    void twoWsProcessesShareTheSockets() {
        EchoApp.checkout(platform, "two")
                .replace("nginx.conf.sigil", "location /echo {", "location ~ ^/echo {")
                .commit("match below /echo")
                .deploy();
        platform.ok("ps:scale", "two", "ws=2");
        Set<String> answering = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            try (OpenSocket socket = OpenSocket.open(platform, "two.test", "/echo/who")) {
                answering.add(socket.who());
            }
        }
        assertThat(answering).hasSize(2);
    }

    @Test
    void aProcessTypeWithAHyphenFillsItsVariable() {
        EchoApp.checkout(platform, "hyphen")
                .write("Procfile", "web: python3 web.py\nweb-socket: python3 ws.py\n")
                .write(
                        "nginx.conf.sigil",
                        EchoApp.withTutorial(platform.ok("nginx:template"))
                                .replace("DOKKU_APP_WS_LISTENERS", "DOKKU_APP_WEB_SOCKET_LISTENERS"))
                .commit("a process type with a hyphen")
                .deploy();
        platform.ok("ps:scale", "hyphen", "web-socket=1");
        try (OpenSocket socket = OpenSocket.open(platform, "hyphen.test", "/echo")) {
            assertThat(socket.say("hello")).isEqualTo("hello");
        }
    }

    @Test
    void aTrailingSlashOnProxyPassCutsThePathAsTheTutorialSays() {
        Checkout checkout = EchoApp.checkout(platform, "slash");
        checkout.replace("nginx.conf.sigil", "location /echo {", "location /echo/ {")
                .commit("a path below")
                .deploy();
        platform.ok("ps:scale", "slash", "ws=1");
        assertThat(pathSeenByTheProcess()).endsWith(" /echo/who");

        checkout.replace("nginx.conf.sigil", "proxy_pass http://{{ $.APP }}-ws;", "proxy_pass http://{{ $.APP }}-ws/;")
                .commit("a trailing slash")
                .deploy();
        assertThat(pathSeenByTheProcess()).endsWith(" /who");
    }

    private static String pathSeenByTheProcess() {
        try (OpenSocket socket = OpenSocket.open(platform, "slash.test", "/echo/who")) {
            return socket.who();
        }
    }

    @Test
    void aTemplateThatNginxWouldRefuseAtAScaleIsWarnedAboutAtThePushAndRefusedAtTheScale() throws Exception {
        Checkout checkout = EchoApp.checkout(platform, "unguarded");
        String unguarded = EchoApp.withTutorial(platform.ok("nginx:template"))
                .replace("{{ if not $.DOKKU_APP_WS_LISTENERS }}\n", "")
                .replace("  server 127.0.0.1:65535; # force a 502\n{{ else }}\n", "")
                .replace(":5000;{{ end }}\n{{ end }}\n}", ":5000;{{ end }}\n}");
        checkout.write("app.json", "{\"formation\": {}}");
        checkout.deploy();
        platform.ok("ps:scale", "unguarded", "ws=1");

        Result pushed =
                checkout.write("nginx.conf.sigil", unguarded).commit("no guard").push();
        assertThat(pushed.exitCode()).as(pushed.err()).isZero();
        assertThat(pushed.err()).contains("DOKKU_APP_WS_LISTENERS").contains("{{ if not $.DOKKU_APP_WS_LISTENERS }}");

        Result scaled = platform.dokku("ps:scale", "unguarded", "ws=0");
        assertThat(scaled.exitCode()).isEqualTo(1);
        assertThat(scaled.err()).contains("nginx.conf.sigil:").contains("{{ if not $.DOKKU_APP_WS_LISTENERS }}");
        assertThat(platform.ok("ps:scale", "unguarded")).containsPattern("ws: +1");
        assertThat(new Web(platform, "unguarded.test").get("/").statusCode()).isEqualTo(200);
    }
}
