package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of open WebSockets when their app is deployed, scaled or reconfigured, or the daemon is killed. */
final class DrainTest {

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
    void aSocketSurvivesItsAppsDeploysWhileNewOnesMeetTheNewReleaseAndNoRequestFails() {
        Checkout app = RoutedApp.deploy(platform, "many");
        Traffic traffic = new Traffic(new Web(platform, "many.test"), 50);
        try (OpenSocket first = OpenSocket.open(platform, "many.test", "/echo")) {
            String revision = app.git("rev-parse", "HEAD").strip();
            try (traffic) {
                for (int deploy = 1; deploy <= 10; deploy++) {
                    app.commit("deploy " + deploy).deploy();
                    assertThat(newestRevision("many"))
                            .isEqualTo(app.git("rev-parse", "HEAD").strip());
                    assertThat(first.say("rev")).as("deploy " + deploy).isEqualTo(revision);
                }
            }
            assertThat(platform.ok("ps:report", "many", "--draining")).contains("ws.1: draining, 1 socket, ");
        }
        assertThat(traffic.failures()).isEmpty();
        assertThat(traffic.share()).as("of 50 requests a second").isGreaterThan(0.9);
    }

    private static String newestRevision(String app) {
        try (OpenSocket socket = OpenSocket.open(platform, app + ".test", "/echo")) {
            return socket.say("rev");
        }
    }

    @Test
    void theDrainEndsWhenTheLastSocketIsGone() {
        Checkout app = RoutedApp.deploy(platform, "last");
        try (OpenSocket socket = OpenSocket.open(platform, "last.test", "/echo")) {
            app.commit("replace it").deploy();
            assertThat(socket.say("still here")).isEqualTo("still here");
            assertThat(platform.ok("ps:report", "last", "--draining")).contains("ws.1: draining, 1 socket, 10m left");
        }
        awaitNothingDrains("last");
    }

    @Test
    void theDrainEndsAtItsDeadlineWhoeverIsConnected() {
        Checkout app = RoutedApp.deploy(platform, "short");
        platform.ok("checks:set", "short", "wait-to-retire", "1");
        platform.ok("checks:set", "short", "drain-timeout", "3");
        try (OpenSocket socket = OpenSocket.open(platform, "short.test", "/echo")) {
            app.commit("replace it").deploy();
            assertThat(socket.say("still here")).isEqualTo("still here");
            assertThat(socket.awaitClose()).startsWith("closed ");
        }
        awaitNothingDrains("short");
    }

    @Test
    void whoWantsNoDrainHasNone() {
        Checkout app = RoutedApp.deploy(platform, "none");
        platform.ok("checks:set", "none", "drain-timeout", "0");
        try (OpenSocket socket = OpenSocket.open(platform, "none.test", "/echo")) {
            app.commit("replace it").deploy();
            assertThat(socket.awaitClose()).startsWith("closed ");
        }
    }

    @Test
    void aRestartAndAChangedConfigDrainTooAndAtTheBoundTheOldestSocketsGo() {
        RoutedApp.deploy(platform, "bound");
        platform.ok("checks:set", "bound", "max-draining", "2");
        try (OpenSocket oldest = OpenSocket.open(platform, "bound.test", "/echo")) {
            platform.ok("ps:restart", "bound");
            try (OpenSocket older = OpenSocket.open(platform, "bound.test", "/echo")) {
                platform.ok("config:set", "bound", "A=1");
                assertThat(oldest.say("one")).isEqualTo("one");
                assertThat(older.say("two")).isEqualTo("two");

                Result restarted = platform.dokku("ps:restart", "bound", "ws");
                assertThat(restarted.err())
                        .contains("bound has 2 draining generations")
                        .contains("the oldest is retired now, which costs 1 socket");
                assertThat(oldest.awaitClose()).startsWith("closed ");
                assertThat(older.say("still here")).isEqualTo("still here");
            }
        }
    }

    @Test
    void scalingUpTouchesNothingElseAndScalingDownDrainsTheRest() {
        RoutedApp.deploy(platform, "scaled");
        String before = platform.ok("ps:report", "scaled", "--status-ws-1");
        platform.ok("ps:scale", "scaled", "ws=3");
        assertThat(platform.ok("ps:report", "scaled", "--status-ws-1")).isEqualTo(before);
        List<OpenSocket> sockets = List.of(
                OpenSocket.open(platform, "scaled.test", "/echo/who"),
                OpenSocket.open(platform, "scaled.test", "/echo/who"),
                OpenSocket.open(platform, "scaled.test", "/echo/who"),
                OpenSocket.open(platform, "scaled.test", "/echo/who"),
                OpenSocket.open(platform, "scaled.test", "/echo/who"),
                OpenSocket.open(platform, "scaled.test", "/echo/who"));
        try {
            assertThat(sockets)
                    .extracting(OpenSocket::who)
                    .contains("ws.1 /echo/who", "ws.2 /echo/who", "ws.3 /echo/who");
            assertThat(platform.ok("proxy:route:report", "scaled", "--sockets-/echo"))
                    .startsWith("6 (ws.1: ");
            platform.ok("ps:scale", "scaled", "ws=1");
            assertThat(platform.ok("ps:report", "scaled", "--status-ws-1")).isEqualTo(before);
            assertThat(sockets).extracting(OpenSocket::who).contains("ws.2 /echo/who", "ws.3 /echo/who");
            assertThat(platform.ok("ps:report", "scaled", "--draining"))
                    .contains("ws.2: draining, ")
                    .contains("ws.3: draining, ");
        } finally {
            sockets.forEach(OpenSocket::close);
        }
        awaitNothingDrains("scaled");
        assertThat(platform.ok("ps:report", "scaled", "--status-ws-1")).isEqualTo(before);
    }

    @Test
    void aDaemonThatIsKilledInADrainLosesNothing() {
        Checkout app = RoutedApp.deploy(platform, "killed");
        try (OpenSocket socket = OpenSocket.open(platform, "killed.test", "/echo")) {
            app.commit("replace it").deploy();
            assertThat(minutesLeft()).isEqualTo(10);
            platform.kill();
            assertThat(socket.say("between")).isEqualTo("between");
            platform.startAgain();
            assertThat(socket.say("after")).isEqualTo("after");
            assertThat(minutesLeft()).as("the deadline is the one of before").isBetween(9, 10);
            assertThat(newestRevision("killed"))
                    .isEqualTo(app.git("rev-parse", "HEAD").strip());
        }
        awaitNothingDrains("killed");
    }

    private static int minutesLeft() {
        String draining = platform.ok("ps:report", "killed", "--draining");
        return Pattern.compile("ws\\.1: draining, 1 socket, ([0-9]+)m left")
                .matcher(draining)
                .results()
                .map((MatchResult match) -> Integer.valueOf(match.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(draining));
    }

    private static void awaitNothingDrains(String app) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() ->
                        assertThat(platform.ok("ps:report", app, "--draining")).isEqualTo("\n"));
    }
}
