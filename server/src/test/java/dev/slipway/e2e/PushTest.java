package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
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
                .contains("deploy did not complete: branch develop is only stored")
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
    void aPushMakesNoAppWhereThatIsTurnedOff() {
        Checkout app = platform.checkout("uninvited", "echo");
        platform.ok("apps:set", "--global", "disable-autocreation", "true");
        try {
            Result pushed = app.push();
            assertThat(pushed.exitCode()).isNotZero();
            assertThat(pushed.err()).startsWith("""
                     !     App auto-creation disabled.
                     !     Re-enable app auto-creation or create an app with 'dokku apps:create uninvited'
                    """);
        } finally {
            platform.ok("apps:set", "--global", "disable-autocreation");
        }
        assertThat(platform.dokku("apps:exists", "uninvited").exitCode()).isEqualTo(20);
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

    @Test
    void aPushThatWasOvertakenIsRefusedBeforeItIsDeployed() throws Exception {
        Checkout first = platform.checkout("race", "echo");
        first.deploy();
        String parent = first.git("rev-parse", "HEAD").strip();
        first.replace("web.py", "VERSION = \"1\"", "VERSION = \"first\"")
                .write("Procfile", "web: sleep 4 && python3 web.py\n")
                .commit("slow to start");
        String mine = first.git("rev-parse", "HEAD").strip();
        Process push = platform.begin(first.command(List.of("push", "dokku", "master")));
        try (BufferedReader progress = push.errorReader(StandardCharsets.UTF_8)) {
            awaitLine(progress, "Deploying web (count=1)");
            first.git("checkout", "-q", "-b", "rival", parent);
            Result second = first.commit("a rival").pushing("rival:master");
            assertThat(second.exitCode()).as(second.err()).isNotZero();
            assertThat(second.err())
                    .contains("Waiting for another push to race to end")
                    .contains("master was moved by another push meanwhile");
            awaitLine(progress, "Application deployed:");
            assertThat(push.waitFor()).isZero();
        }
        assertThat(first.git("ls-remote", "dokku", "refs/heads/master")).startsWith(mine);
        assertThat(new Web(platform, "race.test").get("/").body()).startsWith("first ");
    }

    @Test
    void aClientThatGoesAwayTakesItsDeployWithIt() throws Exception {
        Checkout app = platform.checkout("gone", "echo");
        app.deploy();
        String good = app.git("rev-parse", "HEAD").strip();
        String before = platform.processes("gone");
        app.write("Procfile", "web: sleep 60 && python3 web.py\n").commit("very slow to start");
        Process push = platform.begin(app.command(List.of("push", "dokku", "master")));
        try (BufferedReader progress = push.errorReader(StandardCharsets.UTF_8)) {
            awaitLine(progress, "Attempting pre-flight checks (web.1)");
            push.descendants().forEach(ProcessHandle::destroyForcibly);
            push.destroyForcibly().waitFor();
        }
        assertThat(platform.ok("nginx:set", "gone", "client-max-body-size", "2m"))
                .as("whatever waits for the lock of the deploy gets it")
                .contains("Setting client-max-body-size");
        assertThat(platform.processes("gone")).isEqualTo(before);
        assertThat(app.git("ls-remote", "dokku", "refs/heads/master")).startsWith(good);
        assertThat(new Web(platform, "gone.test").get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void theBuildThatDrainingProcessesReadStaysUntilTheyAreGone() throws Exception {
        Checkout app = EchoApp.checkout(platform, "drain");
        app.deploy();
        platform.ok("ps:scale", "drain", "ws=1");
        Path builds = platform.data().resolve("builds/drain");
        try (OpenSocket socket = OpenSocket.open(platform, "drain.test", "/echo")) {
            app.replace("web.py", "VERSION = \"1\"", "VERSION = \"2\"")
                    .commit("another tree")
                    .deploy();
            assertThat(socket.say("still here")).isEqualTo("still here");
            assertThat(names(builds)).hasSize(2);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> names(builds).size() == 1);
    }

    private static List<Path> names(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
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
        String before = platform.processes("same");
        assertThat(app.deploy()).contains("Everything up-to-date");
        assertThat(platform.processes("same")).isEqualTo(before);
    }
}
