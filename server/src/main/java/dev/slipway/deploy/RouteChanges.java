package dev.slipway.deploy;

import dev.slipway.console.Console;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Release;
import dev.slipway.model.Route;
import dev.slipway.model.RoutePath;
import dev.slipway.model.UserException;
import dev.slipway.route.Routes;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import dev.slipway.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Changes which paths of an app lead to which process type, and tells how they are served. */
public final class RouteChanges {

    private final Store store;
    private final Scheduler scheduler;
    private final SiteChanges sites;

    RouteChanges(Store store, Scheduler scheduler, SiteChanges sites) {
        this.store = store;
        this.scheduler = scheduler;
        this.sites = sites;
    }

    /**
     * A route as it is served.
     *
     * @param declared whether app.json says it, and not a command
     * @param sockets how many connections are open to its port, by the process that serves it
     * @param sharedWith the other routes to the same port: what is counted is the sum of all
     */
    public record Served(
            Route route, boolean declared, SortedMap<ProcessName, Integer> sockets, List<RoutePath> sharedWith) {

        public int total() {
            return sockets.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** @throws UserException for a type that the app lacks, or a path that leads elsewhere already */
    public void set(AppName name, Route route, Console console) {
        sites.change(name, before -> with(before, route), console);
        App app = store.app(name);
        if (app.release().isEmpty()) {
            console.detail(
                    name + " has not been deployed: its first push must have the process type " + route.process());
        } else {
            warnOfSilence(app, route, console);
        }
    }

    /** Judged by the app as it is once its lock is held: a deploy that it had to wait for may have another Procfile. */
    private static App with(App before, Route route) {
        before.release().ifPresent(release -> refuseUnknown(before, release, route.process()));
        return before.withRoutes(routes(before).with(route));
    }

    private static void refuseUnknown(App app, Release release, ProcessType type) {
        if (!release.procfile().has(type) || type.equals(DeployTasks.RELEASE)) {
            String found = release.procfile().types().stream()
                    .filter(one -> !one.equals(DeployTasks.RELEASE))
                    .map(ProcessType::value)
                    .collect(Collectors.joining(", "));
            throw UserException.invalid(
                    "Process type " + type + " is not in the Procfile of " + app.name() + " (found: " + found + ")");
        }
    }

    /** A process that was started for no route may well listen nowhere, or elsewhere. */
    private void warnOfSilence(App app, Route route, Console console) {
        List<Running> processes = processes(app, route.process());
        if (processes.isEmpty()) {
            console.warn("No " + route.process() + " process runs: " + route.path()
                    + " answers 502 until dokku ps:scale " + app.name() + " " + route.process() + "=1");
        }
        processes.stream()
                .filter(process -> scheduler.listening(process.id()).stream()
                        .noneMatch(socket -> socket.port() == route.port() && socket.reachable()))
                .forEach(process -> console.warn(process.name() + " does not listen on port " + route.port() + ": "
                        + route.path() + " answers 502 until it does"));
    }

    /** @param process what the path is expected to lead to, if the user says so */
    public void remove(AppName name, Optional<ProcessType> process, RoutePath path, Console console) {
        process.ifPresent(type -> routes(store.app(name)).all().stream()
                .filter(route -> route.path().equals(path) && !route.process().equals(type))
                .findFirst()
                .ifPresent(other -> {
                    throw UserException.invalid(
                            "The path " + path + " is routed to " + other.process() + ", not to " + type);
                }));
        sites.change(name, before -> before.withRoutes(routes(before).without(path)), console);
        if (routes(store.app(name)).declared().stream()
                .anyMatch(route -> route.path().equals(path))) {
            console.warn("app.json routes " + path + " too, so it is routed still: take it out there and push");
        }
    }

    /** @return how many routes the release declares, which stay */
    public int clear(AppName name, Console console) {
        sites.change(name, before -> before.withRoutes(List.of()), console);
        return routes(store.app(name)).declared().size();
    }

    /** Every route of an app as it is served now. */
    public List<Served> of(App app) {
        Routes routes = routes(app);
        return routes.all().stream()
                .map(route -> new Served(
                        route,
                        routes.declared().contains(route),
                        sockets(app, route),
                        routes.all().stream()
                                .filter(other -> !other.path().equals(route.path()))
                                .filter(other -> other.target().equals(route.target()))
                                .map(Route::path)
                                .toList()))
                .toList();
    }

    private SortedMap<ProcessName, Integer> sockets(App app, Route route) {
        SortedMap<ProcessName, Integer> sockets = new TreeMap<>();
        processes(app, route.process())
                .forEach(process -> sockets.put(
                        process.name(), scheduler.connections(process.id()).getOrDefault(route.port(), 0)));
        return sockets;
    }

    private List<Running> processes(App app, ProcessType type) {
        return scheduler.running(app.name()).stream()
                .filter(process -> process.name().type().equals(type))
                .filter(process -> app.processes().containsValue(process.id()))
                .toList();
    }

    private static Routes routes(App app) {
        return Sites.routes(app, app.release());
    }
}
