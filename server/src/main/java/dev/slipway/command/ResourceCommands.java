package dev.slipway.command;

import dev.slipway.deploy.Resource;
import dev.slipway.model.App;
import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code resource}: what processes may use, and what they should have. */
final class ResourceCommands implements Noun {

    private static final String TYPE = "--process-type";
    private static final String PREFIX = "resource.";
    private static final String CLEAR = "clear";

    /** What Dokku has and nothing here could enforce. */
    private static final List<String> NOT_HERE =
            List.of("--memory-swap", "--network", "--network-ingress", "--network-egress", "--nvidia-gpu");

    private static final String VALUES =
            "[--cpu <cpu>] [--memory <memory>] [--memory-swap <memory>] [--network <network>]"
                    + " [--network-ingress <network>] [--network-egress <network>] [--nvidia-gpu <count>] [" + TYPE
                    + " <type>] <app>";

    private static final String CLEARING = "[" + TYPE + " <type>] <app>";

    @Override
    public String name() {
        return "resource";
    }

    @Override
    public String summary() {
        return "Manage resource settings for an app";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of(
                        "resource:limit",
                        VALUES,
                        "Show or set what processes may use, from their next start on",
                        call -> change(call, Resource.Kind.LIMIT)),
                Verb.of("resource:limit-clear", CLEARING, "Clear limits", call -> clear(call, Resource.Kind.LIMIT)),
                Verb.report("resource:report", "Show the resource settings of one app or all", this::report),
                Verb.of(
                        "resource:reserve",
                        VALUES,
                        "Show or note what processes should have; one machine gives what it has",
                        call -> change(call, Resource.Kind.RESERVE)),
                Verb.of(
                        "resource:reserve-clear",
                        CLEARING,
                        "Clear reservations",
                        call -> clear(call, Resource.Kind.RESERVE)));
    }

    private static String noun(Resource.Kind kind) {
        return switch (kind) {
            case LIMIT -> "limits";
            case RESERVE -> "reservation";
        };
    }

    private static Optional<String> type(Call call) {
        return call.arguments().value(TYPE).map(text -> new ProcessType(text).value());
    }

    private static void change(Call call, Resource.Kind kind) {
        App app = call.app();
        String type = type(call).orElse(Resource.DEFAULT);
        NOT_HERE.stream().filter(call.arguments()::has).findFirst().ifPresent(flag -> {
            throw UserException.invalid(flag + " cannot be enforced by this server: --cpu and --memory can");
        });
        Map<String, String> values = new TreeMap<>();
        for (Resource resource : Resource.values()) {
            call.arguments()
                    .value("--" + resource.word())
                    .ifPresent(text -> values.put(resource.word(), text.equals(CLEAR) ? CLEAR : resource.check(text)));
        }
        if (values.isEmpty()) {
            show(call, app, type, kind);
            return;
        }
        call.title("Setting resource " + noun(kind) + " for " + app.name() + suffix(call));
        call.store().update(app.name(), before -> with(before, values, type, kind));
        values.forEach((resource, value) ->
                call.console().detail(resource + ": " + (value.equals(CLEAR) ? "cleared" : value)));
    }

    private static App with(App before, Map<String, String> values, String type, Resource.Kind kind) {
        App after = before;
        for (Resource resource : Resource.values()) {
            String value = values.get(resource.word());
            if (value != null) {
                after = after.withProperty(
                        resource.key(type, kind), Optional.of(value).filter(text -> !text.equals(CLEAR)));
            }
        }
        return after;
    }

    private static String suffix(Call call) {
        return type(call).map(type -> " (" + type + ")").orElse("");
    }

    private static void show(Call call, App app, String type, Resource.Kind kind) {
        call.title("resource " + noun(kind) + " " + app.name() + " information"
                + (type.equals(Resource.DEFAULT) ? " [defaults]" : " (" + type + ")"));
        for (Resource resource : Resource.values()) {
            String value = app.property(resource.key(type, kind)).orElse("");
            call.console().detail((resource.word() + ": " + value).stripTrailing());
        }
    }

    /** Without a type those of all types, the defaults too. */
    private static void clear(Call call, Resource.Kind kind) {
        App app = call.app();
        Optional<String> type = type(call);
        call.title("clearing " + app.name() + " " + noun(kind) + suffix(call));
        call.store().update(app.name(), before -> {
            App after = before;
            for (String key : before.properties().keySet()) {
                if (isOf(key, type, kind)) {
                    after = after.withProperty(key, Optional.empty());
                }
            }
            return after;
        });
    }

    private static boolean isOf(String key, Optional<String> type, Resource.Kind kind) {
        for (Resource resource : Resource.values()) {
            String own = type.orElseGet(() -> key.startsWith(PREFIX) ? key.split("\\.", 3)[1] : "");
            if (key.equals(resource.key(own, kind))) {
                return true;
            }
        }
        return false;
    }

    private void report(Call call) {
        Report.print(call, () -> Report.global("resource"), app -> {
            Report report = new Report(app.name() + " resource information");
            app.properties().forEach((key, value) -> {
                if (key.startsWith(PREFIX)) {
                    String name = key.substring(PREFIX.length());
                    report.with("Resource " + name.replace('.', ' '), "--resource-" + name, value);
                }
            });
            return report;
        });
    }
}
