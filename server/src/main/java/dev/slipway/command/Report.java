package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.model.App;
import dev.slipway.model.UserException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a {@code :report} command says of one app: labelled values, as text, as JSON, or one of them alone. */
final class Report {

    /** Values begin at this column at the earliest, as in Dokku. */
    private static final int COLUMN = 31;

    private static final String DETAIL = "       ";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String title;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** @param title what it is about: {@code shop ps information} */
    Report(String title) {
        this.title = title;
    }

    /**
     * One value.
     *
     * @param own the flag that asks for it alone, where that is not its label with hyphens
     */
    private record Entry(String label, Optional<String> own, String value) {

        String flag() {
            return own.orElseGet(() ->
                    "--" + label.toLowerCase(Locale.ROOT).replace(' ', '-').replace('.', '-'));
        }
    }

    /** One of what holds without an app. Dokku titles it in one of three ways, as the noun's plugin is written. */
    static Report global(String noun) {
        String subject = switch (noun) {
            case "domains" -> "Global";
            case "certs", "checks", "git", "nginx" -> "global";
            default -> Flags.GLOBAL;
        };
        return new Report(subject + " " + (noun.equals("certs") ? "ssl" : noun) + " information");
    }

    /** Prints what a call of a {@code :report} asks for: what holds without an app, or the report of one app or of each. */
    static void print(Call call, Supplier<Report> global, Function<App, Report> ofApp) {
        if (call.arguments().has(Flags.GLOBAL)) {
            global.get().print(call);
            return;
        }
        call.apps().forEach(app -> ofApp.apply(app).print(call));
    }

    /** Adds a value, in the order in which they are printed. */
    Report with(String label, Object value) {
        return with(new Entry(label, Optional.empty(), String.valueOf(value)));
    }

    /** As above, for a value whose flag is not its label with hyphens. */
    Report with(String label, String flag, Object value) {
        return with(new Entry(label, Optional.of(flag), String.valueOf(value)));
    }

    private Report with(Entry entry) {
        entries.put(entry.label(), entry);
        return this;
    }

    /** The flags by which a report takes another form. */
    static final String FORMS = "[" + Flags.FORMAT + " <format>] [" + Flags.ANY + "]";

    /** The words by which a report is asked for, behind the command's name. */
    static final String USAGE = "[" + Flags.GLOBAL + "|<app>] " + FORMS;

    /** Prints it in the form that the call's flags ask for. */
    void print(Call call) {
        List<String> single = call.arguments().others(List.of(Flags.FORMAT, Flags.GLOBAL));
        if (single.size() > 1) {
            throw UserException.invalid("Ask for one value at a time, or for all: " + String.join(" ", single));
        }
        if (!single.isEmpty() && call.wantsJson()) {
            throw UserException.invalid("--format flag cannot be specified when specifying an info flag");
        }
        if (!single.isEmpty()) {
            call.console().line(value(single.getFirst()));
        } else if (call.wantsJson()) {
            call.console().line(json());
        } else {
            text(call);
        }
    }

    private void text(Call call) {
        call.title(title);
        int longest = 0;
        for (String label : entries.keySet()) {
            longest = Math.max(longest, label.length());
        }
        int column = DETAIL.length() + Math.max(COLUMN, longest + 2);
        StringBuilder text = new StringBuilder();
        entries.values().forEach(entry -> append(text, entry, column));
        if (!text.isEmpty()) {
            text.setLength(text.length() - 1);
            call.console().line(text.toString());
        }
    }

    /** A line whose value begins at a column; spaces at its end are left out. */
    private static void append(StringBuilder text, Entry entry, int column) {
        int start = text.length();
        text.append(DETAIL).append(entry.label()).append(':');
        text.repeat(' ', start + column - text.length()).append(entry.value());
        int end = text.length();
        while (Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        text.setLength(end);
        text.append('\n');
    }

    private String value(String flag) {
        return entries.values().stream()
                .filter(entry -> entry.flag().equals(flag))
                .map(Entry::value)
                .findFirst()
                .orElseThrow(() -> UserException.invalid("Invalid flag passed, valid flags: "
                        + entries.values().stream().map(Entry::flag).sorted().collect(Collectors.joining(", "))));
    }

    /** Each value by its flag, and by its flag without the noun: Dokku 0.38 gives both, as its plugins once gave the one or the other. */
    private String json() {
        String noun = title.replaceFirst(" information$", "").replaceFirst("^\\S+ ", "");
        String prefix = noun.replace(' ', '-') + "-";
        Map<String, String> byKey = new TreeMap<>();
        entries.values().forEach(entry -> {
            String key = entry.flag().substring(2);
            byKey.put(key, entry.value());
            if (key.startsWith(prefix)) {
                byKey.put(key.substring(prefix.length()), entry.value());
            }
        });
        try {
            return JSON.writeValueAsString(byKey);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
