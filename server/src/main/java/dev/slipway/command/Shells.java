package dev.slipway.command;

import dev.slipway.model.App;
import dev.slipway.model.Config;
import java.util.List;
import java.util.Optional;

/** The shell that a person gets who does not say what to run. */
final class Shells {

    /** An app's config, or that of all, may name another, as in Dokku. */
    private static final String CHOSEN = "DOKKU_APP_SHELL";

    private static final String USUAL = "if command -v bash >/dev/null; then exec bash; else exec sh; fi";

    private Shells() {}

    /** The words that start it. */
    static List<String> of(App app, Config global) {
        return Optional.ofNullable(app.config().values().get(CHOSEN))
                .or(() -> Optional.ofNullable(global.values().get(CHOSEN)))
                .filter(chosen -> !chosen.isBlank())
                .map(List::of)
                .orElse(List.of("sh", "-c", USUAL));
    }
}
