package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.SystemRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hook itself, without git around it. */
class RendezvousTest {

    private static final String UPDATE = "%040d %040x refs/heads/main".formatted(0, 255);

    @TempDir
    private Path directory;

    private final SystemRunner runner = new SystemRunner();
    private GitSetup setup;

    @BeforeEach
    void prepare() {
        setup = GitFixture.setup(directory);
        assertThat(new Repositories(setup, runner).exists(new dev.slipway.model.AppName("shop")))
                .isFalse();
    }

    @Test
    void theHookTellsWhatIsPushedAndEndsAsItIsTold() throws Exception {
        try (Rendezvous rendezvous = Rendezvous.open(setup, runner)) {
            CompletableFuture<Result> hook = hook(rendezvous);
            Rendezvous.Request request = rendezvous.await().orElseThrow();
            try (var progress = rendezvous.progress()) {
                progress.write("-----> seen\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                rendezvous.decide(3);
            }

            assertThat(request.updates()).containsExactly(UPDATE);
            assertThat(ended(hook)).isEqualTo(new Result(3, "-----> seen\n", ""));
        }
    }

    @Test
    void aServerThatDiesInTheMiddleRefusesThePush() throws Exception {
        try (Rendezvous rendezvous = Rendezvous.open(setup, runner)) {
            CompletableFuture<Result> hook = hook(rendezvous);
            assertThat(rendezvous.await()).isPresent();
            rendezvous.progress().close();

            Result result = ended(hook);

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("The Slipway server stopped in the middle of this push");
        }
    }

    @Test
    void waitingEndsWhenNoHookWillCome() throws IOException {
        try (Rendezvous rendezvous = Rendezvous.open(setup, runner)) {
            rendezvous.abandon();

            assertThat(rendezvous.await()).isEmpty();
        }
        assertThat(setup.pushes()).isEmptyDirectory();
    }

    private CompletableFuture<Result> hook(Rendezvous rendezvous) {
        String uid = String.valueOf(GitFixture.GIT.uid());
        Command command = Command.of(
                        "setpriv", "--reuid", uid, "--regid", uid, "--clear-groups", setup.hooks() + "/pre-receive")
                .environment("SLIPWAY_PUSH", rendezvous.directory().toString())
                .reading(UPDATE + "\n");
        return CompletableFuture.supplyAsync(
                () -> runner.run(command), task -> Thread.ofPlatform().start(task));
    }

    private static Result ended(CompletableFuture<Result> hook)
            throws InterruptedException, ExecutionException, TimeoutException {
        return hook.get(20, TimeUnit.SECONDS);
    }
}
