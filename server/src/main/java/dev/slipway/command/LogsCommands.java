package dev.slipway.command;

import dev.slipway.logs.AppLogs;
import dev.slipway.logs.LogEntry;
import dev.slipway.logs.LogFilter;
import dev.slipway.model.App;
import dev.slipway.model.UserException;
import java.util.List;
import java.util.concurrent.CancellationException;

/** {@code logs}: what an app's processes print. */
final class LogsCommands implements Noun {

    static final int USUAL = 100;
    private static final int MOST = 100_000;

    private final AppLogs logs;

    LogsCommands(AppLogs logs) {
        this.logs = logs;
    }

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public String summary() {
        return "Show what the processes of an app print";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(Verb.of(
                "logs",
                "<app> [-t|--tail] [-n|--num <count>] [-p|--ps <process>] [-q|--no-prefix]",
                "Show the last lines of an app's processes; -t goes on, -p takes a type or one process",
                this::show));
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
        call.console().line(call.arguments().has("--no-prefix") ? entry.text() : entry.toString());
        if (call.console().deserted()) {
            throw new CancellationException("nobody reads any more");
        }
    }
}
