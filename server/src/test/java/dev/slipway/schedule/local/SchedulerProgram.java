package dev.slipway.schedule.local;

import dev.slipway.TestMachine;
import dev.slipway.model.AppName;
import dev.slipway.model.Limits;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.RestartPolicy;
import dev.slipway.model.SandboxUser;
import dev.slipway.sandbox.Sandboxes;
import dev.slipway.schedule.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** A daemon for tests to kill: it starts and stops processes without end, and says so. */
final class SchedulerProgram {

    private SchedulerProgram() {}

    static LocalScheduler scheduler(TestMachine machine, RestartPauses pauses) {
        Sandboxes sandboxes = machine.sandboxes();
        sandboxes.prepare();
        Path directory = machine.directory();
        return new LocalScheduler(
                sandboxes,
                new LocalScheduler.Places(directory.resolve("processes"), directory.resolve("log/apps")),
                pauses,
                Clock.systemUTC());
    }

    static ProcessSpec spec(Path tree, String name, String command) {
        return new ProcessSpec(
                new AppName("shop"),
                ProcessName.parse(name),
                1,
                tree,
                command,
                Map.of("PORT", "5000"),
                new SandboxUser(20001),
                Limits.PROCESS,
                RestartPolicy.ON_FAILURE_10);
    }

    /** @param args the directory of the test's machine, and the tree to run */
    public static void main(String[] args) throws IOException {
        TestMachine machine = TestMachine.of(Path.of(args[0]));
        LocalScheduler scheduler = scheduler(machine, RestartPauses.GROWING);
        scheduler.recover();
        for (int number = 1; ; number++) {
            Running kept = scheduler.start(spec(Path.of(args[1]), "web." + number, "exec sleep 1000"));
            scheduler.keep(kept.id());
            System.out.println(kept.id() + " " + kept.pid());
            Running failing = scheduler.start(spec(Path.of(args[1]), "worker." + number, "exit 1"));
            scheduler.keep(failing.id());
            Running stopped = scheduler.start(spec(Path.of(args[1]), "task." + number, "exec sleep 1000"));
            scheduler.stop(stopped.id(), Duration.ofSeconds(1));
        }
    }
}
