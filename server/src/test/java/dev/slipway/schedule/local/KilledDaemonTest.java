package dev.slipway.schedule.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.TestMachine;
import dev.slipway.schedule.Running;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills a real daemon with SIGKILL and takes over what it left. */
class KilledDaemonTest {

    private final TestMachine machine = TestMachine.create();
    private final Path tree = machine.tree("app");

    @AfterEach
    void clean() {
        machine.close();
    }

    private LocalScheduler scheduler() {
        return SchedulerProgram.scheduler(machine, RestartPauses.GROWING);
    }

    private Process daemon() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SchedulerProgram.class.getName(),
                        machine.directory().toString(),
                        tree.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 90, 150, 230, 310, 420})
    void whateverItWasDoingIsFinishedOrUndone(int milliseconds) throws Exception {
        Process daemon = daemon();
        String first;
        try (BufferedReader out = daemon.inputReader()) {
            first = out.readLine();
            daemon.onExit()
                    .completeOnTimeout(daemon, milliseconds, TimeUnit.MILLISECONDS)
                    .get();
        } finally {
            daemon.destroyForcibly().waitFor();
        }
        try (LocalScheduler scheduler = scheduler()) {
            scheduler.recover();
            String[] known = first.split(" ");
            assertThat(scheduler.running())
                    .anySatisfy(process -> {
                        assertThat(process.id()).isEqualTo(known[0]);
                        assertThat(process.pid()).isEqualTo(Long.parseLong(known[1]));
                        assertThat(process.state()).isEqualTo(Running.State.RUNNING);
                    })
                    .noneMatch(process -> process.name().type().value().equals("task") && process.pid() == 0);
            for (Running process : scheduler.running()) {
                scheduler.stop(process.id(), Duration.ofSeconds(1));
            }
            assertNothingIsLeft();
        }
    }

    private void assertNothingIsLeft() throws IOException {
        assertThat(machine.sandboxes().present()).isEmpty();
        assertThat(machine.directory().resolve("processes")).isEmptyDirectory();
        assertThat(machine.directory().resolve("sandbox/exits")).isEmptyDirectory();
        try (Stream<Path> leases = Files.list(machine.directory()
                .resolve("sandbox/leases")
                .resolve(machine.network().bridge()))) {
            assertThat(leases.map(path -> path.getFileName().toString()).toList())
                    .containsExactlyInAnyOrderElementsOf(List.of("last_reserved_ip.0", "lock"));
        }
        // The kernel takes a namespace down, and its interface with it, in its own time.
        Path ports = Path.of("/sys/class/net", machine.network().bridge(), "brif");
        await().untilAsserted(() -> assertThat(ports).isEmptyDirectory());
    }

    @Test
    void anExitThatNobodySawIsAnswered() throws Exception {
        Running process;
        try (LocalScheduler before = scheduler()) {
            before.recover();
            process = before.start(SchedulerProgram.spec(tree, "web.1", "exec sleep 1000"));
            before.keep(process.id());
        }
        ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly();
        await().until(() -> ProcessHandle.of(process.pid()).isEmpty());
        try (LocalScheduler after = scheduler()) {
            after.recover();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> after.running().stream()
                            .anyMatch(again -> again.id().equals(process.id())
                                    && again.state() == Running.State.RUNNING
                                    && again.pid() != process.pid()
                                    && again.restarts() == 1));
        }
    }

    @Test
    void whatRanWhenTheMachineWentDownIsStartedAgain() throws Exception {
        Running process;
        try (LocalScheduler before = scheduler()) {
            before.recover();
            process = before.start(SchedulerProgram.spec(tree, "web.1", "exec sleep 1000"));
            before.keep(process.id());
        }
        Path record =
                machine.directory().resolve("processes").resolve(process.id()).resolve("process.json");
        assertThat(Files.getAttribute(record, "unix:mode")).isEqualTo(0100600);
        Files.writeString(
                record, Files.readString(record).replace(dev.slipway.sandbox.ProcessStat.boot(), "another-boot"));
        ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly();
        try (LocalScheduler after = scheduler()) {
            after.recover();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> after.running().stream()
                            .anyMatch(again -> again.state() == Running.State.RUNNING && again.pid() != process.pid()));
        }
    }

    @Test
    void whatBelongsToNobodyIsRemoved() throws Exception {
        try (LocalScheduler before = scheduler()) {
            before.recover();
            Running lost = before.start(SchedulerProgram.spec(tree, "web.1", "exec sleep 1000"));
            dev.slipway.sandbox.PrivateFiles.deleteTree(
                    machine.directory().resolve("processes").resolve(lost.id()));
        }
        try (LocalScheduler after = scheduler()) {
            after.recover();
            assertThat(after.running()).isEmpty();
            assertNothingIsLeft();
        }
    }
}
