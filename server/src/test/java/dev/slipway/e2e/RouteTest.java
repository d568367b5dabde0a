package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Routes from a push to a WebSocket, without a template of the app's own. */
final class RouteTest {

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
    void oneCommandLeadsAPathToAProcess() throws Exception {
        platform.checkout("one", "echo").deploy();
        Web web = new Web(platform, "one.test");
        Result set = platform.dokku("proxy:route:set", "one", "ws", "/echo");
        assertThat(set.exitCode()).isZero();
        assertThat(set.err()).contains("No ws process runs: /echo answers 502 until dokku ps:scale one ws=1");
        assertThat(web.get("/echo").statusCode()).isEqualTo(502);
        assertThat(web.get("/").statusCode()).isEqualTo(200);

        platform.ok("ps:scale", "one", "ws=1");
        try (OpenSocket socket = OpenSocket.open(platform, "one.test", "/echo")) {
            assertThat(socket.say("hello")).isEqualTo("hello");
            assertThat(platform.ok("proxy:route:report", "one", "--sockets-/echo"))
                    .isEqualTo("1 (ws.1: 1)\n");
            assertThat(platform.ok("ps:report", "one", "--sockets-ws-1")).isEqualTo("1 (port 5000: 1)\n");

            platform.ok("proxy:route:remove", "one", "/echo");
            assertThat(socket.say("still here")).isEqualTo("still here");
        }
        assertThat(web.get("/echo").statusCode()).as("web answers it again").isEqualTo(200);
    }

    @Test
    void appJsonLeadsPathsAndAPushWithoutTheTypeIsRefused() throws Exception {
        Checkout app = RoutedApp.deploy(platform, "declared");
        try (OpenSocket socket = OpenSocket.open(platform, "declared.test", "/echo")) {
            assertThat(socket.say("hello")).isEqualTo("hello");
        }
        Result pushed = app.write("Procfile", "web: python3 web.py\n")
                .commit("no ws any more")
                .push();
        assertThat(pushed.exitCode()).isNotZero();
        assertThat(pushed.err()).contains("The path /echo is routed to ws, which is not in the Procfile (found: web)");
        try (OpenSocket socket = OpenSocket.open(platform, "declared.test", "/echo")) {
            assertThat(socket.say("still here")).isEqualTo("still here");
        }
    }

    @Test
    void aRoutedTypeThatDoesNotListenFailsThePush() {
        Checkout app = RoutedApp.deploy(platform, "deaf");
        app.write(
                        "app.json",
                        "{\"routes\": [{\"process\": \"ws\", \"path\": \"/echo\", \"port\": 6000}],\n"
                                + "\"healthchecks\": {\"ws\": [{\"uptime\": 1}]}}")
                .commit("another port");
        Result pushed = app.push();
        assertThat(pushed.exitCode()).isNotZero();
        assertThat(pushed.err())
                .contains("it did not listen on port 6000 within")
                .contains("but on 5000");
        try (OpenSocket socket = OpenSocket.open(platform, "deaf.test", "/echo")) {
            assertThat(socket.say("still here")).isEqualTo("still here");
        }
    }

    @Test
    void aHandshakeThatIsRefusedOrNotEchoedFailsThePush() {
        Checkout app = RoutedApp.deploy(platform, "handshake");
        app.write(
                        "app.json",
                        "{\"healthchecks\": {\"web\": [\n{\"name\": \"talks\", \"websocket\": true,"
                                + " \"attempts\": 1}]}}")
                .commit("web is no WebSocket");
        Result refused = app.push();
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err())
                .contains(
                        "Healthcheck failed name='talks' (web.1): WebSocket / was refused with status 200 instead of 101");

        app.write(
                        "app.json",
                        "{\"healthchecks\": {\"ws\": [{\"name\": \"talks\", \"websocket\": true,"
                                + " \"path\": \"/who\", \"echo\": \"hello\", \"attempts\": 1}]}}")
                .commit("who does not echo");
        assertThat(app.push().err())
                .contains("Healthcheck failed name='talks' (ws.1): WebSocket /who was opened,"
                        + " but the message did not come back as it was sent");
    }

    @Test
    void aCommandIsRunInTheProcesssOwnSandbox() {
        Checkout app = platform.checkout("command", "echo");
        app.write("app.json", """
                        {"healthchecks": {"web": [
                          {"name": "asks", "command": ["python3", "-c",
                            "import os,urllib.request as u; u.urlopen('http://127.0.0.1:5000/'); assert os.getuid() > 1000"]}]}}
                        """).commit("a command check").deploy();
        Result failed = app.write("app.json", """
                        {"healthchecks": {"web": [{"name": "asks", "command": ["sh", "-c", "echo no good >&2; exit 3"], "attempts": 1}]}}
                        """).commit("one that fails").push();
        assertThat(failed.exitCode()).isNotZero();
        assertThat(failed.err())
                .contains("Healthcheck failed name='asks' (web.1): command sh exited with code 3: no good");
    }

    @Test
    void everyShapeOfMessageIsTheSameThroughNginxAndWithoutIt() {
        RoutedApp.deploy(platform, "frames");
        String address = platform.ok("nginx:show-config", "frames")
                .lines()
                .dropWhile(line -> !line.contains("upstream frames+ws+5000"))
                .filter(line -> line.contains("server "))
                .findFirst()
                .orElseThrow()
                .replaceAll("[^0-9.:]", "");
        String through = frames("ws://127.0.0.1:" + platform.httpPort() + "/echo");
        assertThat(through.lines()).hasSizeGreaterThan(35);
        assertThat(through).isEqualTo(frames("ws://" + address + "/echo"));
    }

    private static String frames(String url) {
        Result result = platform.run(
                Command.of("node", Platform.CLIENTS.resolve("frames.mjs").toString(), url, "--host", "frames.test")
                        .within(Duration.ofMinutes(2)));
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result.out();
    }
}
