package dev.slipway.command;

import dev.slipway.logs.AppLogs;
import dev.slipway.logs.FailedLogs;
import dev.slipway.logs.LogEntry;
import dev.slipway.logs.LogFilter;
import dev.slipway.model.App;
import dev.slipway.model.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** {@code logs}: what an app's processes print. */
final class LogsCommands implements Noun {

    static final int USUAL = 100;
    private static final int MOST = 100_000;

    /** Dokku's shipper of logs, which runs in a container. */
    private static final String VECTOR = "vector-";

    /** Dokku's labels for what is not here, so that scripts find them. */
    private static final Map<String, String> NO_VECTOR =
            Map.of("Logs global vector sink", "", "Logs vector global image", "", "Logs vector sink", "");

    private final Settable properties = new Settable("logs");
    private final AppLogs logs;
    private final FailedLogs failed;

    LogsCommands(AppLogs logs, FailedLogs failed) {
        this.logs = logs;
        this.failed = failed;
    }

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public String summary() {
        return "Manage log integration for an app";
    }

    @Override
    public List<Verb> verbs() {
        Verb set = properties.verb();
        return List.of(
                Verb.of(
                        "logs",
                        "<app> [-t|--tail] [-n|--num <count>] [-p|--ps <process>] [-q|--no-prefix]",
                        "Show the last lines of an app's processes; -t goes on, -p takes a type or one process",
                        this::show),
                Verb.of(
                        "logs:failed",
                        "[--all|<app>]",
                        "Show what the processes of the last failed deploy printed",
                        this::failed),
                properties.reportVerb(
                        "Show how the logs of one app or all are kept, or what holds for all", app -> NO_VECTOR),
                Verb.of(set.name(), Settable.USAGE, set.summary(), this::set));
    }

    private void show(Call call) {
        App app = call.app();
        LogFilter filter = call.arguments().value("--ps").map(LogFilter::parse).orElse(LogFilter.ALL);
        int most = call.arguments().value("--num").map(LogsCommands::count).orElse(USUAL);
        if (call.arguments().has("--tail")) {
            logs.follow(app.name(), filter, most, entry -> print(call, entry));
        } else {
            List<LogEntry> entries = logs.tail(app.name(), filter, most);
            if (entries.isEmpty() && !app.deployed()) {
                throw UserException.notFound("App " + app.name() + " has not been deployed");
            }
            entries.forEach(entry -> print(call, entry));
        }
    }

    static int count(String text) {
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) > MOST) {
            throw UserException.invalid("Invalid number of lines " + Words.shown(text) + ": 0 to " + MOST);
        }
        return Integer.parseInt(text);
    }

    static void print(Call call, LogEntry entry) {
        boolean alone = call.quiet() || call.arguments().has("--no-prefix");
        call.console().line(alone ? entry.text() : entry.toString());
        if (call.console().deserted()) {
            throw new CancellationException("nobody reads any more");
        }
    }

    private void failed(Call call) {
        for (App app : call.apps()) {
            Optional<List<String>> lines = failed.of(app.name());
            call.title(app.name() + " failed deploy logs");
            if (lines.isEmpty()) {
                call.console().detail("No deploy of " + app.name() + " failed that started processes");
            }
            lines.orElse(List.of()).forEach(call.console()::line);
        }
    }

    private void set(Call call) {
        String property = call.arguments().one("property");
        if (property.startsWith(VECTOR)) {
            throw UserException.invalid("Vector is not part of Slipway: have an agent of your own read the files below"
                    + " log/apps/APP in the data directory, or follow an app with logs -t");
        }
        properties.set(call);
    }
}
