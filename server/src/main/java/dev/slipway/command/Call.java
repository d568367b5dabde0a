package dev.slipway.command;

import dev.slipway.command.Syntax.Arguments;
import dev.slipway.console.Console;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.store.Store;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * One command being carried out: who called, with which words, and where its answer goes.
 *
 * @param quiet whether headings are left out, for scripts
 */
record Call(Caller caller, Arguments arguments, Console console, InputStream in, Store store, boolean quiet) {

    /** The app that the words name; it must exist. */
    App app() {
        return store.app(appName());
    }

    AppName appName() {
        return name(arguments.one("app"));
    }

    /** The one app that is named, or all. */
    List<App> apps() {
        Optional<String> named = arguments.optional("app");
        return named.isPresent()
                ? List.of(store.app(name(named.get())))
                : store.apps().stream().map(store::app).toList();
    }

    /** A name that cannot be one is as unknown as any other that is not there: Dokku's scripts test for that exit code. */
    private static AppName name(String word) {
        try {
            return new AppName(word);
        } catch (dev.slipway.model.UserException e) {
            throw dev.slipway.model.UserException.noSuchApp(printable(word));
        }
    }

    private static String printable(String word) {
        String shown = word.replaceAll("\\p{Cntrl}", "?");
        return shown.length() > 80 ? shown.substring(0, 80) + "…" : shown;
    }

    /** A heading that scripts do not want. */
    void title(String text) {
        if (!quiet) {
            console.title(text);
        }
    }

    void step(String text) {
        if (!quiet) {
            console.step(text);
        }
    }
}
