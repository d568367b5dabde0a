package dev.slipway.command;

import dev.slipway.model.App;
import java.util.List;
import java.util.Map;

/** {@code builder}: what makes builds, and of which part of a repository. */
final class BuilderCommands implements Noun {

    private final Settable properties = new Settable("builder");

    @Override
    public String name() {
        return "builder";
    }

    @Override
    public String summary() {
        return "Manage builder settings for an app";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of(
                        "builder:report",
                        Report.GLOBAL_USAGE,
                        "Show how one app or all are built, or the global settings",
                        this::report),
                properties.verb());
    }

    private void report(Call call) {
        Map<String, String> global = call.store().globalProperties();
        if (call.arguments().has(Flags.GLOBAL)) {
            Report report = new Report("Global builder information");
            properties.describe(report, global);
            report.print(call);
            return;
        }
        for (App app : call.apps()) {
            Report report = new Report(app.name() + " builder information");
            String detected = app.release().isPresent() ? "buildpacks" : "";
            properties.describe(report, app, global, Map.of("Builder detected", detected));
            report.print(call);
        }
    }
}
