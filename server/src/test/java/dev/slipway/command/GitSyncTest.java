package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.exec.Result;
import dev.slipway.model.AppName;
import dev.slipway.proxy.FreePort;
import dev.slipway.source.GitFixture;
import dev.slipway.source.WorkTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Repositories elsewhere, served by a real git daemon; and how deploys by git are set. */
class GitSyncTest {

    @TempDir
    private Path directory;

    private Desk desk;
    private WorkTree upstream;
    private Process daemon;
    private String url;

    @BeforeEach
    void open() throws IOException {
        desk = new Desk(directory);
        desk.ok("apps:create", "shop");
        upstream = new WorkTree(Files.createDirectories(directory.resolve("served/upstream")), Map.of());
        upstream.write("Procfile", "web: serve\n").commit();
        int port = FreePort.find();
        daemon = new ProcessBuilder(
                        "git",
                        "-c",
                        "safe.directory=*",
                        "daemon",
                        "--verbose",
                        "--export-all",
                        "--listen=127.0.0.1",
                        "--port=" + port,
                        "--base-path=" + directory.resolve("served"))
                .redirectErrorStream(true)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(daemon.getInputStream(), StandardCharsets.UTF_8));
        assertThat(said.readLine()).contains("Ready to rumble");
        url = "git://127.0.0.1:" + port + "/upstream/.git";
    }

    @AfterEach
    void close() {
        daemon.descendants().forEach(ProcessHandle::destroy);
        daemon.destroy();
        desk.close();
    }

    @Test
    void aBranchIsFetchedDeployedAndThenOnlyIfItMoved() {
        String first = upstream.git("rev-parse", "HEAD").strip();
        String out = desk.ok("git:sync", "--build", "shop", url, "main");
        assertThat(out)
                .startsWith("-----> Cloning shop from " + url + "#main\n"
                        + "       Detected branch, setting deploy-branch to main\n")
                .contains("=====> Application deployed:");
        assertThat(git("rev-parse", "main")).isEqualTo(first);
        assertThat(git("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main");
        assertThat(desk.ok("git:report", "shop", "--git-sha")).isEqualTo(first + "\n");
        assertThat(desk.ok("builds:report", "shop", "--build-source")).isEqualTo("git:sync\n");

        assertThat(desk.ok("git:sync", "--build-if-changes", "shop", url))
                .isEqualTo("-----> Fetching remote code for shop from " + url
                        + "#main\n-----> Skipping build as no changes were detected\n");
        upstream.write("Procfile", "web: serve --more\n");
        String second = upstream.commit();
        assertThat(desk.ok("git:sync", "--build-if-changes", "shop", url)).contains("Application deployed");
        assertThat(git("rev-parse", "main")).isEqualTo(second);
    }

    @Test
    void withoutABuildOnlyTheBranchMoves() {
        String first = upstream.git("rev-parse", "HEAD").strip();
        assertThat(desk.ok("git:sync", "--skip-deploy-branch", "shop", url, "main"))
                .isEqualTo("-----> Cloning shop from " + url + "#main\n");
        assertThat(git("rev-parse", "master")).isEqualTo(first);
        assertThat(desk.store().app(new AppName("shop")).deployed()).isFalse();
        assertThat(desk.ok("git:status", "shop"))
                .startsWith("On branch master\n")
                .endsWith("\nNot deployed\n");
        upstream.git("tag", "v1");
        upstream.write("more", "x");
        upstream.commit();
        desk.ok("git:sync", "shop", url, "main");
        desk.ok("git:sync", "shop", url, "v1");
        assertThat(git("rev-parse", "master")).isEqualTo(first);
        desk.ok("git:sync", "shop", url, first);
    }

    @Test
    void whatCannotBeFetchedIsSaidToBeAndChangesNothing() {
        assertThat(desk.run("git:sync", "shop", url, "nope").err())
                .isEqualTo(" !     " + url + " has no branch, tag or commit nope (its branches: main)\n");
        Result gone = desk.run("git:sync", "shop", url.replace("upstream", "other"), "main");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.err()).contains("cannot be fetched:");
        for (String bad : List.of(
                "ext::sh -c id",
                "file:///etc",
                "/etc",
                "--upload-pack=id",
                "-x",
                "ssh://-oProxyCommand=id/x",
                "https://exa mple.com/x",
                "fd::17",
                "git@-host:x",
                "host:-x")) {
            Result refused = desk.run("git:sync", "shop", "--", bad);
            assertThat(refused.err()).as(bad).startsWith(" !     Not a repository that can be fetched");
        }
        assertThat(desk.run("git:sync", "shop", url, "--", "-x").err()).contains("Not a branch name");
        assertThat(desk.run("git:sync", "nope", url).exitCode()).isEqualTo(20);
        assertThat(git("for-each-ref")).isEmpty();
    }

    @Test
    void theDeployKeyIsMadeOnceAndItsPublicHalfPrinted() throws IOException {
        assertThat(desk.run("git:public-key").err()).contains("There is no deploy key");
        String made = desk.ok("git:generate-deploy-key");
        assertThat(made).startsWith("-----> Generated the deploy key\nssh-ed25519 ");
        assertThat("-----> Generated the deploy key\n" + desk.ok("git:public-key"))
                .isEqualTo(made);
        assertThat(desk.run("git:generate-deploy-key").exitCode()).isEqualTo(1);
        Path key = directory.resolve("git/home/.ssh/id_ed25519");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-r-----");
        assertThat(Files.getAttribute(key, "unix:gid")).isEqualTo(GitFixture.GIT.uid());
    }

    @Test
    void passwordsAreKeptClosedAndNeverPrinted() throws IOException {
        assertThat(desk.ok("git:auth", "github.com", "ann", "s3cret"))
                .isEqualTo("-----> Setting netrc auth entry for host github.com\n");
        desk.reading("other\n", "git:auth", "gitlab.com", "bob", "--password-stdin");
        Path netrc = directory.resolve("git/home/.netrc");
        assertThat(netrc)
                .hasContent(
                        "machine github.com login ann password s3cret\nmachine gitlab.com login bob password other\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(netrc)))
                .isEqualTo("rw-------");
        assertThat(Files.getAttribute(netrc, "unix:uid")).isEqualTo(GitFixture.GIT.uid());
        assertThat(desk.run("git:auth", "github.com", "ann").err())
                .isEqualTo(" !     Missing password for netrc auth entry\n");
        assertThat(desk.run("git:auth", "github.com", "ann", "pass word").err()).doesNotContain("pass word");
        assertThat(desk.run("git:auth", "git hub", "ann", "x").err()).contains("Not a git host");

        assertThat(desk.ok("git:auth", "github.com"))
                .isEqualTo("-----> Removing netrc auth entry for host github.com\n");
        assertThat(netrc).hasContent("machine gitlab.com login bob password other\n");
        assertThat(desk.run("git:auth", "github.com").exitCode()).isEqualTo(1);
    }

    @Test
    void gitProvesItselfByThePasswordOfTheHost() throws IOException {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        Queue<String> shown = new ConcurrentLinkedQueue<>();
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            List<String> proof = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
            seen.addAll(proof);
            ProcessHandle.allProcesses()
                    .flatMap(process -> process.info().arguments().stream().flatMap(Stream::of))
                    .filter(argument -> argument.contains("pa55"))
                    .forEach(shown::add);
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
            exchange.sendResponseHeaders(proof.isEmpty() ? 401 : 404, -1);
            exchange.close();
        });
        web.start();
        try {
            String address = "http://127.0.0.1:" + web.getAddress().getPort() + "/app.git";
            assertThat(desk.run("git:sync", "shop", address, "main").err())
                    .contains("dokku git:auth HOST USER PASSWORD");
            assertThat(seen).isEmpty();
            desk.ok("git:auth", "127.0.0.1", "ann", "s3cret");
            Result missing = desk.run("git:sync", "shop", address, "main");
            assertThat(missing.exitCode()).isEqualTo(1);
            assertThat(missing.err()).doesNotContain("s3cret");
            String secret = address.replace("://", "://bob:pa55@");
            assertThat(desk.run("git:sync", "shop", secret, "main").err())
                    .contains(address + " cannot be fetched")
                    .doesNotContain("pa55");
            String ann = Base64.getEncoder().encodeToString("ann:s3cret".getBytes(StandardCharsets.UTF_8));
            String bob = Base64.getEncoder().encodeToString("bob:pa55".getBytes(StandardCharsets.UTF_8));
            assertThat(seen).contains("Basic " + ann, "Basic " + bob);
            assertThat(shown).isEmpty();
        } finally {
            web.stop(0);
        }
    }

    @Test
    @Timeout(60)
    void aSlowRemoteKeepsNobodyElseFromTheApp() throws Exception {
        Path archive = directory.resolve("upstream.tar");
        upstream.git("archive", "--output", archive.toString(), "HEAD");
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String slow = "git://127.0.0.1:" + silent.getLocalPort() + "/x";
            CompletableFuture<Result> sync =
                    CompletableFuture.supplyAsync(() -> desk.run("git:sync", "shop", slow, "main"));
            try (Socket caller = silent.accept()) {
                assertThat(caller.isConnected()).isTrue();
                assertThat(desk.ok("git:from-archive", "shop", archive.toString()))
                        .contains("Application deployed");
                assertThat(sync).isNotDone();
            }
            assertThat(sync.get().err()).contains(slow + " cannot be fetched");
        }
    }

    @Test
    void hostsThatCouldBeOptionsAreRefused() {
        for (String bad : List.of("-oProxyCommand=id", "a b", "a;id", "$(id)", "", "a\nb", "x:99999")) {
            assertThat(desk.run("git:allow-host", "--", bad).exitCode()).isEqualTo(1);
        }
    }

    @Test
    void theVariableOfTheRevisionCanHaveAnotherNameOrNone() {
        AppName shop = new AppName("shop");
        desk.ok("git:sync", "--build", "--skip-deploy-branch", "shop", url, "main");
        assertThat(desk.store().app(shop).config().values()).containsOnlyKeys("GIT_REV");
        desk.ok("git:set", "shop", "rev-env-var", "SOURCE_VERSION");
        desk.ok("git:sync", "--build", "shop", url, "main");
        assertThat(desk.store().app(shop).config().values()).containsOnlyKeys("SOURCE_VERSION");
        desk.ok("config:unset", "--no-restart", "shop", "SOURCE_VERSION");
        assertThat(desk.ok("git:set", "shop", "rev-env-var")).isEqualTo("=====> Unsetting rev-env-var\n");
        desk.ok("git:sync", "--build", "shop", url, "main");
        assertThat(desk.store().app(shop).config().values()).isEmpty();
    }

    @Test
    void propertiesAreReportedWithDokkusLabels() {
        desk.ok("git:set", "--global", "deploy-branch", "main");
        desk.ok("git:set", "shop", "keep-git-dir", "true");
        assertThat(desk.ok("git:report", "shop")).isEqualTo("""
                        =====> shop git information
                               Git computed archive max files: 10000
                               Git computed archive max size:  1073741824
                               Git computed deploy branch:     main
                               Git computed keep git dir:      true
                               Git deploy branch:
                               Git global archive max files:
                               Git global archive max size:
                               Git global deploy branch:       main
                               Git global keep git dir:
                               Git keep git dir:               true
                               Git last updated at:
                               Git rev env var:                GIT_REV
                               Git sha:
                               Git source image:
                        """);
        assertThat(desk.ok("git:report", "--global", "--git-computed-deploy-branch"))
                .isEqualTo("main\n");
        assertThat(desk.run("git:set", "shop", "archive-max-files", "5").err())
                .isEqualTo(
                        " !     archive-max-files holds for all apps: write git:set --global archive-max-files VALUE\n");
        assertThat(desk.run("git:set", "shop", "nope", "x").err())
                .isEqualTo(" !     Invalid property specified, valid properties include: deploy-branch, keep-git-dir,"
                        + " rev-env-var, archive-max-files, archive-max-size\n");
        assertThat(desk.run("git:set", "shop", "deploy-branch", "a..b").err())
                .isEqualTo(" !     Not a branch name: a..b\n");
        assertThat(desk.run("git:set", "shop", "rev-env-var", "A-B").exitCode()).isEqualTo(1);
    }

    @Test
    void aBuildSeesTheHistoryIfThatIsAskedFor() {
        desk.ok("git:set", "shop", "keep-git-dir", "true");
        desk.ok("git:sync", "--build", "--skip-deploy-branch", "shop", url, "main");
        Path tree = desk.store()
                .app(new AppName("shop"))
                .release()
                .orElseThrow()
                .build()
                .tree();
        WorkTree built = new WorkTree(tree, Map.of());
        assertThat(built.git("-c", "safe.directory=*", "log", "--format=%H").strip())
                .isEqualTo(upstream.git("rev-parse", "HEAD").strip());
        assertThat(built.git("-c", "safe.directory=*", "status", "--porcelain")).isEmpty();
        assertThat(tree.resolve(".git"))
                .satisfies(git -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(git)))
                        .isEqualTo("rwxr-xr-x"));
    }

    @Test
    void aRepositoryThatAKilledGitHoldsIsLetGo() throws IOException {
        assertThat(desk.ok("git:unlock", "shop")).isEqualTo("-----> No clone folder exists app already unlocked\n");
        Path lock = directory.resolve("repos/shop.git/packed-refs.lock");
        Files.createFile(lock);
        assertThat(desk.run("git:unlock", "shop").err()).contains("git:unlock --force shop");
        assertThat(lock).exists();
        assertThat(desk.ok("git:unlock", "shop", "--force"))
                .isEqualTo("-----> Removed 1 lock file from the repository of shop\n");
        assertThat(lock).doesNotExist();
    }

    @Test
    void imagesAreRefusedWithWhatToDoInstead() {
        assertThat(desk.run("git:from-image", "shop", "nginx:latest").err())
                .isEqualTo(
                        " !     Docker images are not part of Slipway: it builds an app from its source. Push that, or"
                                + " give it as an archive with git:from-archive\n");
        assertThat(desk.ok("git:initialize", "shop")).isEqualTo("-----> The git repository of shop is there already\n");
    }

    private String git(String... words) {
        return GitFixture.git(GitFixture.setup(directory), "shop", words);
    }
}
