package dev.slipway.command;

import dev.slipway.deploy.Leaving;
import dev.slipway.deploy.Processes;
import dev.slipway.model.App;
import dev.slipway.model.ProcessName;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What {@code ps:report} says of one app: its settings, each process that serves with its open sockets, and those that only finish what
 * they began.
 */
final class PsReport {

    private final App app;
    private final Scheduler scheduler;
    private final Map<String, Running> running = new TreeMap<>();
    private final List<Leaving> leaving;
    private final Instant now;

    PsReport(App app, Scheduler scheduler, List<Leaving> leaving, Instant now) {
        this.app = app;
        this.scheduler = scheduler;
        this.leaving = leaving;
        this.now = now;
        scheduler.running(app.name()).forEach(process -> this.running.put(process.id(), process));
    }

    /**
     * @param restores whether the app is started with the machine
     * @param settings adds the properties that can be set
     */
    void describe(Report report, boolean restores, Consumer<Report> settings) {
        report.with("Deployed", app.deployed())
                .with("Processes", app.processes().size() + stopped().size())
                .with("Ps can scale", Processes.canScale(app));
        settings.accept(report);
        report.with("Restore", restores && !app.stopped()).with("Running", state());
        app.processes().forEach((name, id) -> {
            report.with("Status " + words(name), status(id));
            report.with("Sockets " + words(name), sockets(id));
        });
        stopped().forEach(name -> report.with("Status " + words(name), "exited"));
        report.with("Draining", String.join("; ", draining()));
    }

    /** Each process that only finishes what it began: its sockets, and the time that is left to it. */
    List<String> draining() {
        return leaving.stream().map(this::draining).toList();
    }

    /** What would run and does not, for {@code ps:stop}; there is no container that could be named. */
    private List<ProcessName> stopped() {
        return app.stopped() && app.deployed() && app.processes().isEmpty()
                ? app.formation().processes()
                : List.of();
    }

    private static String words(ProcessName name) {
        return name.type() + " " + name.number();
    }

    private String state() {
        long up = app.processes().values().stream()
                .map(running::get)
                .filter(process -> process != null && process.state() == Running.State.RUNNING)
                .count();
        if (up == 0) {
            return "false";
        }
        return up == app.formation().processes().size() ? "true" : "mixed";
    }

    /** A process that the scheduler runs no more has exited for good. */
    private String status(String id) {
        Running.State state =
                Optional.ofNullable(running.get(id)).map(Running::state).orElse(Running.State.EXITED);
        String word = switch (state) {
            case RUNNING -> "running";
            case RESTARTING -> "restarting";
            case EXITED -> "exited";
        };
        return word + " (CID: " + shown(id) + ")";
    }

    /** By listening port, those without any left out: {@code 12 (port 5000: 12)}. */
    private String sockets(String id) {
        Map<Integer, Integer> byPort = running.containsKey(id) ? scheduler.connections(id) : Map.of();
        int total = byPort.values().stream().mapToInt(Integer::intValue).sum();
        return byPort.isEmpty()
                ? "0"
                : total + " ("
                        + new TreeMap<>(byPort)
                                .entrySet().stream()
                                        .map(port -> "port " + port.getKey() + ": " + port.getValue())
                                        .collect(Collectors.joining(", "))
                        + ")";
    }

    private String draining(Leaving one) {
        return one.process().name() + ": draining, " + one.sockets() + (one.sockets() == 1 ? " socket, " : " sockets, ")
                + left(Duration.between(now, one.until().deadline())) + " left (v"
                + one.process().release() + ", CID: " + shown(one.process().id()) + ")";
    }

    /** In the largest unit, rounded up: nobody has less time than it says. */
    private static String left(Duration left) {
        long seconds = Math.max(0, left.toSeconds());
        if (seconds <= 60) {
            return seconds + "s";
        }
        long minutes = (seconds + 59) / 60;
        return minutes < 120 ? minutes + "m" : (minutes + 59) / 60 + "h";
    }

    /** The part of an id that tells it from every other; what stands before it is the process's name. */
    private static String shown(String id) {
        return id.substring(id.lastIndexOf('.') + 1);
    }
}
