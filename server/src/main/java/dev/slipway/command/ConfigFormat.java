package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.model.Config;
import dev.slipway.model.UserException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How {@code config:export} writes variables, by the names and in the forms that Dokku has for them. */
enum ConfigFormat {
    EXPORTS("exports", joined("\n", (key, value) -> "export " + key + "=" + quoted(value))),
    ENVFILE("envfile", joined("\n", (key, value) -> key + "=\"" + escaped(value) + "\"")),
    DOCKER_ARGS("docker-args", joined(" ", (key, value) -> "--env=" + key + "=" + quoted(value))),
    DOCKER_ARGS_KEYS("docker-args-keys", joined(" ", (key, value) -> "--env=" + key)),
    PACK_KEYS("pack-keys", joined(" ", (key, value) -> "--env " + key)),
    SHELL("shell", joined(" ", (key, value) -> key + "=" + quoted(value))),
    PRETTY("pretty", values -> String.join("\n", lines(values))),
    JSON("json", ConfigFormat::json),
    JSON_LIST(
            "json-list",
            values -> json(values.entrySet().stream().map(ConfigFormat::named).toList()));

    /** One variable in a form. */
    private interface Pair {

        String text(String key, String value);
    }

    private final String word;
    /** Without state, which its type cannot say. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<Map<String, String>, String> form;

    ConfigFormat(String word, Function<Map<String, String>, String> form) {
        this.word = word;
        this.form = form;
    }

    /** @throws UserException that lists the names there are */
    static ConfigFormat named(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst()
                .orElseThrow(
                        () -> UserException.invalid("Unknown export format: " + Words.shown(word) + ": " + names()));
    }

    static String names() {
        return Arrays.stream(values()).map(format -> format.word).collect(Collectors.joining(", "));
    }

    String text(Config config) {
        return form.apply(config.values());
    }

    /** What ends it: a blank after the one line that is pasted before a command, else a line's end. */
    String end() {
        return this == SHELL ? " " : "\n";
    }

    /** As one word of a POSIX shell. */
    static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }

    /** In two columns, in the order of the map. */
    static List<String> lines(Map<String, String> values) {
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0) + 3;
        return values.entrySet().stream()
                .map(variable -> variable.getKey() + ":"
                        + " ".repeat(width - variable.getKey().length() - 1)
                        + variable.getValue())
                .toList();
    }

    private static Function<Map<String, String>, String> joined(String separator, Pair pair) {
        return values -> values.entrySet().stream()
                .map(variable -> pair.text(variable.getKey(), variable.getValue()))
                .collect(Collectors.joining(separator));
    }

    /** Within double quotes of a file that dotenv programs read, {@link ImportFormat#ENVFILE} included. */
    private static String escaped(String value) {
        return value.replaceAll("[\\\\\"!$`]", "\\\\$0").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static Map<String, String> named(Map.Entry<String, String> variable) {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("name", variable.getKey());
        named.put("value", variable.getValue());
        return named;
    }

    private static String json(Object value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
