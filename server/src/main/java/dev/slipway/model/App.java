package dev.slipway.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
        return new App(
                changed,
                number,
                createdAt,
                config,
                formation,
                domains,
                ports,
                routes,
                properties,
                release,
                processes,
                stopped);
    }

    public App withConfig(Config changed) {
        return new App(
                name,
                number,
                createdAt,
                changed,
                formation,
                domains,
                ports,
                routes,
                properties,
                release,
                processes,
                stopped);
    }

    public App withFormation(Formation changed) {
        return new App(
                name,
                number,
                createdAt,
                config,
                changed,
                domains,
                ports,
                routes,
                properties,
                release,
                processes,
                stopped);
    }

    public App withDomains(List<Domain> changed) {
        return new App(
                name,
                number,
                createdAt,
                config,
                formation,
                changed,
                ports,
                routes,
                properties,
                release,
                processes,
                stopped);
    }

    public App withPorts(List<PortMapping> changed) {
        return new App(
                name,
                number,
                createdAt,
                config,
                formation,
                domains,
                changed,
                routes,
                properties,
                release,
                processes,
                stopped);
    }

    public App withRoutes(List<Route> changed) {
        return new App(
                name,
                number,
                createdAt,
                config,
                formation,
                domains,
                ports,
                changed,
                properties,
                release,
                processes,
                stopped);
    }

    /** @param value empty to go back to the default */
    public App withProperty(String property, Optional<String> value) {
        TreeMap<String, String> changed = new TreeMap<>(properties);
        value.ifPresentOrElse(set -> changed.put(property, set), () -> changed.remove(property));
        return new App(
                name, number, createdAt, config, formation, domains, ports, routes, changed, release, processes,
                stopped);
    }

    public App withRelease(Release changed) {
        return new App(
                name,
                number,
                createdAt,
                config,
                formation,
                domains,
                ports,
                routes,
                properties,
                Optional.of(changed),
                processes,
                stopped);
    }

    public App withProcesses(Map<ProcessName, String> changed) {
        return new App(
                name,
                number,
                createdAt,
                config,
                formation,
                domains,
                ports,
                routes,
                properties,
                release,
                new TreeMap<>(changed),
                stopped);
    }

    public App withStopped(boolean changed) {
        return new App(
                name,
                number,
                createdAt,
                config,
                formation,
                domains,
                ports,
                routes,
                properties,
                release,
                processes,
                changed);
    }
}
