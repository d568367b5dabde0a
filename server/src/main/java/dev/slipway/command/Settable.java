package dev.slipway.command;

import dev.slipway.deploy.AppProperty;
import dev.slipway.model.App;
import dev.slipway.model.UserException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What {@code NOUN:set} and {@code NOUN:report} do for a noun whose properties stand in the table of {@link AppProperty}. */
final class Settable {

    /** The words of every {@code NOUN:set}. */
    static final String USAGE = Flags.GLOBAL + "|<app> <property> [<value>]";

    private final String noun;
    private final List<Reported> reported;

    Settable(String noun) {
        this.noun = noun;
        this.reported = AppProperty.of(noun).stream()
                .filter(AppProperty::isReported)
                .map(property -> Reported.of(noun, property))
                .toList();
    }

    Verb verb() {
        return verb(noun + ":set");
    }

    /** As above, for a noun whose {@code :set} does something else. */
    Verb verb(String name) {
        String names = AppProperty.of(noun).stream().map(AppProperty::property).collect(Collectors.joining(", "));
        return Verb.of(name, USAGE, "Set or clear a property of an app, or of all with --global: " + names, this::set);
    }

    void set(Call call) {
        put(
                call,
                AppProperty.named(noun, call.arguments().one("property")),
                call.arguments().optional("value").filter(text -> !text.isEmpty()));
    }

    /** Sets a property of what the call is about, or clears it; the words by which it is asked for were read already. */
    static void put(Call call, AppProperty property, Optional<String> text) {
        Optional<String> value = text.map(property::check);
        if (call.arguments().has(Flags.GLOBAL)) {
            call.store().setGlobalProperty(property.key(), value);
        } else if (property.isForAll()) {
            throw UserException.invalid(property.property() + " holds for all apps or for none: use --global");
        } else {
            call.store().update(call.app().name(), app -> app.withProperty(property.key(), value));
        }
        call.setting(property.property(), value);
    }

    /** The command that tells all of them. */
    Verb reportVerb(String summary) {
        return reportVerb(summary, app -> Map.of());
    }

    /** @param more labelled values of an app that are no properties */
    Verb reportVerb(String summary, Function<App, Map<String, String>> more) {
        return Verb.report(noun + ":report", summary, call -> report(call, more));
    }

    private void report(Call call, Function<App, Map<String, String>> more) {
        Map<String, String> global = call.store().globalProperties();
        Report.print(call, () -> ofAll(global), app -> {
            Report report = new Report(app.name() + " " + noun + " information");
            describe(report, app, global, more.apply(app));
            return report;
        });
    }

    /** Adds to a report what holds, what is set for all and what is set for the app, in Dokku's labels and in their order. */
    void describe(Report report, App app, Map<String, String> global) {
        describe(report, app, global, Map.of());
    }

    private void describe(Report report, App app, Map<String, String> global, Map<String, String> more) {
        TreeMap<String, String> values = new TreeMap<>(more);
        values.putAll(describe(app, global));
        values.forEach(report::with);
    }

    /** As above, for a report that adds some of its own. */
    SortedMap<String, String> describe(App app, Map<String, String> global) {
        TreeMap<String, String> values = new TreeMap<>();
        for (Reported reported : reported) {
            AppProperty property = reported.property();
            values.put(reported.computed(), property.text(app, global));
            values.put(reported.global(), global.getOrDefault(property.key(), ""));
            values.put(reported.own(), app.property(property.key()).orElse(""));
        }
        return values;
    }

    /** What holds without an app. */
    Report ofAll(Map<String, String> global) {
        TreeMap<String, String> values = new TreeMap<>();
        for (Reported reported : reported) {
            values.put(reported.computed(), reported.property().text(global));
            values.put(
                    reported.global(), global.getOrDefault(reported.property().key(), ""));
        }
        Report report = Report.global(noun);
        values.forEach(report::with);
        return report;
    }

    /** A property, and what its three values are called. */
    private record Reported(AppProperty property, String computed, String global, String own) {

        static Reported of(String plugin, AppProperty property) {
            String noun = plugin.replace('-', ' ');
            String words = noun.substring(0, 1).toUpperCase(Locale.ROOT) + noun.substring(1) + " ";
            String name = property.property().replace('-', ' ');
            return new Reported(property, words + "computed " + name, words + "global " + name, words + name);
        }
    }
}
