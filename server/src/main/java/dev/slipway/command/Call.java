package dev.slipway.command;

import dev.slipway.command.Syntax.Arguments;
import dev.slipway.console.Console;
import dev.slipway.exec.Attachment;
import dev.slipway.exec.Runner.Streams;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.UserException;
import dev.slipway.store.Store;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One command being carried out: who called, with which words, and where its answer goes.
 *
 * @param quiet whether headings are left out, for scripts
 */
record Call(Caller caller, Arguments arguments, Console console, Streams streams, Store store, boolean quiet) {

    InputStream in() {
        return streams.in();
    }

    /** The caller's end of a program that is attached to them, with the terminal that they sit at, if there is one. */
    Attachment attachment() {
        caller.terminal().ifPresent(Terminal::passThrough);
        return new Attachment(streams, caller.terminal().map(terminal -> terminal));
    }

    /** The app that the words name; it must exist. */
    App app() {
        return store.app(appName());
    }

    /** The app of a caller's word; it must exist. */
    static App app(Store store, String word) {
        return store.app(name(word));
    }

    AppName appName() {
        return name(arguments.one("app"));
    }

    /** The one app that is named, or all; that there is none at all is said, and is no failure. */
    List<App> apps() {
        Optional<String> named = arguments.optional("app");
        if (named.isPresent()) {
            return List.of(store.app(name(named.get())));
        }
        List<App> all = store.all();
        if (all.isEmpty()) {
            console.warn("You haven't deployed any applications yet");
        }
        return all;
    }

    /** A name that cannot be one is as unknown as any other that is not there: Dokku's scripts test for that exit code. */
    private static AppName name(String word) {
        try {
            return new AppName(word);
        } catch (UserException e) {
            throw UserException.noSuchApp(Words.shown(word));
        }
    }

    /** Runs what reads a great deal and changes nothing: the store is asked for nothing twice, and what is said is written together. */
    void reading(Consumer<Call> action) {
        console.together(lines -> store.atOnce(() -> action.accept(writingTo(lines))));
    }

    /** The same, answered elsewhere. */
    Call writingTo(Console other) {
        return new Call(caller, arguments, other, streams, store, quiet);
    }

    /** Whether {@code --format json} asks for JSON. */
    boolean wantsJson() {
        String format = arguments.value(Flags.FORMAT).orElse("text");
        return switch (format) {
            case "json" -> true;
            case "text", "stdout" -> false;
            default -> throw UserException.invalid("Invalid format " + Words.shown(format) + ": text or json");
        };
    }

    /** A heading that scripts do not want. */
    void title(String text) {
        if (!quiet) {
            console.title(text);
        }
    }

    /** Says which property was given which value, or none. */
    void setting(String property, Optional<String> value) {
        title(value.map(text -> "Setting " + property + " to " + text).orElse("Unsetting " + property));
    }

    void step(String text) {
        if (!quiet) {
            console.step(text);
        }
    }
}
