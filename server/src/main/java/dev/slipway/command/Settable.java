package dev.slipway.command;

import dev.slipway.deploy.AppProperty;
import dev.slipway.model.App;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code NOUN:set} and {@code NOUN:report} do for a noun whose properties stand in the table of {@link AppProperty}. */
final class Settable {

    private final String noun;

    Settable(String noun) {
        this.noun = noun;
    }

    Verb verb() {
        String names = AppProperty.of(noun).stream().map(AppProperty::property).collect(Collectors.joining(", "));
        return Verb.of(
                noun + ":set",
                Flags.GLOBAL + "|<app> <property> [<value>]",
                "Set or clear a property of an app, or of all with --global: " + names,
                this::set);
    }

    private void set(Call call) {
        AppProperty property = AppProperty.named(noun, call.arguments().one("property"));
        Optional<String> value = call.arguments()
                .optional("value")
                .filter(text -> !text.isEmpty())
                .map(property::check);
        if (call.arguments().has(Flags.GLOBAL)) {
            call.store().setGlobalProperty(property.key(), value);
        } else {
            call.store().update(call.app().name(), app -> app.withProperty(property.key(), value));
        }
        call.step(value.map(text -> "Setting " + property.property() + " to " + text)
                .orElse("Unsetting " + property.property()));
    }

    /** Adds to a report what holds, what is set for all and what is set for the app, in Dokku's labels. */
    void describe(Report report, App app, Map<String, String> global) {
        String first = noun.substring(0, 1).toUpperCase(Locale.ROOT) + noun.substring(1);
        for (AppProperty property : AppProperty.of(noun)) {
            String words = property.property().replace('-', ' ');
            String all = global.getOrDefault(property.key(), "");
            String own = app.property(property.key()).orElse("");
            report.with(
                            first + " computed " + words,
                            own.isEmpty() ? (all.isEmpty() ? property.otherwise() : all) : own)
                    .with(first + " global " + words, all)
                    .with(first + " " + words, own);
        }
    }
}
