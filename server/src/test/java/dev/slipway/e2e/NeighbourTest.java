package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What other apps' deploys, bursts of reloads and plain time do to a WebSocket: nothing. */
final class NeighbourTest {

    private static final int SOCKETS = 200;

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
    void twentyDeploysOfAnotherAppAndFiveBurstsOfReloadsDropNoSocket() {
        RoutedApp.deploy(platform, "quiet");
        Checkout busy = RoutedApp.deploy(platform, "busy");
        try (ManySockets sockets = ManySockets.open(platform, "quiet.test", "/echo", SOCKETS)) {
            for (int deploy = 1; deploy <= 20; deploy++) {
                busy.commit("deploy " + deploy).deploy();
            }
            assertThat(sockets.echo()).isEqualTo("echoed " + SOCKETS + " of " + SOCKETS);
            for (int burst = 1; burst <= 5; burst++) {
                burst(burst);
            }
            assertThat(sockets.echo()).isEqualTo("echoed " + SOCKETS + " of " + SOCKETS);
        }
    }

    /** Eight commands at once, each of which changes what nginx serves. */
    private static void burst(int number) {
        List<CompletableFuture<String>> commands = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = "burst-" + i + "-" + number;
            commands.add(command("domains:add", "busy", name + ".busy.test"));
            commands.add(command("domains:add", "quiet", name + ".quiet.test"));
        }
        commands.forEach(CompletableFuture::join);
    }

    private static CompletableFuture<String> command(String... words) {
        return CompletableFuture.supplyAsync(() -> platform.ok(words), Thread::startVirtualThread);
    }

    /**
     * Awaits that nginx closes a socket which it gives its usual minute: the one behind the tutorial's own block. By then those behind routes
     * have been idle for as long.
     */
    @Test
    void idleSocketsOfRoutesOutliveTheMinuteThatNginxGivesOthers() {
        RoutedApp.deploy(platform, "idle");
        EchoApp.checkout(platform, "usual").deploy();
        platform.ok("ps:scale", "usual", "ws=1");
        Checkout secure = RoutedApp.deploy(platform, "secure");
        assertThat(secure.read("app.json")).contains("routes");
        platform.ok("certs:generate", "secure", "secure.test");
        try (OpenSocket plain = OpenSocket.open(platform, "idle.test", "/echo");
                OpenSocket tls = OpenSocket.openSecure(platform, "secure.test", "/echo")) {
            assertThat(plain.say("hello")).isEqualTo("hello");
            assertThat(tls.say("hello")).isEqualTo("hello");
            try (OpenSocket control = OpenSocket.open(platform, "usual.test", "/echo")) {
                assertThat(control.say("hello")).isEqualTo("hello");
                assertThat(control.awaitClose()).startsWith("closed ");
            }
            assertThat(plain.say("after a minute")).isEqualTo("after a minute");
            assertThat(tls.say("after a minute")).isEqualTo("after a minute");
        }
    }
}
