package dev.slipway.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * All that is settled of one app, as a snapshot: a change is a new one.
 *
 * @param number unique on this machine and never used again; the app's users are derived from it
 * @param domains the app's own domains; empty if only the global ones apply or none
 * @param routes the paths that commands routed, in the order of their paths; those of app.json belong to the release
 * @param properties what {@code :set} commands set, by noun and name ({@code nginx.proxy-read-timeout})
 * @param processes the processes that serve now, by name, with the ids that the scheduler gave them
 * @param stopped whether a user stopped the app, so that nothing starts it but {@code ps:start} and a deploy
 */
public record App(
        AppName name,
        int number,
        Instant createdAt,
        Config config,
        Formation formation,
        List<Domain> domains,
        List<PortMapping> ports,
        List<Route> routes,
        SortedMap<String, String> properties,
        Optional<Release> release,
        SortedMap<ProcessName, String> processes,
        boolean stopped) {

    public App {
        domains = List.copyOf(domains);
        ports = List.copyOf(ports);
        routes = routes.stream().sorted(Comparator.comparing(Route::path)).toList();
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        processes = Collections.unmodifiableSortedMap(new TreeMap<>(processes));
    }

    /** An app as it is when it is created. */
    public static App created(AppName name, int number, Instant now) {
        return new App(
                name,
                number,
                now,
                Config.EMPTY,
                Formation.EMPTY,
                List.of(),
                List.of(),
                List.of(),
                Collections.emptySortedMap(),
                Optional.empty(),
                Collections.emptySortedMap(),
                false);
    }

    public Optional<String> property(String property) {
        return Optional.ofNullable(properties.get(property));
    }

    public boolean deployed() {
        return release.isPresent();
    }

    public App withName(AppName changed) {
        return with(draft -> draft.name = changed);
    }

    public App withConfig(Config changed) {
        return with(draft -> draft.config = changed);
    }

    public App withFormation(Formation changed) {
        return with(draft -> draft.formation = changed);
    }

    public App withDomains(List<Domain> changed) {
        return with(draft -> draft.domains = changed);
    }

    public App withPorts(List<PortMapping> changed) {
        return with(draft -> draft.ports = changed);
    }

    public App withRoutes(List<Route> changed) {
        return with(draft -> draft.routes = changed);
    }

    /** @param value empty to go back to the default */
    public App withProperty(String property, Optional<String> value) {
        TreeMap<String, String> changed = new TreeMap<>(properties);
        value.ifPresentOrElse(set -> changed.put(property, set), () -> changed.remove(property));
        return with(draft -> draft.properties = changed);
    }

    public App withRelease(Release changed) {
        return with(draft -> draft.release = Optional.of(changed));
    }

    public App withProcesses(Map<ProcessName, String> changed) {
        return with(draft -> draft.processes = new TreeMap<>(changed));
    }

    public App withStopped(boolean changed) {
        return with(draft -> draft.stopped = changed);
    }

    private App with(Consumer<Draft> change) {
        Draft draft = new Draft();
        change.accept(draft);
        return new App(
                draft.name,
                number,
                createdAt,
                draft.config,
                draft.formation,
                draft.domains,
                draft.ports,
                draft.routes,
                draft.properties,
                draft.release,
                draft.processes,
                draft.stopped);
    }

    /** This app while a part of it is changed: a record cannot be written anew but for one of its parts. */
    private final class Draft {

        private AppName name = App.this.name;
        private Config config = App.this.config;
        private Formation formation = App.this.formation;
        private List<Domain> domains = App.this.domains;
        private List<PortMapping> ports = App.this.ports;
        private List<Route> routes = App.this.routes;
        private SortedMap<String, String> properties = App.this.properties;
        private Optional<Release> release = App.this.release;
        private SortedMap<ProcessName, String> processes = App.this.processes;
        private boolean stopped = App.this.stopped;
    }
}
