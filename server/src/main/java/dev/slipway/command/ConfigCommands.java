package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.deploy.Deployer;
import dev.slipway.model.App;
import dev.slipway.model.UserException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code config}: the environment variables of an app. */
final class ConfigCommands implements Noun {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deployer deployer;

    ConfigCommands(Deployer deployer) {
        this.deployer = deployer;
    }

    @Override
    public String name() {
        return "config";
    }

    @Override
    public String summary() {
        return "Manage the environment variables of an app";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of("config", "<app>", "Print the environment variables of an app", this::show),
                Verb.of(
                        "config:show",
                        "<app> [--format <format>]",
                        "Print the environment variables of an app",
                        this::show),
                Verb.of("config:get", "<app> <key> [--quoted]", "Print the value of one variable", this::get),
                Verb.of("config:keys", "<app>", "Print the names of the variables", this::keys),
                Verb.of(
                        "config:set",
                        "<app> <key=value>... [--encoded] [--no-restart]",
                        "Set variables, and restart the app",
                        this::set),
                Verb.of(
                        "config:unset",
                        "<app> <key>... [--no-restart]",
                        "Remove variables, and restart the app",
                        this::unset));
    }

    private void show(Call call) {
        App app = call.app();
        if (call.wantsJson()) {
            call.console().line(json(app.config().values()));
            return;
        }
        call.title(app.name() + " env vars");
        int width = app.config().values().keySet().stream()
                        .mapToInt(String::length)
                        .max()
                        .orElse(0)
                + 3;
        app.config().values().forEach((key, value) -> call.console().line(pad(key + ":", width) + value));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private static String json(Map<String, String> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void get(Call call) {
        String key = call.arguments().one("key");
        String value = call.app().config().values().get(key);
        if (value == null) {
            throw UserException.notFound("No variable " + Words.shown(key) + " is set for " + call.appName());
        }
        call.console().line(call.arguments().has("--quoted") ? "'" + value.replace("'", "'\\''") + "'" : value);
    }

    private void keys(Call call) {
        call.app().config().values().keySet().forEach(call.console()::line);
    }

    private void set(Call call) {
        App app = call.app();
        Map<String, String> changes = new TreeMap<>();
        for (String word : call.arguments().all("key=value")) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw UserException.invalid("Invalid env pair: '" + Words.shown(word) + "': write KEY=VALUE");
            }
            String value = word.substring(equals + 1);
            changes.put(word.substring(0, equals), call.arguments().has("--encoded") ? decoded(value) : value);
        }
        // Checked before a word is printed: a bad name changes nothing and says so alone.
        app.config().with(changes);
        call.step("Setting config vars");
        int width = changes.keySet().stream().mapToInt(String::length).max().orElse(0) + 3;
        changes.forEach((key, value) -> call.console().detail(pad(key + ":", width) + value));
        deployer.changeConfig(app.name(), config -> config.with(changes), restart(call), call.console());
    }

    private static String decoded(String value) {
        try {
            return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw UserException.invalid("A value is not base64, as --encoded says it is: " + e.getMessage());
        }
    }

    private void unset(Call call) {
        App app = call.app();
        List<String> keys = call.arguments().all("key");
        for (String key : keys) {
            if (!app.config().values().containsKey(key)) {
                throw UserException.notFound("No variable " + Words.shown(key) + " is set for " + app.name());
            }
        }
        keys.forEach(key -> call.step("Unsetting " + key));
        deployer.changeConfig(app.name(), config -> config.without(keys), restart(call), call.console());
    }

    private static boolean restart(Call call) {
        return !call.arguments().has("--no-restart");
    }
}
