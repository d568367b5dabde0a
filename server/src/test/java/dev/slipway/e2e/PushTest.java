package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a push does beside the tutorial's one. */
final class PushTest {

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
    void anEmptyCommitReusesTheBuildAndReplacesTheProcesses() {
        Checkout app = platform.checkout("again", "echo");
        app.deploy();
        String before = platform.ok("ps:report", "again", "--status-web-1");
        String pushed = app.commit("nothing changed").deploy();
        assertThat(pushed).contains("neither the files nor the builder changed");
        assertThat(platform.ok("ps:report", "again", "--status-web-1")).isNotEqualTo(before);
        assertThat(platform.ok("config:get", "again", "GIT_REV").strip())
                .isEqualTo(app.git("rev-parse", "HEAD").strip());
    }

    @Test
    void anotherBranchIsStoredAndSaysHowToDeployIt() throws Exception {
        Checkout app = platform.checkout("branches", "echo");
        Result pushed = app.pushing("master:develop");
        assertThat(pushed.exitCode()).as(pushed.err()).isZero();
        assertThat(pushed.err())
                .contains("Branch develop is stored, but not deployed")
                .contains("git:set branches deploy-branch develop");
        assertThat(platform.ok("ps:report", "branches", "--deployed").strip()).isEqualTo("false");
        assertThat(app.git("ls-remote", "dokku")).contains("refs/heads/develop");

        platform.ok("git:set", "branches", "deploy-branch", "develop");
        Result deployed = app.commit("more").pushing("master:develop");
        assertThat(deployed.exitCode()).as(deployed.err()).isZero();
        assertThat(new Web(platform, "branches.test").get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void theShortFormOfAnAddressWorksToo() {
        Checkout app = platform.checkout("short", "echo");
        app.git("remote", "set-url", "dokku", "dokku@127.0.0.1:short");
        Result pushed = platform.run(app.command(List.of("push", "dokku", "master"))
                .environment("GIT_SSH_COMMAND", platform.gitSsh() + " -p " + platform.sshPort()));
        assertThat(pushed.exitCode()).as(pushed.err()).isZero();
        assertThat(pushed.err()).contains("remote: =====> Application deployed:");
    }

    @Test
    void progressArrivesAsItHappensAndASecondDeployWaitsItsTurn() throws Exception {
        Checkout app = platform.checkout("slow", "echo")
                .write("Procfile", "web: sleep 4 && python3 web.py\n")
                .commit("slow to start");
        Process push = platform.begin(app.command(List.of("push", "dokku", "master")));
        try (BufferedReader progress = push.errorReader(StandardCharsets.UTF_8)) {
            awaitLine(progress, "Deploying web (count=1)");
            assertThat(push.isAlive())
                    .as("the line came before the push was over")
                    .isTrue();
            String restarted = platform.ok("ps:restart", "slow");
            assertThat(restarted).contains("Waiting for the deploy of ");
            awaitLine(progress, "Application deployed:");
            assertThat(push.waitFor()).isZero();
        }
    }

    private static void awaitLine(BufferedReader progress, String text) throws IOException {
        String line = progress.readLine();
        while (line != null && !line.contains(text)) {
            line = progress.readLine();
        }
        assertThat(line).as("a line with " + text).isNotNull();
    }

    @Test
    void theDeployBranchCannotBeDeleted() {
        Checkout app = platform.checkout("keep", "echo");
        app.deploy();
        Result deleted = app.pushing("--delete", "master");
        assertThat(deleted.exitCode()).isNotZero();
        assertThat(deleted.err()).contains("deploy branch");
        assertThat(app.git("ls-remote", "dokku")).contains("refs/heads/master");
    }

    @Test
    void anUpToDatePushChangesNothing() {
        Checkout app = platform.checkout("same", "echo");
        app.deploy();
        String before = platform.ok("ps:report", "same");
        assertThat(app.deploy()).contains("Everything up-to-date");
        assertThat(platform.ok("ps:report", "same")).isEqualTo(before);
    }
}
