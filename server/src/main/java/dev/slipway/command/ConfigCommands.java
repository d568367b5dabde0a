package dev.slipway.command;

import dev.slipway.deploy.Deployer;
import dev.slipway.model.Config;
import dev.slipway.model.UserException;
import dev.slipway.model.UserException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** {@code config}: the environment variables of an app, and those that all apps get below their own. */
final class ConfigCommands implements Noun {

    private static final String WHOSE = Flags.GLOBAL + "|<app>";
    private static final String MERGED = "--merged";
    private static final String NO_RESTART = "--no-restart";
    private static final String REPLACE = "--replace";

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
        return "Manage global and app-specific config vars";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of("config", WHOSE + " [--merged]", "Print the variables of an app, or of all apps", this::show),
                Verb.of("config:bundle", WHOSE + " [--merged]", "Write a tar with one file a variable", this::bundle),
                Verb.of(
                        "config:clear",
                        WHOSE + " [--no-restart]",
                        "Remove all variables, restart the app",
                        this::clear),
                Verb.of(
                        "config:export",
                        WHOSE + " [--merged] [--format <format>]",
                        "Print the variables for another program: " + ConfigFormat.names(),
                        this::export),
                Verb.of("config:get", WHOSE + " <key> [--quoted]", "Print the value of one variable", this::get),
                Verb.of(
                        "config:import",
                        WHOSE + " [<file>] [--format <format>] [--replace] [--no-restart]",
                        "Set the variables of a file or of standard input: " + ImportFormat.names(),
                        this::load),
                Verb.of("config:keys", WHOSE + " [--merged]", "Print the names of the variables", this::keys),
                Verb.of(
                        "config:set",
                        WHOSE + " <key=value>... [--encoded] [--no-restart]",
                        "Set variables, restart the app",
                        this::set),
                Verb.of(
                        "config:show",
                        WHOSE + " [--merged] [--format <format>]",
                        "Print the variables of an app, or of all apps",
                        this::show),
                Verb.of(
                        "config:unset",
                        WHOSE + " <key>... [--no-restart]",
                        "Remove variables, restart the app",
                        this::unset));
    }

    private void show(Call call) {
        Config config = readable(call);
        if (call.wantsJson()) {
            call.console().line(ConfigFormat.JSON.text(config));
            return;
        }
        call.title(owner(call) + " env vars");
        ConfigFormat.lines(config.values()).forEach(call.console()::line);
    }

    private void bundle(Call call) {
        byte[] tar = ConfigBundle.of(readable(call));
        write(call, tar);
    }

    private void export(Call call) {
        ConfigFormat format =
                call.arguments().value(Flags.FORMAT).map(ConfigFormat::named).orElse(ConfigFormat.EXPORTS);
        write(call, (format.text(readable(call)) + format.end()).getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Call call, byte[] bytes) {
        try {
            call.console().out().write(bytes);
            call.console().out().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says nothing where there is no such variable: scripts look at the exit code, as they do with Dokku. */
    private void get(Call call) {
        String value = own(call).values().get(call.arguments().one("key"));
        if (value == null) {
            throw UserException.notFound("");
        }
        call.console().line(call.arguments().has("--quoted") ? ConfigFormat.quoted(value) : value);
    }

    private void keys(Call call) {
        readable(call).values().keySet().forEach(call.console()::line);
    }

    private void set(Call call) {
        Map<String, String> changes = new TreeMap<>();
        for (String word : call.arguments().all("key=value")) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw UserException.invalid("Invalid env pair: '" + Words.shown(word) + "': write KEY=VALUE");
            }
            String key = word.substring(0, equals);
            String value = word.substring(equals + 1);
            changes.put(key, call.arguments().has("--encoded") ? decoded(key, value) : value);
        }
        put(call, changes, List.of());
    }

    private static String decoded(String key, String value) {
        try {
            return Utf8.decode(Base64.getDecoder().decode(value), "The value of " + Words.shown(key));
        } catch (IllegalArgumentException e) {
            throw UserException.invalid("The value of " + Words.shown(key)
                    + " is not base64, as --encoded says it is: write KEY=\"$(base64 -w 0 FILE)\"");
        }
    }

    private void load(Call call) {
        Config before = own(call);
        ImportFormat format =
                call.arguments().value(Flags.FORMAT).map(ImportFormat::named).orElse(ImportFormat.ENVFILE);
        Map<String, String> read = format.read(imported(call));
        if (read.isEmpty()) {
            throw UserException.invalid(
                    "There is no variable to import: use config:clear to remove all of them on purpose");
        }
        TreeSet<String> gone = new TreeSet<>();
        if (call.arguments().has(REPLACE)) {
            gone.addAll(before.values().keySet());
            gone.removeAll(read.keySet());
        }
        put(call, read, gone);
    }

    private static String imported(Call call) {
        String file = call.arguments().optional("file").orElse("-");
        if (!file.equals("-")) {
            return LocalFile.read(call, file, "send it on standard input: … config:import APP < FILE");
        }
        try {
            byte[] bytes = call.in().readNBytes(ImportFormat.LARGEST + 1);
            if (bytes.length > ImportFormat.LARGEST) {
                throw UserException.invalid("Standard input is longer than " + ImportFormat.LARGEST + " bytes");
            }
            return Utf8.decode(bytes, "Standard input");
        } catch (IOException e) {
            throw new UserException(Kind.INVALID, "Standard input could not be read: " + e.getMessage(), e);
        }
    }

    /** @param gone what goes with the same change */
    private void put(Call call, Map<String, String> changes, Collection<String> gone) {
        // Checked before a word is printed: a bad name changes nothing and says so alone.
        own(call).without(gone).with(changes);
        gone.forEach(key -> call.step("Unsetting " + key));
        call.step("Setting config vars");
        if (!call.quiet()) {
            ConfigFormat.lines(changes).forEach(call.console()::detail);
        }
        FormerVariables.warn(changes.keySet(), call.console());
        change(call, config -> config.without(gone).with(changes));
    }

    private void unset(Call call) {
        Config config = own(call);
        List<String> keys = call.arguments().all("key").stream().distinct().toList();
        for (String key : keys) {
            if (!config.values().containsKey(key)) {
                throw UserException.notFound("No variable " + Words.shown(key) + " is set for " + owner(call));
            }
        }
        remove(call, keys);
    }

    private void clear(Call call) {
        Config config = own(call);
        if (!config.values().isEmpty()) {
            remove(call, config.values().keySet());
        }
    }

    private void remove(Call call, Collection<String> keys) {
        keys.forEach(key -> call.step("Unsetting " + key));
        change(call, config -> config.without(keys));
    }

    /** What all apps share is there at their next start: changing it restarts none of them. */
    private void change(Call call, UnaryOperator<Config> change) {
        if (global(call)) {
            call.store().updateGlobalConfig(change);
            return;
        }
        deployer.changeConfig(call.app().name(), change, !call.arguments().has(NO_RESTART), call.console());
    }

    private static boolean global(Call call) {
        return call.arguments().has(Flags.GLOBAL);
    }

    private static Config own(Call call) {
        return global(call) ? call.store().globalConfig() : call.app().config();
    }

    /** What the call asks to read: what was set there, or with {@code --merged} what processes get of both. */
    private static Config readable(Call call) {
        return call.arguments().has(MERGED)
                ? call.store().globalConfig().with(own(call).values())
                : own(call);
    }

    private static String owner(Call call) {
        return global(call) ? "global" : call.appName().value();
    }
}
