package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the users of an app notice when it gets another name, or a second one of its kind. */
final class RenameTest {

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
    void aRenamedAppAnswersEveryRequestAndKeepsItsSockets() {
        Checkout app = RoutedApp.deploy(platform, "before");
        platform.ok("domains:add", "before", "kept.test");
        Traffic traffic = new Traffic(new Web(platform, "kept.test"), 50);
        try (OpenSocket socket = OpenSocket.open(platform, "kept.test", "/echo")) {
            try (traffic) {
                platform.ok("apps:rename", "before", "after");
                assertThat(socket.say("still here")).isEqualTo("still here");
                try (OpenSocket fresh = OpenSocket.open(platform, "after.test", "/echo")) {
                    assertThat(fresh.say("new")).isEqualTo("new");
                }
            }
            assertThat(traffic.failures()).isEmpty();
            assertThat(traffic.answered()).isPositive();
            assertThat(platform.dokku("ps:report", "before").exitCode()).isEqualTo(20);
        }
        app.git(
                "remote",
                "set-url",
                "dokku",
                app.git("remote", "get-url", "dokku").strip().replace("before", "after"));
        app.commit("push to the new name").deploy();
        assertThat(platform.ok("config:get", "after", "GIT_REV").strip())
                .isEqualTo(app.git("rev-parse", "HEAD").strip());
    }

    @Test
    void aCloneIsAnAppOfItsOwn() {
        RoutedApp.deploy(platform, "model");
        platform.ok("config:set", "--no-restart", "model", "KEY=value");
        platform.ok("apps:clone", "model", "copy");
        platform.ok("apps:destroy", "model", "--force");
        try (OpenSocket socket = OpenSocket.open(platform, "copy.test", "/echo")) {
            assertThat(socket.say("here")).isEqualTo("here");
        }
        assertThat(platform.ok("config:get", "copy", "KEY")).isEqualTo("value\n");
    }

    @Test
    void aLockedAppRefusesAPush() {
        Checkout app = RoutedApp.deploy(platform, "locked");
        platform.ok("apps:lock", "locked");
        Result refused = app.commit("not now").push();
        assertThat(refused.ok()).isFalse();
        assertThat(refused.err()).contains("App locked is locked and takes no deploys");
        platform.ok("apps:unlock", "locked");
        app.deploy();
    }
}
