package dev.slipway.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemRunnerTest {

    private final Runner runner = new SystemRunner();

    @Test
    void bothPipesAreDrainedHoweverMuchIsPrinted() {
        Result result =
                runner.run(Command.of("sh", "-c", "head -c 300000 /dev/zero >&2; head -c 400000 /dev/zero; exit 3"));
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).hasSize(400_000);
        assertThat(result.err()).hasSize(300_000);
    }

    @Test
    void inputIsPassedOnAndNothingOfOurEnvironmentIs() {
        assertThat(runner.out(Command.of("cat").reading("héllo"))).isEqualTo("héllo");
        assertThat(runner.out(Command.of("env").environment("A", "b")).lines())
                .containsExactlyInAnyOrder("A=b", "PATH=" + Command.PATH, "LANG=C.UTF-8", "LC_ALL=C.UTF-8");
    }

    @Test
    void aProgramThatReadsNothingDoesNotFail() {
        assertThat(runner.run(Command.of("true").reading("x".repeat(1_000_000))).ok())
                .isTrue();
    }

    @Test
    void aProgramThatTakesTooLongIsStoppedWithItsChildren(@TempDir Path directory) {
        Path pid = directory.resolve("pid");
        Command slow = Command.of("sh", "-c", "sleep 600 & echo $! > " + pid + "; wait")
                .within(Duration.ofSeconds(1));
        assertThatThrownBy(() -> runner.run(slow))
                .isInstanceOf(ProgramFailure.class)
                .hasMessageContaining("longer than 1 s");
        ProcessHandle.of(Long.parseLong(read(pid).strip()))
                .ifPresent(child -> assertThat(child.onExit()
                                .completeOnTimeout(child, 10, TimeUnit.SECONDS)
                                .join()
                                .isAlive())
                        .isFalse());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void anInterruptStopsTheProgram() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        OutputStream noticing = new OutputStream() {
            @Override
            public void write(int b) {
                started.countDown();
            }
        };
        Thread running = Thread.ofVirtual()
                .unstarted(() -> assertThatThrownBy(() -> runner.stream(
                                Command.of("sh", "-c", "echo started; exec sleep 600"),
                                new Runner.Streams(
                                        InputStream.nullInputStream(), noticing, new ByteArrayOutputStream())))
                        .isInstanceOf(ProgramFailure.class));
        running.start();
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        running.interrupt();
        assertThat(running.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> runner.run(Command.of("/no/such/program", "secret")))
                .isInstanceOf(ProgramFailure.class)
                .hasMessageContaining("/no/such/program")
                .hasMessageNotContaining("secret");
    }
}
