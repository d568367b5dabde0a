package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.proxy.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an app is made of besides pushes, what it keeps on disk, and what is told of it: on a real server. */
class SourcesTest {

    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.start();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    /** The repository is fetched from this very server, by ssh: with its deploy key, once its host key is known. */
    @Test
    void anAppIsSyncedOverSshWithTheDeployKey() throws IOException {
        platform.checkout("model", "keeper").deploy();
        platform.ok("apps:create", "twin");
        String url = platform.remote("model");
        assertThat(platform.dokku("git:sync", "twin", url).err()).contains("dokku git:allow-host");
        assertThat(platform.ok("git:allow-host", "127.0.0.1:" + platform.sshPort()))
                .startsWith("-----> 127.0.0.1:" + platform.sshPort() + " added to known hosts\n");
        assertThat(platform.dokku("git:sync", "twin", url).err()).contains("dokku git:public-key");

        String key = platform.ok("git:generate-deploy-key").lines().toList().getLast();
        Result added = platform.run(platform.client("ssh-keys:add", "deploy").reading(key + "\n"));
        assertThat(added.exitCode()).as(added.err()).isZero();
        assertThat(platform.ok("git:sync", "--build", "twin", url)).contains("=====> Application deployed:");
        assertThat(new Web(platform, "twin.test").get("/").body()).isEqualTo("FileNotFoundError 2");
        assertThat(platform.ok("git:sync", "--build-if-changes", "twin", url)).contains("no changes were detected");
    }

    @Test
    void anArchiveIsDeployedOverSsh() throws IOException {
        platform.ok("apps:create", "packed");
        Path apps = Platform.ROOT.resolve("server/src/test/resources/apps");
        Path tar = platform.work().resolve("packed.tar.gz");
        platform.run(Command.of("tar", "-czf", tar.toString(), "-C", apps.toString(), "keeper"));
        List<String> argv = new ArrayList<>(
                platform.sshArgv("git:from-archive", "packed", "--archive-type", "tar.gz", "--", "Ann", "a@b.c"));
        Process ssh = new ProcessBuilder(argv)
                .redirectInput(tar.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).contains("Stripping top-level archive folder components", "=====> Application deployed:");
        assertThat(new Web(platform, "packed.test").get("/").body()).startsWith("FileNotFoundError");
    }

    @Test
    void storageOutlivesProcessesAndIsOneAppsToWrite() throws IOException {
        Checkout app = platform.checkout("keeper", "keeper");
        app.deploy();
        String directory = platform.data().resolve("lib/data/storage/kept").toString();
        platform.ok("storage:ensure-directory", "kept");
        assertThat(platform.ok("storage:mount", "keeper", directory + ":/app/storage"))
                .contains("dokku ps:restart keeper");
        Web web = new Web(platform, "keeper.test");
        assertThat(web.get("/").body()).isEqualTo("FileNotFoundError 2");
        platform.ok("ps:restart", "keeper");
        assertThat(web.get("/").body()).isEqualTo("request 1");
        platform.ok("ps:restart", "keeper");
        assertThat(web.get("/").body()).isEqualTo("request 2");
        platform.kill();
        platform.startAgain();
        platform.ok("ps:restart", "keeper");
        assertThat(web.get("/").body()).isEqualTo("request 3");

        platform.ok("storage:unmount", "keeper", directory + ":/app/storage");
        platform.ok("storage:mount", "keeper", directory + ":/data:ro");
        platform.ok("config:set", "keeper", "COUNTER=/data/count");
        assertThat(web.get("/").body()).isEqualTo("OSError 30");
        assertThat(platform.ok("logs:report", "keeper", "--logs-computed-max-size"))
                .isEqualTo("10m\n");
    }

    @Test
    void whatTheProcessesOfAFailedDeployPrintedIsKept() {
        Checkout app = platform.checkout("failing", "keeper");
        app.deploy();
        app.write("Procfile", "web: echo it is broken; exit 3\n").commit("break it");
        assertThat(app.push().ok()).isFalse();
        assertThat(platform.ok("logs:failed", "failing"))
                .isEqualTo("=====> failing failed deploy logs\napp[web.1]: it is broken\n");
        assertThat(platform.ok("events")).contains("deploy-failed( failing v2 )", "post-deploy( failing v1 ");
    }

    @Test
    void eventsAreToldAsTheyHappen() throws IOException {
        Process tail = platform.begin(platform.client("events", "-t"));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(tail.getInputStream(), StandardCharsets.UTF_8))) {
            platform.ok("apps:create", "told");
            String line = lines.readLine();
            while (line != null && !line.endsWith("post-create( told )")) {
                line = lines.readLine();
            }
            assertThat(line).isNotNull();
        } finally {
            tail.destroy();
        }
        assertThat(Files.exists(platform.data().resolve("log/events.log"))).isTrue();
    }

    @Test
    void grpcIsServedWithAndWithoutTls() {
        platform.checkout("calls", "grpc").deploy();
        int plain = FreePort.find();
        int secure = FreePort.find();
        platform.ok("ports:add", "calls", "grpc:" + plain + ":5000");
        assertThat(call("http://127.0.0.1:" + plain, "calls.test"))
                .isEqualTo("status 200\ntype application/grpc\nseen 127.0.0.1\nbody hello\ngrpc-status 0\n");
        assertThat(platform.dokku("ports:add", "calls", "http:" + plain + ":5000")
                        .err())
                .contains("Host port " + plain + " is mapped twice");

        Result without = platform.dokku("ports:add", "calls", "grpcs:" + secure + ":5000");
        assertThat(without.err()).contains("the app has no certificate");
        platform.ok("certs:generate", "calls", "calls.test");
        assertThat(call("https://127.0.0.1:" + secure, "calls.test"))
                .isEqualTo("status 200\ntype application/grpc\nseen 127.0.0.1\nbody hello\ngrpc-status 0\n");
        assertThat(platform.ok("ports:list", "calls")).contains("grpc ", "grpcs ");

        platform.checkout("plain", "keeper").deploy();
        Result shared = platform.dokku("ports:add", "plain", "http:" + plain + ":5000");
        assertThat(shared.exitCode()).isEqualTo(1);
        assertThat(shared.err()).contains(String.valueOf(plain));
    }

    private static String call(String url, String host) {
        Result result = platform.run(
                Command.of("node", Platform.CLIENTS.resolve("grpc.mjs").toString(), url, host));
        return result.out()
                .lines()
                .sorted((one, other) -> order(one) - order(other))
                .reduce("", (a, b) -> a + b + "\n");
    }

    /** Trailers may be told before or after the end of what came back. */
    private static int order(String line) {
        return List.of("status", "type", "seen", "body", "grpc-status").indexOf(line.split(" ")[0]);
    }
}
