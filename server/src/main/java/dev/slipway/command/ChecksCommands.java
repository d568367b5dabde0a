package dev.slipway.command;

import dev.slipway.deploy.ChecksLists;
import dev.slipway.deploy.Processes;
import dev.slipway.model.App;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Release;
import dev.slipway.model.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** {@code checks}: when new processes may serve and old ones must go. */
final class ChecksCommands implements Noun {

    private static final String TYPES = "process-types";

    private final Settable properties = new Settable("checks");
    private final Processes processes;

    ChecksCommands(Processes processes) {
        this.processes = processes;
    }

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
        String usage = "<app> [<" + TYPES + ">]";
        return List.of(
                Verb.of(
                        "checks:disable",
                        usage,
                        "Stop old processes before new ones start, without checks",
                        this::disable),
                Verb.of("checks:enable", usage, "Check new processes before old ones go: the default", this::enable),
                properties.reportVerb("Show the settings of one app or all, or the global ones", ChecksCommands::lists),
                Verb.of("checks:run", usage, "Run the startup checks against the processes that serve", this::run),
                properties.verb(),
                Verb.of("checks:skip", usage, "Let new processes serve without checks", this::skip));
    }

    private void disable(Call call) {
        List<ProcessType> types = types(call);
        change(call, "Disabling zero downtime for", lists -> lists.disable(types));
    }

    private void skip(Call call) {
        List<ProcessType> types = types(call);
        change(call, "Skipping zero downtime for", lists -> lists.skip(types));
    }

    private void enable(Call call) {
        List<ProcessType> types = types(call);
        Set<ProcessType> known = call.app().formation().counts().keySet();
        change(call, "Enabling zero downtime for", lists -> lists.enable(types, known));
    }

    private static void change(Call call, String doing, Function<ChecksLists, ChecksLists> change) {
        App app = call.app();
        call.store()
                .update(
                        app.name(),
                        before -> change.apply(ChecksLists.of(before)).in(before));
        call.step(doing + " app's (" + app.name() + ") proctypes ("
                + call.arguments().optional(TYPES).orElse(ChecksLists.ALL) + ")");
        types(call).stream()
                .filter(type -> app.release()
                        .map(release -> !release.procfile().has(type))
                        .orElse(false))
                .forEach(type ->
                        call.console().warn("The Procfile of " + app.name() + " has no process type " + type + " yet"));
    }

    /** Those of a word such as {@code web,worker}; none at all means every one. */
    private static List<ProcessType> types(Call call) {
        return words(call).stream().map(ProcessType::new).distinct().toList();
    }

    private static List<String> words(Call call) {
        return call.arguments()
                .optional(TYPES)
                .map(text -> List.of(text.split(",", -1)))
                .orElse(List.of());
    }

    private void run(Call call) {
        App app = call.app();
        Release release =
                app.release().orElseThrow(() -> UserException.failed("App " + app.name() + " has not been deployed"));
        call.step("Running pre-flight checks");
        List<ProcessName> chosen = new ArrayList<>();
        words(call).forEach(word -> chosen.addAll(named(word, app, release)));
        processes.check(app, words(call).isEmpty() ? List.copyOf(app.processes().keySet()) : chosen, call.console());
    }

    /** A type stands for all its processes; {@code web.2} for one. */
    private static List<ProcessName> named(String word, App app, Release release) {
        if (word.contains(".")) {
            ProcessName name = ProcessName.parse(word);
            if (!app.processes().containsKey(name)) {
                throw UserException.notFound("Invalid container id specified (" + app.name() + "." + name + ")");
            }
            return List.of(name);
        }
        ProcessType type = new ProcessType(word);
        if (!release.procfile().has(type)) {
            throw UserException.notFound("Invalid process type specified (" + app.name() + "." + type + ")");
        }
        return app.processes().keySet().stream()
                .filter(name -> name.type().equals(type))
                .toList();
    }

    private static Map<String, String> lists(App app) {
        ChecksLists lists = ChecksLists.of(app);
        return Map.of("Checks disabled list", shown(lists.disabled()), "Checks skipped list", shown(lists.skipped()));
    }

    private static String shown(List<String> list) {
        return list.isEmpty() ? "none" : String.join(",", list);
    }
}
