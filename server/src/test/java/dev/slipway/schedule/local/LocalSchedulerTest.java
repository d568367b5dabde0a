package dev.slipway.schedule.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.TestMachine;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import dev.slipway.schedule.SchedulerContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalSchedulerTest extends SchedulerContract {

    private static final RestartPolicy QUICK =
            new RestartPolicy(3, Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(10));

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

    @Override
    protected int restartsBeforeItGivesUp() {
        return QUICK.most();
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
}
