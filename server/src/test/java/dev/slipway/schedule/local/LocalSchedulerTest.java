package dev.slipway.schedule.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.TestMachine;
import dev.slipway.model.Limits;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.RestartPolicy;
import dev.slipway.model.SandboxUser;
import dev.slipway.model.UserException;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import dev.slipway.schedule.SchedulerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalSchedulerTest extends SchedulerContract {

    private static final RestartPauses QUICK =
            new RestartPauses(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(10));

    private final TestMachine machine = TestMachine.create();
    private final Path tree = machine.tree("app", "listener.py", LISTENER);
    private Scheduler scheduler = SchedulerProgram.scheduler(machine, QUICK);

    @BeforeEach
    void recover() {
        scheduler.recover();
    }

    @AfterEach
    void clean() {
        scheduler.close();
        machine.close();
    }

    @Override
    protected Scheduler scheduler() {
        return scheduler;
    }

    @Override
    protected Path tree() {
        return tree;
    }

    @Test
    void aNewDaemonAdoptsWhatRuns() throws IOException {
        Running before = startListening("web.1");
        scheduler.keep(before.id());
        scheduler.close();
        scheduler = SchedulerProgram.scheduler(machine, QUICK);
        scheduler.recover();
        assertThat(scheduler.running()).containsExactly(before);
        assertThat(ask(before.address())).isEqualTo("it's \"quoted\"");
        scheduler.stop(before.id(), GRACE);
        assertThat(ProcessHandle.of(before.pid())).isEmpty();
    }

    @Test
    void theUsualDevicesAreThere() throws Exception {
        Running process = scheduler.start(spec(
                "task.1",
                "umask; echo a > /dev/shm/a; cat /dev/shm/a; echo > /dev/null; head -c 1 /dev/urandom | wc -c"));
        scheduler.exit(process.id()).get(10, TimeUnit.SECONDS);
        assertThat(scheduler.lastLines(process.id(), 5)).containsExactly("0022", "a", "1");
    }

    @Test
    void aProcessThatCannotBeStartedLeavesNothing() {
        ProcessSpec lost = new ProcessSpec(
                SHOP,
                ProcessName.parse("web.1"),
                1,
                Path.of("/nowhere"),
                "true",
                Map.of(),
                new SandboxUser(20001),
                Limits.PROCESS,
                RestartPolicy.ON_FAILURE_10);
        assertThatThrownBy(() -> scheduler.start(lost))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("shop.web.1")
                .hasMessageContaining("/nowhere");
        assertThat(scheduler.running()).isEmpty();
        assertThat(machine.sandboxes().present()).isEmpty();
        assertThat(machine.directory().resolve("processes")).isEmptyDirectory();
    }

    @Test
    void outputGoesToBoundedFilesThatOnlyRootReads() throws Exception {
        Running process = scheduler.start(spec("task.1", "echo hello"));
        scheduler.exit(process.id()).get(10, TimeUnit.SECONDS);
        Path logs = machine.directory().resolve("log/apps/shop");
        try (Stream<Path> files = Files.list(logs)) {
            Path log = files.findFirst().orElseThrow();
            assertThat(log.getFileName().toString()).startsWith("task.1.").endsWith(".log");
            assertThat(Files.getAttribute(log, "unix:mode")).isEqualTo(0100600);
        }
        scheduler.stop(process.id(), GRACE);
        assertThat(logs).isNotEmptyDirectory();
    }
}
