package dev.slipway.deploy;

import dev.slipway.console.Console;
import dev.slipway.deploy.appjson.AppJson;
import dev.slipway.deploy.appjson.Variable;
import dev.slipway.model.App;
import dev.slipway.model.Config;
import dev.slipway.model.UserException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.TreeMap;

/** Gives an app the variables that its app.json declares, or refuses it for want of one. */
final class Variables {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Of a generated secret, which is written in twice as many hexadecimal digits. */
    private static final int SECRET_BYTES = 32;

    private Variables() {}

    /**
     * The app's config with what is declared and missing: on the first deploy, for later ones must not bring back what somebody unset.
     *
     * @param global the variables of all apps, which count as set
     * @throws UserException for a required variable without a value, with the line that declares it
     */
    static Config complete(App app, AppJson appJson, Config global, Console console) {
        TreeMap<String, String> changes = new TreeMap<>();
        for (Variable variable : appJson.env()) {
            String name = variable.name();
            boolean set =
                    app.config().values().containsKey(name) || global.values().containsKey(name);
            boolean fill = variable.sync() || (!set && !app.deployed());
            if (fill && variable.value().isPresent()) {
                changes.put(name, variable.value().get());
            } else if (fill && variable.secret()) {
                changes.put(name, secret());
            } else if (!set && variable.required() && variable.value().isEmpty() && !variable.secret()) {
                throw missing(app, variable);
            }
        }
        changes.entrySet()
                .removeIf(
                        change -> change.getValue().equals(app.config().values().get(change.getKey())));
        if (changes.isEmpty()) {
            return app.config();
        }
        console.step("Processing app.json env vars");
        console.step("Setting " + changes.size() + " env var(s) from app.json: " + String.join(", ", changes.keySet()));
        return app.config().with(changes);
    }

    private static UserException missing(App app, Variable variable) {
        String what = variable.description().isBlank()
                ? ""
                : " (" + variable.description().strip() + ")";
        return UserException.invalid(variable.where() + ": required env var " + variable.name() + " has no value" + what
                + ": dokku config:set " + app.name() + " " + variable.name() + "=…");
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
