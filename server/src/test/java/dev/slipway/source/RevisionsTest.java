package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.exec.Command;
import dev.slipway.exec.SystemRunner;
import dev.slipway.model.AppName;
import dev.slipway.model.Revision;
import dev.slipway.model.SandboxUser;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionsTest {

    private static final AppName SHOP = new AppName("shop");
    private static final SandboxUser OWNER = new SandboxUser(20_052);

    @TempDir
    private Path temporary;

    private final SystemRunner runner = new SystemRunner();
    private GitSetup setup;
    private Revisions revisions;
    private WorkTree work;

    @BeforeEach
    void open() throws IOException {
        setup = GitFixture.setup(temporary);
        new Repositories(setup, runner).create(SHOP, "main");
        revisions = new Revisions(setup, runner);
        work = new WorkTree(Files.createDirectory(temporary.resolve("work")), Map.of());
    }

    @Test
    void theTreeAndTextFilesAreReadWithOneProgram() {
        work.write("Procfile", "web: serve\n").write("conf/app.json", "{}").write("empty", "");
        Source source = pushed();

        Contents contents =
                revisions.read(source, List.of("Procfile", "nginx.conf.sigil", "conf/app.json", "empty", "Procfile/x"));

        assertThat(contents.files()).isEqualTo(Map.of("Procfile", "web: serve\n", "conf/app.json", "{}", "empty", ""));
        assertThat(contents.treeId())
                .isEqualTo(revisions.treeId(source))
                .isEqualTo(work.git("rev-parse", "HEAD^{tree}").strip());
    }

    @Test
    void aLinkWithinTheTreeIsReadAndOneOutOfItRefused() throws IOException {
        work.write("real/Procfile", "web: serve\n");
        Files.createSymbolicLink(work.directory().resolve("Procfile"), Path.of("real/Procfile"));
        Files.createSymbolicLink(work.directory().resolve("app.json"), Path.of("/etc/passwd"));
        Source source = pushed();

        assertThat(revisions.read(source, List.of("Procfile")).file("Procfile")).contains("web: serve\n");
        assertThatThrownBy(() -> revisions.read(source, List.of("app.json")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("app.json is a link");
    }

    @Test
    void whatIsNoSmallTextFileIsRefusedByName() {
        work.write("large", "x".repeat((1 << 20) + 1)).write("directory/file", "");
        Source source = pushed();

        assertThatThrownBy(() -> revisions.read(source, List.of("large")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("large has 1048577 bytes");
        assertThatThrownBy(() -> revisions.read(source, List.of("directory")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("directory is not a file");
    }

    @Test
    void bytesThatAreNotTextAreRefusedByName() throws IOException {
        Files.write(work.directory().resolve("Procfile"), new byte[] {'w', (byte) 0xff});
        Source source = pushed();

        assertThatThrownBy(() -> revisions.read(source, List.of("Procfile")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("Procfile is not UTF-8 text");
    }

    @Test
    void aRevisionIsLaidOutForItsOwnerAsItWasCommitted() throws IOException {
        work.write(".gitattributes", "* text eol=crlf export-ignore ident\nsecret filter=run\n")
                .write("bin/start", "#!/bin/sh\n")
                .write("deep/er/ünïcode name", "$Id$\n")
                .write("secret", "")
                .write("empty", "");
        assertThat(work.directory().resolve("bin/start").toFile().setExecutable(true))
                .isTrue();
        Files.createSymbolicLink(work.directory().resolve("link"), Path.of("../../outside"));
        Source source = pushed();

        Path into = temporary.resolve("into");
        Layout layout = revisions.layOut(source, into, OWNER);

        assertThat(layout).isEqualTo(new Layout(6, 10 + 54 + 5 + 13, List.of()));
        assertThat(Files.readString(into.resolve("deep/er/ünïcode name"))).isEqualTo("$Id$\n");
        assertThat(mode("into/bin/start")).isEqualTo("rwxr-xr-x");
        assertThat(mode("into/empty")).isEqualTo("rw-r--r--");
        assertThat(Files.readSymbolicLink(into.resolve("link"))).hasToString("../../outside");
        assertThat(runner.out(Command.of("find", into.toString(), "!", "-uid", "20052")))
                .isEmpty();
    }

    @Test
    void aSubmoduleIsLeftOutAndNamed() {
        String commit = work.write("file", "").commit();
        work.git("update-index", "--add", "--cacheinfo", "160000," + commit + ",vendor/lib");
        work.git("commit", "--quiet", "--message", "submodule");
        Source source = pushedHead();

        Layout layout = revisions.layOut(source, temporary.resolve("into"), OWNER);

        assertThat(layout.submodules()).containsExactly("vendor/lib");
        assertThat(temporary.resolve("into/vendor")).doesNotExist();
    }

    @Test
    void aTreeThatLeadsOutOfItselfIsRefused() {
        work.write("file", "harm").commit();
        String blob = work.git("rev-parse", "HEAD:file").strip();
        String inner = tree("100644 blob " + blob + "\tfile\n");
        for (String name : List.of("..", ".git", ".GIT", ".")) {
            Source source = commit(tree("040000 tree " + inner + "\t" + name + "\n"));
            assertThatThrownBy(() -> revisions.layOut(source, temporary.resolve("into"), OWNER))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("cannot be laid out");
        }
        assertThat(temporary.resolve("into")).doesNotExist();
        assertThat(temporary.resolve("file")).doesNotExist();
    }

    @Test
    void nothingIsWrittenThroughALinkOfTheTree() {
        work.write("file", "harm").write("target", temporary.toString()).commit();
        String harm = work.git("rev-parse", "HEAD:file").strip();
        String link = work.git("rev-parse", "HEAD:target").strip();
        String inner = tree("100644 blob " + harm + "\tharm\n");
        Source source = commit(tree("120000 blob " + link + "\ta\n040000 tree " + inner + "\ta\n"));

        assertThatThrownBy(() -> revisions.layOut(source, temporary.resolve("into"), OWNER))
                .isInstanceOf(RuntimeException.class);

        assertThat(temporary.resolve("harm")).doesNotExist();
    }

    @Test
    void setuidAndOddModesAreDropped() throws IOException {
        work.write("file", "x").commit();
        String blob = work.git("rev-parse", "HEAD:file").strip();
        Source source = commit(tree("104755 blob " + blob + "\tfile\n"));

        revisions.layOut(source, temporary.resolve("into"), OWNER);

        assertThat(Files.getAttribute(temporary.resolve("into/file"), "unix:mode"))
                .isEqualTo(0100755);
    }

    @Test
    void aNameLeadsToItsCommit() {
        String commit = work.write("file", "").commit();
        work.git("tag", "--annotate", "--message", "one", "v1");
        pushedHead();
        push("v1");

        Revision expected = new Revision(commit);
        assertThat(revisions.find(SHOP, "main", Quarantine.NONE)).contains(expected);
        assertThat(revisions.find(SHOP, "v1", Quarantine.NONE)).contains(expected);
        assertThat(revisions.find(SHOP, commit.substring(0, 8), Quarantine.NONE))
                .contains(expected);
        assertThat(revisions.find(SHOP, "nothing", Quarantine.NONE)).isEmpty();
        assertThat(revisions.find(SHOP, "--all", Quarantine.NONE)).isEmpty();
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.resolve(path)));
    }

    private String tree(String lines) {
        return runner.out(work.command("mktree", "--missing").reading(lines)).strip();
    }

    private Source commit(String tree) {
        String commit = work.git("commit-tree", "-m", "made", tree).strip();
        work.git("update-ref", "refs/heads/main", commit);
        return pushedHead();
    }

    private Source pushed() {
        work.commit();
        return pushedHead();
    }

    private Source pushedHead() {
        push("main");
        return Source.of(SHOP, new Revision(work.git("rev-parse", "main").strip()));
    }

    /** As root, so that trees can be made that git's checks of a real push would refuse. */
    private void push(String ref) {
        String repository = setup.repository(SHOP).toString();
        work.git(
                "push",
                "--quiet",
                "--force",
                "--receive-pack",
                "git -c safe.directory=* receive-pack",
                repository,
                ref);
        runner.out(Command.of("chown", "-R", "20051:20051", repository));
    }
}
