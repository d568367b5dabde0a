package dev.slipway.command;

import static java.util.Map.entry;

import dev.slipway.console.Console;
import java.util.Collection;
import java.util.Map;

/** The variables that were settings in earlier versions of Dokku, and what has taken their place: a script that still sets one is told. */
final class FormerVariables {

    private static final String HEALTHCHECKS = "healthchecks in app.json";
    private static final Map<String, String> SUCCESSORS = Map.ofEntries(
            entry("DOKKU_APP_RESTORE", "ps:set APP restore true|false"),
            entry("DOKKU_CHECKS_ATTEMPTS", HEALTHCHECKS),
            entry("DOKKU_CHECKS_DISABLED", "checks:disable APP [TYPE,...]"),
            entry("DOKKU_CHECKS_ENABLED", "checks:enable APP [TYPE,...]"),
            entry("DOKKU_CHECKS_SKIPPED", "checks:skip APP [TYPE,...]"),
            entry("DOKKU_CHECKS_TIMEOUT", HEALTHCHECKS),
            entry("DOKKU_CHECKS_WAIT", HEALTHCHECKS),
            entry("DOKKU_DISABLE_APP_AUTOCREATION", "apps:set --global disable-autocreation true|false"),
            entry("DOKKU_DISABLE_PROXY", "proxy:disable APP"),
            entry("DOKKU_PROXY_PORT", "ports:set APP SCHEME:PORT:PORT..."),
            entry("DOKKU_PROXY_PORT_MAP", "ports:set APP SCHEME:PORT:PORT..."),
            entry("DOKKU_PROXY_SSL_PORT", "ports:set APP SCHEME:PORT:PORT..."),
            entry("DOKKU_SKIP_ALL_CHECKS", "checks:skip APP"),
            entry("DOKKU_SKIP_DEFAULT_CHECKS", "checks:skip APP"),
            entry("DOKKU_START_CMD", "a Procfile"),
            entry("DOKKU_WAIT_TO_RETIRE", "checks:set APP wait-to-retire SECONDS"));

    private FormerVariables() {}

    /** They are set all the same: a process may read them. */
    static void warn(Collection<String> keys, Console console) {
        keys.stream()
                .filter(SUCCESSORS::containsKey)
                .forEach(key -> console.warn(key + " changes nothing but the config: use " + SUCCESSORS.get(key)));
    }
}
