package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.proxy.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is built and how, from a push to what serves: an app of Node with npm's ws, a buildpack of somebody's own, a build that is ended. */
final class BuildsTest {

    private static final String COMPILE = """
            #!/bin/bash
            echo "compiled for $(cat "$3/WHOM") by $(id -u)" >"$1/said"
            %s
            """;

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
    void anAppOfNodeServesPagesAndSockets() throws Exception {
        platform.ok("apps:create", "node");
        platform.ok("config:set", "node", "MOTTO=joy");
        Checkout app = platform.checkout("node", "node");
        String pushed = app.deploy();
        assertThat(pushed)
                .contains("-----> Node.js app detected")
                .contains("-----> npm ci --include=dev")
                .contains("Application deployed:");
        assertThat(new Web(platform, "node.test").get("/").body()).isEqualTo("built with joy, production\n");
        try (OpenSocket socket = OpenSocket.open(platform, "node.test", "/echo")) {
            assertThat(socket.say("hello")).isEqualTo("hello");
        }
        assertThat(app.commit("nothing changed").deploy()).contains("neither the files nor the builder changed");
        platform.ok("config:set", "--no-restart", "node", "MOTTO=care");
        app.commit("the config did").deploy();
        assertThat(new Web(platform, "node.test").get("/").body()).isEqualTo("built with care, production\n");
        assertThat(platform.ssh("builds:list", "node").out().lines()).hasSize(4);
    }

    @Test
    void aBuildpackIsFetchedAndABuildOfItCanBeCanceled() throws Exception {
        Path published = platform.work().resolve("published");
        Checkout pack = pack(published.resolve("pack"), "");
        int port = FreePort.find();
        Process daemon = serve(published, port);
        try {
            platform.ok("apps:create", "packed");
            platform.ok("config:set", "packed", "WHOM=us");
            platform.ok("buildpacks:set", "packed", "git://127.0.0.1:" + port + "/pack");
            Checkout app = platform.checkout("packed", "echo");
            assertThat(app.deploy()).contains("-----> Buildpack git://127.0.0.1:" + port + "/pack");
            String serving = platform.processes("packed");

            pack.write("bin/compile", COMPILE.formatted("echo going to sleep; sleep 600"))
                    .commit("slow");
            Process push = platform.begin(app.commit("again").command(List.of("push", "dokku", "master")));
            try (BufferedReader progress = push.errorReader(StandardCharsets.UTF_8)) {
                awaitLine(progress, "going to sleep");
                assertThat(platform.ssh("builds:list").out()).contains("packed  ");
                Process watching = platform.begin(platform.client("builds:output", "packed"));
                awaitLine(watching.inputReader(StandardCharsets.UTF_8), "going to sleep");
                assertThat(platform.ok("builds:cancel", "packed")).isEqualTo("-----> Killing app deploy\n");
                awaitLine(progress, "The build of packed was canceled");
                assertThat(push.waitFor()).isNotZero();
                assertThat(watching.waitFor()).isZero();
            }
            assertThat(platform.ok("builds:report", "packed", "--build-status")).isEqualTo("canceled\n");
            assertThat(platform.processes("packed")).isEqualTo(serving);
            assertThat(new Web(platform, "packed.test").get("/").statusCode()).isEqualTo(200);
            assertThat(platform.run(Command.of("pgrep", "-f", "sleep 600")).out())
                    .isEmpty();

            platform.ok("repo:purge-cache", "packed");
            platform.ok("repo:gc", "packed");
            assertThat(platform.data().resolve("caches/packed")).doesNotExist();
        } finally {
            daemon.descendants().forEach(ProcessHandle::destroyForcibly);
            daemon.destroyForcibly().waitFor();
        }
        Result refused = platform.checkout("gone", "echo").push();
        assertThat(refused.exitCode()).isZero();
        platform.ok("buildpacks:set", "gone", "git://127.0.0.1:" + port + "/pack");
        Result rebuilt = platform.dokku("ps:rebuild", "gone");
        assertThat(rebuilt.exitCode()).isEqualTo(1);
        assertThat(rebuilt.err()).contains("/pack cannot be fetched:");
        assertThat(new Web(platform, "gone.test").get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void aBuildThatWasUnderWayWhenTheDaemonWasKilledHasFailed() throws Exception {
        platform.ok("apps:create", "killed");
        platform.ok("buildpacks:set", "killed", "./pack");
        Checkout app = platform.checkout("killed", "echo");
        script(app, "pack/bin/detect", "#!/bin/sh\nexit 1\n");
        script(app, "pack/bin/compile", "#!/bin/sh\necho going to sleep; sleep 700\n");
        Process push = platform.begin(app.commit("slow").command(List.of("push", "dokku", "master")));
        try (BufferedReader progress = push.errorReader(StandardCharsets.UTF_8)) {
            awaitLine(progress, "going to sleep");
            platform.kill();
            assertThat(push.waitFor()).isNotZero();
        }
        platform.startAgain();
        assertThat(platform.ok("builds:report", "killed", "--build-status")).isEqualTo("failed\n");
        String id = platform.ok("builds:report", "killed", "--build-id").strip();
        assertThat(platform.ok("builds:output", "killed", id))
                .contains("going to sleep")
                .endsWith(" !     The server ended while this build was under way\n");
    }

    private static Checkout pack(Path directory, String more) throws IOException {
        Files.createDirectories(directory.resolve("bin"));
        Path empty = Files.createDirectories(platform.work().resolve("empty"));
        Files.delete(directory.resolve("bin"));
        Files.delete(directory);
        Checkout pack = Checkout.make(platform, directory, empty);
        script(pack, "bin/detect", "#!/bin/sh\nexit 1\n");
        script(pack, "bin/compile", COMPILE.formatted(more));
        return pack.commit("a buildpack");
    }

    private static void script(Checkout in, String file, String text) throws IOException {
        Path script = in.write(file, text).directory().resolve(file);
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
    }

    private static Process serve(Path directory, int port) throws IOException {
        Process daemon = platform.begin(Command.of(
                "git",
                "-c",
                "safe.directory=*",
                "daemon",
                "--verbose",
                "--export-all",
                "--listen=127.0.0.1",
                "--port=" + port,
                "--base-path=" + directory,
                directory.toString()));
        awaitLine(daemon.errorReader(StandardCharsets.UTF_8), "Ready to rumble");
        return daemon;
    }

    private static void awaitLine(BufferedReader progress, String text) throws IOException {
        String line = progress.readLine();
        while (line != null && !line.contains(text)) {
            line = progress.readLine();
        }
        assertThat(line).as("a line with " + text).isNotNull();
    }
}
