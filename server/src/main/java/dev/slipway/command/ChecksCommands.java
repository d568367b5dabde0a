package dev.slipway.command;

import dev.slipway.model.App;
import java.util.List;
import java.util.Map;

/** {@code checks}: when new processes may serve and old ones must go. */
final class ChecksCommands implements Noun {

    private final Settable properties = new Settable("checks");

    @Override
    public String name() {
        return "checks";
    }

    @Override
    public String summary() {
        return "Manage zero-downtime settings";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of(
                        "checks:report",
                        Report.GLOBAL_USAGE,
                        "Show the settings of one app or all, or the global ones",
                        this::report),
                properties.verb());
    }

    private void report(Call call) {
        Map<String, String> global = call.store().globalProperties();
        if (call.arguments().has(Flags.GLOBAL)) {
            Report report = new Report("Global checks information");
            properties.describe(report, global);
            report.print(call);
            return;
        }
        for (App app : call.apps()) {
            Report report = new Report(app.name() + " checks information");
            properties.describe(report, app, global);
            report.print(call);
        }
    }
}
