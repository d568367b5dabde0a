package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.model.AppName;
import dev.slipway.model.OneOff;
import dev.slipway.model.ProcessName;
import dev.slipway.model.UserException;
import dev.slipway.schedule.Running;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One-offs as Dokku's commands name and list them: {@code shop.run.1234}. */
final class Containers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LEAST_NAME = 24;
    private static final DateTimeFormatter CREATED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss '+0000 UTC'").withZone(ZoneOffset.UTC);

    private Containers() {}

    static String name(Running process) {
        return process.app() + "." + process.name();
    }

    /** The one-offs that words are about: one of them, or all of an app. */
    record Choice(AppName app, Optional<ProcessName> process) {

        String shown() {
            return app + process.map(name -> "." + name).orElse("");
        }
    }

    /** Reads an app, a container's name, or both. */
    static Choice choice(Call call, String flag) {
        Optional<String> container = call.arguments().value(flag);
        Optional<String> app = call.arguments().optional("app");
        if (container.isEmpty()) {
            if (app.isEmpty()) {
                throw UserException.invalid("No container or app specified");
            }
            return new Choice(call.app().name(), Optional.empty());
        }
        Choice choice = parse(container.get());
        if (app.isPresent() && !app.get().equals(choice.app().value())) {
            throw UserException.invalid("Specified app does not match the app in the container name");
        }
        return new Choice(call.store().app(choice.app()).name(), choice.process());
    }

    private static Choice parse(String container) {
        String[] parts = container.split("\\.", -1);
        if (parts.length < 3) {
            throw UserException.invalid("Invalid container name specified: " + Words.shown(container));
        }
        String type = parts[parts.length - 2];
        String number = parts[parts.length - 1];
        if (!type.equals("run") && !type.equals("cron")) {
            throw UserException.invalid("Specified container must be a run container");
        }
        int name = container.length() - type.length() - number.length() - 2;
        try {
            return new Choice(
                    new AppName(container.substring(0, name)), Optional.of(ProcessName.parse(type + "." + number)));
        } catch (UserException e) {
            throw UserException.invalid("Invalid container name specified: " + Words.shown(container));
        }
    }

    static String json(List<Running> all) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Running process : all) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("name", name(process));
            row.put("state", "running");
            row.put("command", "\"" + shown(process) + "\"");
            row.put("created_at", CREATED.format(process.startedAt()));
            rows.add(row);
        }
        try {
            return JSON.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shown(Running process) {
        return Words.shown(process.oneOff().map(OneOff::shown).orElse(""));
    }

    /** In columns that are as wide as they have to be, headed. */
    static List<String> table(List<Running> all, Instant now) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("NAMES", "COMMAND", "CREATED")));
        all.forEach(process -> rows.add(
                List.of(name(process), "\"" + shown(process) + "\"", ago(Duration.between(process.startedAt(), now)))));
        int names = width(rows, 0, LEAST_NAME);
        int commands = width(rows, 1, 0);
        return rows.stream()
                .map(row -> ("%-" + names + "s%-" + commands + "s%s").formatted(row.toArray()))
                .toList();
    }

    private static int width(List<List<String>> rows, int column, int least) {
        int longest =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.max(least, longest + 3);
    }

    /** As Docker says it. */
    static String ago(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 1) {
            return "Less than a second ago";
        } else if (seconds < 60) {
            return seconds == 1 ? "1 second ago" : seconds + " seconds ago";
        } else if (seconds < 120) {
            return "About a minute ago";
        } else if (seconds < 3_600) {
            return seconds / 60 + " minutes ago";
        } else if (seconds < 7_200) {
            return "About an hour ago";
        }
        return seconds / 3_600 + " hours ago";
    }
}
