package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Processes that exit are started again, and nginx learns where. */
final class RestartTest {

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
    void aProcessThatDiesIsStartedAgainAndServes() throws Exception {
        platform.checkout("mortal", "echo")
                .replace(
                        "web.py",
                        "    def do_GET(self):\n",
                        "    def do_GET(self):\n        if self.path == \"/die\":\n            os._exit(3)\n")
                .commit("a way to die")
                .deploy();
        Web web = new Web(platform, "mortal.test");
        for (int death = 0; death < 2; death++) {
            assertThat(web.get("/die").statusCode()).isEqualTo(502);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> web.get("/").statusCode() == 200);
        }
        assertThat(platform.ok("logs", "mortal", "-n", "100").split("web listens on", -1))
                .hasSize(4);
    }

    @Test
    void stoppedIsStoppedUntilItIsStarted() throws Exception {
        platform.checkout("pause", "echo").deploy();
        Web web = new Web(platform, "pause.test");
        platform.ok("ps:stop", "pause");
        assertThat(web.get("/").statusCode()).isEqualTo(502);
        assertThat(platform.ok("ps:report", "pause", "--running").strip()).isEqualTo("false");
        platform.kill();
        platform.startAgain();
        assertThat(web.get("/").statusCode()).isEqualTo(502);
        platform.ok("ps:start", "pause");
        assertThat(web.get("/").statusCode()).isEqualTo(200);
    }
}
