package dev.slipway.command;

import dev.slipway.model.App;
import java.util.List;
import java.util.Map;

/** {@code scheduler}: what keeps an app's processes running. */
final class SchedulerCommands implements Noun {

    private final Settable properties = new Settable("scheduler");

    @Override
    public String name() {
        return "scheduler";
    }

    @Override
    public String summary() {
        return "Manage what runs the processes of an app";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of(
                        "scheduler:report",
                        Report.GLOBAL_USAGE,
                        "Show the scheduler of one app or all, or the global one",
                        this::report),
                properties.verb());
    }

    private void report(Call call) {
        Map<String, String> global = call.store().globalProperties();
        if (call.arguments().has(Flags.GLOBAL)) {
            Report report = new Report("Global scheduler information");
            properties.describe(report, global);
            report.print(call);
            return;
        }
        for (App app : call.apps()) {
            Report report = new Report(app.name() + " scheduler information");
            properties.describe(report, app, global);
            report.print(call);
        }
    }
}
