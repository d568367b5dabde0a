package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.console.Console;
import dev.slipway.model.UserException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a {@code :report} command says of one app: labelled values, as text, as JSON, or one of them alone. */
final class Report {

    /** Values begin at this column at the earliest, as in Dokku. */
    private static final int COLUMN = 31;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String title;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @param title what it is about: {@code shop ps information} */
    Report(String title) {
        this.title = title;
    }

    /** Adds a value, in the order in which they are printed. */
    Report with(String label, Object value) {
        values.put(label, String.valueOf(value));
        return this;
    }

    /** The flags by which a report takes another form. */
    static final String FORMS = "[" + Flags.FORMAT + " <format>] [" + Flags.ANY + "]";

    /** The words by which a report is asked for, behind the command's name. */
    static final String USAGE = "[<app>] " + FORMS;

    /** As above, for a noun that has something to report without an app. */
    static final String GLOBAL_USAGE = "[" + Flags.GLOBAL + "|<app>] " + FORMS;

    /** Prints it in the form that the call's flags ask for. */
    void print(Call call) {
        List<String> single = call.arguments().others(List.of(Flags.FORMAT, Flags.GLOBAL));
        if (single.size() > 1) {
            throw UserException.invalid("Ask for one value at a time, or for all: " + String.join(" ", single));
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
        int longest = values.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        Console console = call.console();
        values.forEach((label, value) -> {
            String padded = label + ":" + " ".repeat(Math.max(COLUMN, longest) - label.length() - 1);
            console.line(("       " + padded + value).stripTrailing());
        });
    }

    private String value(String flag) {
        return values.entrySet().stream()
                .filter(entry -> flag(entry.getKey()).equals(flag))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> UserException.invalid("Invalid flag passed, valid flags: "
                        + String.join(
                                ", ",
                                values.keySet().stream()
                                        .map(Report::flag)
                                        .sorted()
                                        .toList())));
    }

    private static String flag(String label) {
        return "--" + label.toLowerCase(Locale.ROOT).replace(' ', '-').replace('.', '-');
    }

    private String json() {
        Map<String, String> byFlag = new LinkedHashMap<>();
        values.forEach((label, value) -> byFlag.put(flag(label).substring(2), value));
        try {
            return JSON.writeValueAsString(byFlag);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
