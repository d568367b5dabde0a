package dev.slipway.command;

import dev.slipway.model.App;
import java.util.List;
import java.util.Map;

/** {@code app-json}: where the file is by which a repository says how it wants to run. */
final class AppJsonCommands implements Noun {

    private final Settable properties = new Settable("app-json");

    @Override
    public String name() {
        return "app-json";
    }

    @Override
    public String summary() {
        return "Manage app-json settings for an app";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of(
                        "app-json:report",
                        Report.GLOBAL_USAGE,
                        "Show where app.json is for one app or all, or the global setting",
                        this::report),
                properties.verb());
    }

    private void report(Call call) {
        Map<String, String> global = call.store().globalProperties();
        if (call.arguments().has(Flags.GLOBAL)) {
            Report report = new Report("Global app-json information");
            properties.describe(report, global);
            report.print(call);
            return;
        }
        for (App app : call.apps()) {
            Report report = new Report(app.name() + " app-json information");
            properties.describe(report, app, global);
            report.print(call);
        }
    }
}
