package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.exec.Result;
import dev.slipway.source.GitFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Archives become commits of the deploy branch, by a real git. */
class GitArchiveTest extends AtDesk {

    private static final String SAME = """
            !     No changes detected, skipping git commit
            !     Call 'ps:rebuild' on app to rebuild the app from existing source
            """.indent(1);

    @BeforeEach
    void open() {
        desk.ok("apps:create", "shop");
    }

    @Test
    void aTarIsCommittedWithoutItsTopDirectoryAndDeployed() {
        save("shop.tar", tar(tar -> {
            directory(tar, "shop-1.0/");
            file(tar, "shop-1.0/Procfile", 0644, "web: serve\n");
            file(tar, "shop-1.0/bin/serve", 0755, "#!/bin/sh\n");
            link(tar, "shop-1.0/bin/other", "serve");
            file(tar, "shop-1.0/.git/config", 0644, "[core]\n");
        }));
        String out = desk.ok("git:from-archive", "shop", "shop.tar", "Ann Lee", "ann@example.com");
        assertThat(out).startsWith("""
                        -----> Generating build context
                               Stripping top-level archive folder components
                        -----> Updating git repository with specified build context
                        """).contains("=====> Application deployed:");
        assertThat(git("ls-tree", "-r", "--format=%(objectmode) %(path)", "master"))
                .isEqualTo("100644 Procfile\n120000 bin/other\n100755 bin/serve");
        assertThat(git("log", "--format=%an <%ae> %s", "master")).isEqualTo("Ann Lee <ann@example.com> Initial commit");
        assertThat(git("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/master");
        assertThat(desk.ok("builds:report", "shop", "--build-source")).isEqualTo("git:from-archive\n");
    }

    @Test
    void theSameContentIsNoCommitAndOtherContentFollowsTheOneBefore() {
        save("one.tar", tar(tar -> file(tar, "./Procfile", 0644, "web: serve\n")));
        save("two.tar.gz", gzip(tar(tar -> file(tar, "Procfile", 0644, "web: serve --more\n"))));
        desk.ok("git:from-archive", "shop", "one.tar");
        Result same = desk.run("git:from-archive", "shop", "one.tar");
        assertThat(same.exitCode()).isEqualTo(1);
        assertThat(same.err()).isEqualTo(SAME);

        String out = desk.ok("git:from-archive", "--archive-type", "tar.gz", "shop", "two.tar.gz");
        assertThat(out).contains("Moving unarchived files and folders into place");
        assertThat(git("log", "--format=%an %s", "master"))
                .isEqualTo("Slipway Automated commit @ 1700000000\nSlipway Initial commit");
    }

    @Test
    void anArchiveComesFromStandardInputOverSshToo() {
        byte[] tar = tar(out -> file(out, "Procfile", 0644, "web: serve\n"));
        Result sent = desk.readingOverSsh(
                new String(tar, StandardCharsets.ISO_8859_1),
                "git:from-archive",
                "shop",
                "--",
                "Ann",
                "ann@example.com");
        assertThat(sent.exitCode()).as(sent.err()).isZero();
        assertThat(sent.out()).startsWith("-----> Fetching tar file from stdin\n");
        assertThat(git("log", "--format=%ae", "master")).isEqualTo("ann@example.com");

        Result file = desk.overSsh("git:from-archive", "shop", "/etc/passwd");
        assertThat(file.err())
                .isEqualTo(" !     Files are read for the machine's administrator only; over ssh send it:"
                        + " ssh … git:from-archive shop -- < FILE\n");
        assertThat(desk.overSsh("git:from-archive", "shop", "--").err()).contains("nothing on standard input");
    }

    @Test
    void aZipKeepsWhatMayBeExecuted() {
        save("shop.zip", zip());
        desk.ok("git:from-archive", "shop", "shop.zip", "--archive-type", "zip");
        assertThat(git("ls-tree", "-r", "--format=%(objectmode) %(path)", "master"))
                .isEqualTo("100644 Procfile\n100755 bin/serve");
    }

    @Test
    void whatLeadsOutOrIsNoFileIsRefusedAndNothingIsTaken() {
        refused("Archive contains entries with parent directory traversal", tar -> file(tar, "../x", 0644, "x"));
        refused("Archive contains entries with parent directory traversal", tar -> file(tar, "a/../../x", 0644, "x"));
        refused("Archive contains entries with absolute paths: /etc/x; nothing was taken", tar -> raw(tar, "/etc/x"));
        refused("Archive contains symlinks with absolute targets: x;", tar -> link(tar, "x", "/etc/passwd"));
        refused("Archive contains symlinks pointing outside extraction directory", tar -> link(tar, "a/x", "../../y"));
        refused("Archive contains symlinks pointing outside extraction directory", tar -> link(tar, "top/x", "../y"));
        refused("neither a file nor a directory nor a link", GitArchiveTest::device);
        refused(
                "Archive contains entries with parent directory traversal",
                tar -> hardLink(tar, "x", "../../etc/passwd"));
        assertThat(git("for-each-ref")).isEmpty();
        assertThat(desk.ok("git:status", "shop")).isEqualTo("On branch master\nNo commits yet\n");
    }

    @Test
    void aBombIsRefused() {
        desk.ok("git:set", "--global", "archive-max-size", "64k");
        desk.ok("git:set", "--global", "archive-max-files", "10");
        save("bomb.tar.gz", gzip(tar(tar -> file(tar, "zeros", 0644, "\0".repeat(3 << 20)))));
        assertThat(desk.run("git:from-archive", "shop", "bomb.tar.gz", "--archive-type", "tar.gz")
                        .err())
                .isEqualTo(" !     What the archive holds is larger than 65536 bytes, the most that git:set --global"
                        + " archive-max-size allows\n");
        refused("more than 10 files", tar -> {
            for (int i = 0; i < 11; i++) {
                file(tar, "f" + i, 0644, "");
            }
        });
        refused("larger than 65536 bytes", tar -> {
            file(tar, "large", 0644, "\0".repeat(20 << 10));
            for (int i = 0; i < 3; i++) {
                hardLink(tar, "again" + i, "large");
            }
        });
        assertThat(git("for-each-ref")).isEmpty();
    }

    @Test
    void aZipThatListsFarTooMuchIsNotEvenListed() {
        desk.ok("git:set", "--global", "archive-max-files", "10");
        save("many.zip", zipOfMany(30_000));
        assertThat(desk.run("git:from-archive", "--archive-type", "zip", "shop", "many.zip")
                        .err())
                .contains(" !     The archive lists more files, or longer names of them, than git:set --global"
                        + " archive-max-files allows\n");
    }

    @Test
    void namesThatFillTheMemoryAndDirectoriesWithASecondNameAreRefused() {
        refused("name and attributes are longer than 1048576 bytes", tar -> {
            put(tar, new TarArchiveEntry("long", TarConstants.LF_GNUTYPE_LONGNAME), "a".repeat(2 << 20));
            file(tar, "short", 0644, "");
        });
        refused("as a second name of a, which is no file that came before it", tar -> {
            file(tar, "a/b", 0644, "b");
            hardLink(tar, "a/c", "a");
        });
        refused("as a second name of a, which is no file that came before it", tar -> {
            file(tar, "a", 0644, "a");
            file(tar, "a/b", 0644, "b");
            hardLink(tar, "c", "a");
        });
        assertThat(git("for-each-ref")).isEmpty();
    }

    @Test
    void aSecondNameIsTheSameFileOnceMore() {
        save("shop.tar", tar(tar -> {
            file(tar, "Procfile", 0644, "web: serve\n");
            file(tar, "big", 0755, "x".repeat(2 << 20));
            hardLink(tar, "bin/serve", "big");
            file(tar, ".git/pack", 0644, "p".repeat(2 << 20));
        }));
        desk.ok("git:from-archive", "shop", "shop.tar");
        assertThat(git("ls-tree", "-r", "--format=%(objectmode) %(objectsize) %(path)", "master"))
                .isEqualTo("100644 11 Procfile\n100755 2097152 big\n100755 2097152 bin/serve");
    }

    @Test
    void whatIsNoArchiveOrOfAnotherTypeIsSaidToBe() {
        save("text.tar", "no archive".repeat(200).getBytes(StandardCharsets.UTF_8));
        assertThat(desk.run("git:from-archive", "shop", "text.tar").err()).contains("cannot be read as tar");
        assertThat(desk.run("git:from-archive", "shop", "text.tar", "--archive-type", "zip")
                        .err())
                .contains("cannot be read as zip");
        assertThat(desk.run("git:from-archive", "shop", "text.tar", "--archive-type", "rar")
                        .err())
                .isEqualTo(" !     Invalid archive type specified, valid archive types include: tar, tar.gz, zip\n");
        assertThat(desk.run("git:from-archive", "shop", "nothing.tar").err()).contains("There is no file");
        assertThat(desk.run("git:from-archive", "nope", "text.tar").exitCode()).isEqualTo(20);
        assertThat(desk.run("git:from-archive", "shop", "text.tar", "a<b").err())
                .contains("The git user's name");
    }

    @Test
    void aUrlIsFetchedByHttpAndByNothingElse() throws IOException {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] tar = tar(file -> file(file, "Procfile", 0644, "web: serve\n"));
        web.createContext("/shop.tar", exchange -> {
            exchange.sendResponseHeaders(200, tar.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(tar);
            }
        });
        web.start();
        try {
            String url = "http://127.0.0.1:" + web.getAddress().getPort();
            assertThat(desk.ok("git:from-archive", "shop", url + "/shop.tar?token=secret"))
                    .startsWith("-----> Downloading tar file from " + url + "/shop.tar\n");
            assertThat(desk.run("git:from-archive", "shop", url + "/other").err())
                    .isEqualTo(" !     " + url + "/other answers with status 404\n");
        } finally {
            web.stop(0);
        }
        for (String word : List.of("file:///etc/passwd", "ftp://example.com/x", "jar:file:///x!/y")) {
            assertThat(desk.run("git:from-archive", "shop", word).err())
                    .startsWith(" !     Archives are fetched by http and https only");
        }
    }

    private void refused(String why, Consumer<TarArchiveOutputStream> entries) {
        save("bad.tar", tar(tar -> {
            entries.accept(tar);
            file(tar, "top/Procfile", 0644, "web: serve\n");
        }));
        Result result = desk.run("git:from-archive", "shop", "bad.tar");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains(why);
    }

    private String git(String... words) {
        return GitFixture.git(GitFixture.setup(directory), "shop", words);
    }

    private void save(String name, byte[] bytes) {
        try {
            Files.write(directory.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] tar(Consumer<TarArchiveOutputStream> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            entries.accept(tar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] zipOfMany(int entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (java.util.zip.ZipOutputStream zip = new java.util.zip.ZipOutputStream(bytes)) {
            for (int i = 0; i < entries; i++) {
                zip.putNextEntry(new java.util.zip.ZipEntry("a-file-with-nothing-in-it-" + i));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (String name : List.of("shop/Procfile", "shop/bin/serve")) {
                ZipArchiveEntry entry = new ZipArchiveEntry(name);
                entry.setUnixMode(name.endsWith("serve") ? 0100755 : 0100644);
                zip.putArchiveEntry(entry);
                zip.write("web: serve\n".getBytes(StandardCharsets.UTF_8));
                zip.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String name, int mode, String text) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        put(tar, entry, text);
    }

    private static void raw(TarArchiveOutputStream tar, String name) {
        put(tar, new TarArchiveEntry(name, true), "x");
    }

    private static void directory(TarArchiveOutputStream tar, String name) {
        put(tar, new TarArchiveEntry(name), "");
    }

    private static void link(TarArchiveOutputStream tar, String name, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        put(tar, entry, "");
    }

    private static void hardLink(TarArchiveOutputStream tar, String name, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_LINK);
        entry.setLinkName(target);
        put(tar, entry, "");
    }

    private static void device(TarArchiveOutputStream tar) {
        put(tar, new TarArchiveEntry("null", TarConstants.LF_CHR), "");
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        entry.setSize(bytes.length);
        try {
            tar.putArchiveEntry(entry);
            tar.write(bytes);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
