package dev.slipway.command;

import dev.slipway.model.App;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** {@code report}: everything that there is to report, at once; for somebody who is asked for help. */
final class ReportCommands implements Noun {

    /** Of all reports of an app, in bytes. */
    private static final int USUAL_SIZE = 16 * 1024;

    private final String version;
    private final Supplier<Collection<Verb>> verbs;

    /** @param verbs all commands, this one included */
    ReportCommands(String version, Supplier<Collection<Verb>> verbs) {
        this.version = version;
        this.verbs = verbs;
    }

    @Override
    public String name() {
        return "report";
    }

    @Override
    public String summary() {
        return "Show all reports of one app or all, and of the machine";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(Verb.of(
                "report",
                "[" + Flags.GLOBAL + "|<app>]",
                "Show all reports of one app or all, or what holds for all",
                call -> call.reading(this::report)));
    }

    private void report(Call call) {
        boolean global = call.arguments().has(Flags.GLOBAL);
        List<App> apps = global ? List.of() : call.apps();
        List<Verb> reports = reports();
        machine(call);
        if (global) {
            reports.stream()
                    .filter(verb -> verb.syntax().takes(Flags.GLOBAL))
                    .forEach(verb -> run(verb, Flags.GLOBAL, call));
        }
        apps.parallelStream().map(app -> together(app, reports, call)).forEachOrdered(call.console()::bytes);
    }

    /** What all reports say of one app; hundreds of apps keep all processors busy. */
    private static byte[] together(App app, List<Verb> reports, Call call) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(USUAL_SIZE);
        Call gathering = call.writingTo(call.console().into(text));
        gathering.reading(of -> reports.forEach(verb -> run(verb, app.name().value(), of)));
        return text.toByteArray();
    }

    private void machine(Call call) {
        Runtime runtime = Runtime.getRuntime();
        new Report("Slipway information")
                .with("Slipway version", version)
                .with("Java version", Runtime.version())
                .with("Processors", runtime.availableProcessors())
                .with(
                        "Daemon memory",
                        (runtime.totalMemory() - runtime.freeMemory()) / (1024 * 1024) + " MiB of "
                                + runtime.maxMemory() / (1024 * 1024) + " MiB")
                .with("Apps", call.store().apps().size())
                .print(plain(call, List.of(), Syntax.of("report")));
    }

    /** Every command that reports on an app by its name alone. */
    private List<Verb> reports() {
        return verbs.get().stream()
                .filter(verb -> verb.name().endsWith(":report") && verb.syntax().takes(Flags.FORMAT))
                .toList();
    }

    private static void run(Verb verb, String word, Call call) {
        verb.action().run(plain(call, List.of(word), verb.syntax()));
    }

    private static Call plain(Call call, List<String> words, Syntax syntax) {
        return new Call(
                call.caller(),
                syntax.read(new ArrayList<>(words)),
                call.console(),
                call.streams(),
                call.store(),
                call.quiet());
    }
}
