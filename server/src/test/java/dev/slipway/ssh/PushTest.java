package dev.slipway.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.GitAccess;
import dev.slipway.console.Console;
import dev.slipway.exec.ProgramFailure;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.exec.SystemRunner;
import dev.slipway.model.AppName;
import dev.slipway.model.Revision;
import dev.slipway.model.UserException;
import dev.slipway.source.GitFixture;
import dev.slipway.source.GitSetup;
import dev.slipway.source.Push;
import dev.slipway.source.PushHandler;
import dev.slipway.source.Ref;
import dev.slipway.source.RefUpdate;
import dev.slipway.source.Repositories;
import dev.slipway.source.Revisions;
import dev.slipway.source.Source;
import dev.slipway.source.Transfers;
import dev.slipway.source.Wire;
import dev.slipway.source.WorkTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stock git client pushing over the stock ssh client. */
class PushTest {

    private static final AppName SHOP = new AppName("shop");

    @TempDir
    private Path directory;

    private final SystemRunner runner = new SystemRunner();
    private final BlockingQueue<Push> pushes = new LinkedBlockingQueue<>();
    private volatile PushHandler handler = (push, progress) -> 0;
    private GitSetup setup;
    private SshFixture ssh;
    private WorkTree work;

    @BeforeEach
    void open() throws IOException {
        setup = GitFixture.setup(directory);
        new Repositories(setup, runner).create(SHOP, "main");
        ssh = new SshFixture(directory, (caller, words, streams) -> 1, new Git(new Transfers(setup, runner)));
        work = new WorkTree(Files.createDirectory(directory.resolve("work")), Map.of("GIT_SSH_COMMAND", ssh.gitSsh()));
        work.git("remote", "add", "dokku", "ssh://dokku@127.0.0.1:" + ssh.port() + "/shop");
    }

    @AfterEach
    void close() {
        ssh.close();
    }

    @Test
    void aPushThatIsTakenMovesItsRefAndCanBeCloned() throws IOException {
        String commit = work.write("Procfile", "web: serve\n").commit();

        Result pushed = push("main");

        assertThat(pushed.exitCode()).as(pushed.err()).isZero();
        assertThat(pushes.remove().updates())
                .containsExactly(new RefUpdate.Created(new Ref.Branch("main"), new Revision(commit)));
        assertThat(GitFixture.git(setup, "shop", "rev-parse", "main")).isEqualTo(commit);
        work.git("clone", "--quiet", "ssh://dokku@127.0.0.1:" + ssh.port() + "/shop", "../clone");
        assertThat(directory.resolve("clone/Procfile")).hasContent("web: serve");
        assertThat(setup.own().resolve("pushes")).isEmptyDirectory();
    }

    @Test
    void aPushThatIsRefusedLeavesTheRefAndItsObjectsOut() {
        String before = work.write("file", "1").commit();
        push("main");
        String after = work.write("file", "2").commit();
        handler = (push, progress) -> {
            throw UserException.failed("The build failed\nRead its output above");
        };

        Result pushed = push("main");

        assertThat(pushed.exitCode()).isEqualTo(1);
        assertThat(pushed.err())
                .contains("remote:  !     The build failed", "remote:  !     Read its output above")
                .contains("pre-receive hook declined");
        assertThat(GitFixture.git(setup, "shop", "rev-parse", "main")).isEqualTo(before);
        assertThat(GitFixture.git(setup, "shop", "cat-file", "-t", after)).isEmpty();
    }

    @Test
    void theRevisionIsReadAndLaidOutBeforeTheRefMoves() {
        work.write("Procfile", "web: serve\n").write("a/b", "x").commit();
        Revisions revisions = new Revisions(setup, runner);
        handler = (push, progress) -> {
            Revision after = ((RefUpdate.Created) push.updates().getFirst()).after();
            Source source = new Source(push.app(), after, push.quarantine());
            new Console(progress, progress)
                    .step(revisions
                            .read(source, List.of("Procfile"))
                            .file("Procfile")
                            .orElseThrow()
                            .strip());
            revisions.layOut(source, directory.resolve("into"), GitFixture.GIT);
            return revisions.find(push.app(), "main", push.quarantine()).isPresent() ? 1 : 0;
        };

        Result pushed = push("main");

        assertThat(pushed.exitCode()).as(pushed.err()).isZero();
        assertThat(pushed.err()).contains("remote: -----> web: serve");
        assertThat(directory.resolve("into/a/b")).hasContent("x");
    }

    /** The handler goes on only once the client has shown the line before: it cannot have been kept back. */
    @Test
    void progressIsShownLineByLineAsItIsWritten() throws Exception {
        work.write("file", "1").commit();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        handler = (push, progress) -> {
            Console console = new Console(progress, progress);
            console.step("one");
            await(first);
            console.step("two");
            await(second);
            return 0;
        };
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        OutputStream watching = new OutputStream() {
            @Override
            public synchronized void write(int b) {
                seen.write(b);
                String text = seen.toString(StandardCharsets.UTF_8);
                if (text.contains("-----> one")) {
                    first.countDown();
                }
                if (text.contains("-----> two")) {
                    second.countDown();
                }
            }
        };

        int exitCode = runner.stream(
                work.command("push", "dokku", "main").within(Duration.ofSeconds(30)),
                new Runner.Streams(InputStream.nullInputStream(), OutputStream.nullOutputStream(), watching));

        assertThat(exitCode).isZero();
    }

    @Test
    void branchesTagsForcedPushesAndDeletionsAreToldApart() {
        String one = work.write("file", "1").commit();
        push("main", "main:refs/heads/other", "main:refs/tags/v1", "main:refs/notes/x");
        assertThat(pushes.remove().updates())
                .extracting(RefUpdate::ref)
                .containsExactlyInAnyOrder(
                        new Ref.Branch("main"),
                        new Ref.Branch("other"),
                        new Ref.Tag("v1"),
                        new Ref.Other("refs/notes/x"));

        work.git("commit", "--quiet", "--amend", "--allow-empty", "--message", "again");
        String two = work.git("rev-parse", "HEAD").strip();
        assertThat(push("--force", "main").exitCode()).isZero();
        assertThat(pushes.remove().updates())
                .containsExactly(new RefUpdate.Moved(new Ref.Branch("main"), new Revision(one), new Revision(two)));

        assertThat(push(":other", ":main").exitCode()).isZero();
        assertThat(pushes.remove())
                .isEqualTo(new Push(
                        SHOP,
                        List.of(
                                new RefUpdate.Deleted(new Ref.Branch("main"), new Revision(two)),
                                new RefUpdate.Deleted(new Ref.Branch("other"), new Revision(one))),
                        dev.slipway.source.Quarantine.NONE));
    }

    @Test
    void whatIsThereAlreadyIsNotPushedAgain() {
        work.write("file", "1").commit();
        push("main");
        pushes.clear();

        assertThat(push("main").err()).contains("Everything up-to-date");
        assertThat(pushes).isEmpty();
    }

    @Test
    void aClientThatIsKilledInterruptsTheHandlerAndLeavesTheRef() throws Exception {
        work.write("file", "1").commit();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        handler = (push, progress) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                Thread.currentThread().interrupt();
            }
            return 1;
        };
        Thread client = Thread.startVirtualThread(() -> {
            try {
                push("main");
            } catch (ProgramFailure e) {
                Thread.currentThread().interrupt();
            }
        });
        await(begun);

        client.interrupt();

        await(interrupted);
        ssh.close();
        assertThat(GitFixture.git(setup, "shop", "for-each-ref")).isEmpty();
        assertThat(setup.own().resolve("pushes")).isEmptyDirectory();
    }

    @Test
    void aPushThatIsTooLargeIsRefused() throws IOException {
        byte[] noise = new byte[200_000];
        new java.util.Random(1).nextBytes(noise);
        Files.write(work.directory().resolve("noise"), noise);
        work.commit();
        setup = new GitSetup(setup.repositories(), setup.own(), setup.user(), 100_000);
        ssh.close();
        ssh = new SshFixture(
                Files.createDirectory(directory.resolve("second")),
                (caller, words, streams) -> 1,
                new Git(new Transfers(setup, runner)));

        Result pushed = runner.run(work.command("push", "ssh://dokku@127.0.0.1:" + ssh.port() + "/shop", "main")
                .environment("GIT_SSH_COMMAND", ssh.gitSsh()));

        assertThat(pushed.exitCode()).isEqualTo(1);
        assertThat(pushed.err()).contains("exceeds maximum allowed size");
        assertThat(pushes).isEmpty();
    }

    @Test
    void aBugInTheHandlerRefusesThePush() {
        work.write("file", "1").commit();
        handler = (push, progress) -> {
            throw new IllegalStateException("secret");
        };

        Result pushed = push("main");

        assertThat(pushed.exitCode()).isEqualTo(1);
        assertThat(pushed.err()).contains("pre-receive hook declined").doesNotContain("secret");
        assertThat(GitFixture.git(setup, "shop", "for-each-ref")).isEmpty();
    }

    @Test
    void aHookWithoutItsServerRefusesThePush() {
        work.write("file", "1").commit();

        Result pushed = runner.run(work.command(
                "push",
                "--receive-pack",
                "git -c safe.directory=* -c core.hooksPath=" + setup.own().resolve("hooks") + " receive-pack",
                setup.repositories().resolve("shop.git").toString(),
                "main"));

        assertThat(pushed.exitCode()).isEqualTo(1);
        assertThat(pushed.err()).contains("takes pushes through the Slipway server only");
    }

    private Result push(String... refs) {
        return runner.run(work.command("push", "dokku").with(refs).within(Duration.ofSeconds(30)));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Git implements GitAccess {

        private final Transfers transfers;

        private Git(Transfers transfers) {
            this.transfers = transfers;
        }

        @Override
        public int receivePack(Conversation conversation) {
            Wire wire = new Wire(conversation.streams(), conversation.protocol());
            return transfers.receivePack(conversation.app(), wire, (push, progress) -> {
                pushes.add(push);
                return handler.receive(push, progress);
            });
        }

        @Override
        public int uploadPack(Conversation conversation) {
            return transfers.uploadPack(conversation.app(), new Wire(conversation.streams(), conversation.protocol()));
        }
    }
}
