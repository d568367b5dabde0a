package dev.slipway.bench;

import dev.slipway.exec.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Carries operations out, and measures each in time, in processor time and in processes. */
final class Stopwatch {

    private final Lab lab;

    Stopwatch(Lab lab) {
        this.lab = lab;
    }

    /**
     * What one operation costs. Processor time and processes of the platform are counted until everything that the operation brought
     * about is over, the replaced processes' end too, which may be long after it returned.
     *
     * @param wall seconds until it returned
     * @param platformCpu seconds of the daemon, of what it started, of nginx and of the app's processes
     * @param clientCpu seconds of the client and of what that started
     */
    record Figures(Spread wall, Spread platformCpu, Spread clientCpu, Spawned platform, Spawned client) {}

    Figures measure(Operation operation) {
        List<Double> wall = new ArrayList<>();
        List<Double> platform = new ArrayList<>();
        List<Double> client = new ArrayList<>();
        for (int run = 0; run <= operation.runs(); run++) {
            prepare(operation);
            double platformBefore = lab.cpu().seconds();
            double clientBefore = CpuMeter.children();
            long begin = System.nanoTime();
            lab.must(operation.command());
            double seconds = (System.nanoTime() - begin) / 1e9;
            double clientSeconds = CpuMeter.children() - clientBefore;
            lab.sandboxed().await(Lab.PROCESSES);
            if (run > 0) {
                wall.add(seconds);
                client.add(clientSeconds);
                platform.add(lab.cpu().seconds() - platformBefore);
            }
        }
        return counted(
                operation,
                new Figures(
                        Spread.of(wall),
                        Spread.of(platform),
                        Spread.of(client),
                        new Spawned(Map.of()),
                        new Spawned(Map.of())));
    }

    private void prepare(Operation operation) {
        operation.preparation().forEach(lab::must);
        lab.sandboxed().await(operation.processes());
    }

    /** Once more, followed by strace, which makes it slow: this run is for counting alone. */
    private Figures counted(Operation operation, Figures figures) {
        prepare(operation);
        Path platform = lab.work("platform.trace");
        Path client = lab.work("client.trace");
        List<Long> pids = List.of(lab.daemon().pid(), lab.nginx());
        try (Background strace = Background.start(Spawned.attaching(platform, pids), Map.of())) {
            pids.forEach(pid -> strace.await("attached"));
            strace.discard();
            lab.must(following(client, operation.command()));
            lab.sandboxed().await(Lab.PROCESSES);
        }
        return new Figures(
                figures.wall(),
                figures.platformCpu(),
                figures.clientCpu(),
                Spawned.attached(platform),
                Spawned.followed(client));
    }

    private static Command following(Path trace, Command command) {
        List<String> argv = new ArrayList<>(Spawned.following(trace));
        argv.addAll(command.argv());
        return new Command(argv, command.environment(), command.directory(), command.input(), command.limit());
    }
}
