package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.exec.SystemRunner;
import dev.slipway.model.Revision;
import dev.slipway.model.SandboxUser;
import dev.slipway.model.UserException;
import dev.slipway.proxy.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against git's own daemon on the loopback address. */
class MirrorsTest {

    private static final SandboxUser OWNER = new SandboxUser(20_061);

    @TempDir
    private Path directory;

    private Mirrors mirrors;
    private WorkTree published;
    private Process daemon;
    private String url;

    @BeforeEach
    void publish() throws IOException {
        GitSetup setup = GitFixture.setup(directory);
        SystemRunner runner = new SystemRunner();
        Repositories prepared = new Repositories(setup, runner);
        assertThat(prepared).isNotNull();
        mirrors = new Mirrors(setup, runner, new Credentials(setup, runner));
        published = new WorkTree(Files.createDirectories(directory.resolve("public/pack")), Map.of());
        int port = FreePort.find();
        url = "git://127.0.0.1:" + port + "/pack";
        daemon = new ProcessBuilder(
                        "git",
                        "daemon",
                        "--verbose",
                        "--export-all",
                        "--listen=127.0.0.1",
                        "--port=" + port,
                        "--base-path=" + directory.resolve("public"),
                        directory.resolve("public").toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader said = daemon.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        while (line != null && !line.contains("Ready to rumble")) {
            line = said.readLine();
        }
        Thread.ofVirtual().start(() -> said.lines().forEach(ignored -> {}));
    }

    @AfterEach
    void end() throws InterruptedException {
        daemon.descendants().forEach(ProcessHandle::destroyForcibly);
        daemon.destroyForcibly().waitFor();
    }

    @Test
    void sshKnowsWhoFetchesAndWhichHostsAreTrusted() throws IOException {
        String closed = "ssh://git@127.0.0.1:" + FreePort.find() + "/pack";
        assertThatThrownBy(() -> mirrors.fetch(closed, ""))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("Connection refused");
    }

    private String commit(String text) {
        Path script = published.write("bin/compile", text).directory().resolve("bin/compile");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return published.commit();
    }

    @Test
    void whatARefNamesIsFetchedAndLaidOut() throws IOException {
        String first = commit("first");
        published.git("tag", "v1");
        String second = commit("second");
        published.git("checkout", "--quiet", "-b", "feature/x");
        String third = commit("third");
        published.git("checkout", "--quiet", "main");
        assertThat(mirrors.fetch(url, "")).isEqualTo(new Revision(second));
        assertThat(mirrors.fetch(url, "main")).isEqualTo(new Revision(second));
        assertThat(mirrors.fetch(url, "v1")).isEqualTo(new Revision(first));
        assertThat(mirrors.fetch(url, "feature/x")).isEqualTo(new Revision(third));
        assertThat(mirrors.fetch(url, first.substring(0, 10))).isEqualTo(new Revision(first));

        Path into = directory.resolve("into");
        mirrors.layOut(url, new Revision(first), into, OWNER);
        assertThat(into.resolve("bin/compile")).hasContent("first").isExecutable();
        assertThat(Files.getAttribute(into.resolve("bin/compile"), "unix:uid")).isEqualTo(OWNER.uid());
    }

    @Test
    void aMovedBranchIsFetchedAnewAndAWholeCommitIdNeedsNoNetwork() throws Exception {
        String first = commit("first");
        assertThat(mirrors.fetch(url, "")).isEqualTo(new Revision(first));
        published.git("commit", "--quiet", "--amend", "--message", "written anew");
        String rewritten = published.git("rev-parse", "HEAD").strip();
        assertThat(mirrors.fetch(url, "")).isEqualTo(new Revision(rewritten));
        end();
        assertThat(mirrors.fetch(url, rewritten)).isEqualTo(new Revision(rewritten));
        assertThatThrownBy(() -> mirrors.fetch(url, "main"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(url + " cannot be fetched:\n");
    }

    @Test
    void whatNoBuildUsedSinceThenIsForgotten() throws Exception {
        String first = commit("first");
        Instant before = Instant.now().minusSeconds(60);
        mirrors.forget(before);
        mirrors.fetch(url, "");

        mirrors.forget(before);
        Path kept = onlyMirror();
        Files.setLastModifiedTime(kept, FileTime.from(before.minusSeconds(60)));
        mirrors.fetch(url, first);
        mirrors.forget(before);
        assertThat(kept).isDirectory();

        Files.setLastModifiedTime(kept, FileTime.from(before.minusSeconds(60)));
        mirrors.forget(before);
        assertThat(kept).doesNotExist();
        assertThat(mirrors.fetch(url, first)).isEqualTo(new Revision(first));
    }

    private Path onlyMirror() throws IOException {
        try (Stream<Path> all = Files.walk(directory, 4)) {
            List<Path> found = all.filter(path -> path.toString().matches(".*/mirrors/[0-9a-f]+\\.git"))
                    .toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }

    @Test
    void aRefThatIsNotThereIsNamed() {
        commit("first");
        assertThatThrownBy(() -> mirrors.fetch(url, "v9"))
                .isInstanceOf(UserException.class)
                .hasMessage(url + " has no branch, tag or commit v9");
        assertThatThrownBy(() -> mirrors.fetch(url + "nowhere", ""))
                .hasMessageContaining(url + "nowhere cannot be fetched:");
    }

    @Test
    void noProtocolIsSpokenThatReachesTheMachineItself() {
        commit("first");
        String file = "file://" + published.directory();
        assertThatThrownBy(() -> mirrors.fetch(file, "")).hasMessageContaining("transport 'file' not allowed");
        assertThatThrownBy(() -> mirrors.fetch(published.directory().toString(), ""))
                .hasMessageContaining("not allowed");
        assertThatThrownBy(() -> mirrors.fetch("ext::sh -c id", ""))
                .hasMessageContaining("transport 'ext' not allowed");
        assertThatThrownBy(() -> mirrors.fetch("--upload-pack=id", "")).hasMessageContaining("cannot be fetched");
    }
}
