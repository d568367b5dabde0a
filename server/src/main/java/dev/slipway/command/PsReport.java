package dev.slipway.command;

import dev.slipway.deploy.Deployer;
import dev.slipway.model.App;
import dev.slipway.model.ProcessName;
import dev.slipway.schedule.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@code ps:report} says of one app: its settings, each process that serves, and those that only finish what they began. */
final class PsReport {

    private static final String TIMEOUT = "ps.stop-timeout-seconds";

    private final App app;
    private final Map<String, Running> running = new TreeMap<>();
    private final List<Running> retiring;

    /** @param running every process of the app that the scheduler knows */
    PsReport(App app, List<Running> running, List<Running> retiring) {
        this.app = app;
        this.retiring = retiring;
        running.forEach(process -> this.running.put(process.id(), process));
    }

    Report report() {
        String timeout = app.property(TIMEOUT).orElse("");
        Report report = new Report(app.name() + " ps information")
                .with("Deployed", app.deployed())
                .with("Processes", app.processes().size())
                .with("Ps can scale", Deployer.canScale(app))
                .with("Ps computed procfile path", "Procfile")
                .with("Ps computed restart policy", "on-failure:10")
                .with("Ps computed stop timeout seconds", timeout.isEmpty() ? "30" : timeout)
                .with("Ps stop timeout seconds", timeout)
                .with("Restore", !app.stopped())
                .with("Running", state());
        app.processes().forEach((name, id) -> report.with("Status " + words(name), status(id)));
        retiringByName().forEach((name, ones) -> report.with("Retiring " + words(name), String.join(", ", ones)));
        return report;
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
        return word + " (" + shown(id) + ")";
    }

    /** The part of an id that tells it from every other; what stands before it is the process's name. */
    private static String shown(String id) {
        return "CID: " + id.substring(id.lastIndexOf('.') + 1);
    }

    private SortedMap<ProcessName, List<String>> retiringByName() {
        SortedMap<ProcessName, List<String>> byName = new TreeMap<>();
        retiring.forEach(process -> byName.computeIfAbsent(process.name(), name -> new ArrayList<>())
                .add("v" + process.release() + " (" + shown(process.id()) + ")"));
        return byName;
    }
}
