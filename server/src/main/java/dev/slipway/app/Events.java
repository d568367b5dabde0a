package dev.slipway.app;

import dev.slipway.deploy.Renaming;
import dev.slipway.logs.EventLog;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Release;
import dev.slipway.schedule.Change;
import dev.slipway.schedule.Running;
import dev.slipway.store.Store;
import dev.slipway.store.Watcher;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes down what happens to the apps: whatever is settled in the store, whoever settled it, and what becomes of processes. Of config and
 * properties the names, never the values.
 */
public final class Events implements Watcher {

    /** Among the global properties. */
    private static final String OFF = "events.off";

    /** What is written down, under the names that Dokku has for it where it has one. */
    public static final List<String> NAMES = List.of(
            "deploy-failed",
            "post-app-rename",
            "post-certs-remove",
            "post-certs-update",
            "post-config-update",
            "post-create",
            "post-delete",
            "post-deploy",
            "post-domains-update",
            "post-ports-update",
            "post-property-set",
            "post-restart",
            "post-routes-update",
            "post-scale",
            "post-start",
            "post-stop",
            "process-exited",
            "process-restarted");

    private final Store store;
    private final EventLog log;
    private final Clock clock;

    public Events(Store store, EventLog log, Clock clock) {
        this.store = store;
        this.log = log;
        this.clock = clock;
    }

    public boolean enabled() {
        return !store.globalProperties().containsKey(OFF);
    }

    public void enable(boolean on) {
        store.setGlobalProperty(OFF, on ? Optional.empty() : Optional.of("true"));
    }

    public EventLog log() {
        return log;
    }

    private void tell(String event, AppName app, Object... words) {
        if (enabled()) {
            StringBuilder line =
                    new StringBuilder(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + event + "( " + app);
            for (Object word : words) {
                line.append(' ').append(word);
            }
            log.append(line + " )");
        }
    }

    /** A deploy whose processes did not come up. */
    public void failed(AppName app, int release) {
        tell("deploy-failed", app, "v" + release);
    }

    /** What a process did without anybody asking for it. */
    public void process(Change change) {
        switch (change) {
            case Change.Exited(Running process, int code) ->
                tell("process-exited", process.app(), process.name(), code);
            case Change.Restarted(Running process) -> tell("process-restarted", process.app(), process.name());
        }
    }

    @Override
    public void certificate(AppName app, boolean there) {
        tell(there ? "post-certs-update" : "post-certs-remove", app);
    }

    @Override
    public void app(Optional<App> before, Optional<App> after) {
        if (before.isEmpty()) {
            after.ifPresent(app -> tell("post-create", app.name()));
        } else if (after.isEmpty()) {
            tell("post-delete", before.get().name());
        } else {
            changed(before.get(), after.get());
        }
    }

    private void changed(App before, App after) {
        AppName name = after.name();
        if (!before.name().equals(name)) {
            tell("post-app-rename", before.name(), name);
        }
        Set<String> config = differing(before.config().values(), after.config().values());
        config.remove(Release.REVISION_VARIABLE);
        if (!config.isEmpty()) {
            tell("post-config-update", name, words(config));
        }
        if (!before.domains().equals(after.domains())) {
            tell("post-domains-update", name, words(after.domains()));
        }
        if (!before.ports().equals(after.ports())) {
            tell("post-ports-update", name, words(after.ports()));
        }
        if (!before.routes().equals(after.routes())) {
            tell("post-routes-update", name, after.routes().size());
        }
        Set<String> properties = differing(before.properties(), after.properties());
        properties.remove(Renaming.UNFINISHED);
        properties.remove(Renaming.FORMER);
        if (!properties.isEmpty()) {
            tell("post-property-set", name, words(properties));
        }
        running(before, after);
    }

    private void running(App before, App after) {
        AppName name = after.name();
        if (!before.formation().equals(after.formation()) && after.deployed()) {
            tell("post-scale", name, scale(after));
        }
        if (!before.release().equals(after.release()) && after.release().isPresent()) {
            Release release = after.release().get();
            if (before.release().map(Release::number).orElse(0) != release.number()) {
                tell("post-deploy", name, "v" + release.number(), release.revision());
            }
        } else if (before.stopped() != after.stopped()) {
            tell(after.stopped() ? "post-stop" : "post-start", name);
        } else if (!before.processes().isEmpty()
                && before.processes().keySet().equals(after.processes().keySet())
                && !before.processes().equals(after.processes())) {
            tell("post-restart", name);
        }
    }

    private static String scale(App app) {
        return app.formation().counts().entrySet().stream()
                .map((Map.Entry<ProcessType, Integer> type) -> type.getKey() + "=" + type.getValue())
                .collect(Collectors.joining(" "));
    }

    private static Set<String> differing(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        return names;
    }

    private static String words(Iterable<?> values) {
        StringBuilder words = new StringBuilder();
        values.forEach(value -> words.append(words.isEmpty() ? "" : " ").append(value));
        return words.toString();
    }
}
