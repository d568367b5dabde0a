package dev.slipway.command;

import dev.slipway.model.App;
import dev.slipway.model.UserException;
import java.util.List;
import java.util.Optional;

/** {@code checks}: when new processes may serve and old ones must go. */
final class ChecksCommands implements Noun {

    private static final String DRAIN_TIMEOUT = "drain-timeout";

    @Override
    public String name() {
        return "checks";
    }

    @Override
    public String summary() {
        return "Manage zero-downtime settings";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of("checks:report", Report.USAGE, "Show the settings of one app or all", this::report),
                Verb.of(
                        "checks:set",
                        "<app> <property> [<value>]",
                        "Set or clear a property: drain-timeout",
                        this::set));
    }

    private void set(Call call) {
        App app = call.app();
        String property = call.arguments().one("property");
        if (!property.equals(DRAIN_TIMEOUT)) {
            throw UserException.invalid("Invalid property specified, valid properties include: " + DRAIN_TIMEOUT);
        }
        Optional<String> value = call.arguments().optional("value").filter(text -> !text.isEmpty());
        value.ifPresent(text -> {
            if (!text.matches("[0-9]{1,6}")) {
                throw UserException.invalid(DRAIN_TIMEOUT + " must be a whole number of seconds");
            }
        });
        call.store().update(app.name(), before -> before.withProperty("checks." + property, value));
        call.step(value.map(text -> "Setting " + property + " to " + text).orElse("Unsetting " + property));
    }

    private void report(Call call) {
        for (App app : call.apps()) {
            String timeout = app.property("checks." + DRAIN_TIMEOUT).orElse("");
            new Report(app.name() + " checks information")
                    .with("Checks computed drain timeout", timeout.isEmpty() ? "600" : timeout)
                    .with("Checks drain timeout", timeout)
                    .print(call);
        }
    }
}
