package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tutorial from its first line to its last, with the app that it is about. */
final class TutorialTest {

    private static final String HOST = "websocket-example.test";

    @Test
    void everyStepHoldsAsWritten() throws Exception {
        try (Platform platform = Platform.start()) {
            Checkout app = Checkout.make(
                    platform,
                    platform.work().resolve("websocket-example"),
                    Platform.ROOT.resolve("examples/websocket-example"));
            assertThat(app.read("Procfile")).isEqualTo("web: websocket-example web\nws: websocket-example ws\n");

            fetchTheTemplate(platform, app);
            app.write("nginx.conf.sigil", EchoApp.withTutorial(app.read("nginx.conf.sigil")));
            assertThat(app.read("nginx.conf.sigil"))
                    .as("the example's own template is today's default with the tutorial's additions")
                    .isEqualTo(Files.readString(Platform.ROOT.resolve("examples/websocket-example/nginx.conf.sigil")));
            app.commit("feat: route /echo to ws process");

            String pushed = app.deploy();
            assertThat(pushed)
                    .contains("remote: =====> Application deployed:")
                    .contains("http://" + HOST + ":" + platform.httpPort());
            assertThat(platform.ok("ps:scale", "websocket-example"))
                    .containsPattern("web: +1")
                    .containsPattern("ws: +0");

            platform.ok("ps:scale", "websocket-example", "ws=1");
            echoes(platform, "ws", platform.httpPort());
            browses(platform, "http", platform.httpPort());

            platform.ok("certs:generate", "websocket-example", HOST);
            echoes(platform, "wss", platform.httpsPort());
            browses(platform, "https", platform.httpsPort());
        }
    }

    /** The tutorial's second step, with our server's address in place of its own. */
    private static void fetchTheTemplate(Platform platform, Checkout app) {
        Result fetched = platform.run(Command.of(
                        "curl",
                        "-sSfL",
                        "--output",
                        "nginx.conf.sigil",
                        "http://127.0.0.1:" + platform.httpPort() + "/.slipway/nginx.conf.sigil")
                .in(app.directory()));
        assertThat(fetched.exitCode()).as(fetched.err()).isZero();
        assertThat(app.read("nginx.conf.sigil")).isEqualTo(platform.ok("nginx:template"));
    }

    private static void echoes(Platform platform, String scheme, int port) {
        String url = scheme + "://" + HOST + ":" + port + "/echo";
        String python = Platform.CLIENTS.resolve("echo.py").toString();
        String node = Platform.CLIENTS.resolve("echo.mjs").toString();
        for (List<String> client : List.of(List.of("/usr/bin/python3", python), List.of("node", node))) {
            Result echoed = platform.run(Command.of(client)
                    .with(url, "--resolve", "127.0.0.1:" + port, "--insecure", "--count", "5")
                    .within(Duration.ofSeconds(30)));
            assertThat(echoed.exitCode()).as(echoed.out() + echoed.err()).isZero();
        }
    }

    private static void browses(Platform platform, String scheme, int port) {
        String url = scheme + "://" + HOST + ":" + port + "/";
        Result seen = platform.run(
                Command.of("node", Platform.CLIENTS.resolve("page.mjs").toString(), url, "hello there")
                        .environment("HOME", platform.work().toString())
                        .within(Duration.ofSeconds(90)));
        assertThat(seen.exitCode()).as(seen.out() + seen.err()).isZero();
        assertThat(seen.out()).contains("Status: Connected").contains("Server: hello there");
    }
}
