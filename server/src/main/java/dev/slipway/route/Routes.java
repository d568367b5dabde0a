package dev.slipway.route;

import dev.slipway.model.ProcessType;
import dev.slipway.model.Route;
import dev.slipway.model.RoutePath;
import dev.slipway.model.UserException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The routes of an app: those that its release declares in app.json, and those that commands set.
 *
 * @param declared what the release says; they come with it and go with it
 * @param set what commands said; they stay until a command says otherwise
 */
public record Routes(List<Route> declared, List<Route> set) {

    public Routes {
        declared = List.copyOf(declared);
        set = List.copyOf(set);
    }

    /** All of them, in the order of their paths; a path that both name is the release's. */
    public List<Route> all() {
        List<Route> all = new ArrayList<>(declared);
        set.stream().filter(route -> declared(route.path()).isEmpty()).forEach(all::add);
        return all.stream().sorted(Comparator.comparing(Route::path)).toList();
    }

    private Optional<Route> declared(RoutePath path) {
        return at(declared, path);
    }

    private static Optional<Route> at(List<Route> routes, RoutePath path) {
        return routes.stream().filter(route -> route.path().equals(path)).findFirst();
    }

    /**
     * Refuses what cannot be served: a route to a type that there is not, or a path that app.json and a command lead to different places.
     *
     * @param types the process types of the release
     * @throws UserException that says what to do
     */
    public void check(Set<ProcessType> types) {
        for (Route route : all()) {
            if (!types.contains(route.process())) {
                throw UserException.invalid("The path " + route.path() + " is routed to " + route.process()
                        + ", which is not in the Procfile (found: " + words(types)
                        + "): add it there, or take the route away with proxy:route:remove");
            }
        }
        for (Route own : set) {
            declared(own.path())
                    .filter(theirs -> !theirs.process().equals(own.process()))
                    .ifPresent(theirs -> {
                        throw UserException.invalid("app.json routes the path " + own.path() + " to " + theirs.process()
                                + ", and proxy:route:set to " + own.process() + ": take one of the two away");
                    });
        }
    }

    /**
     * The routes that commands set, with one more or one changed.
     *
     * @throws UserException if the path leads to something already; other settings for the same process are no such case
     */
    public List<Route> with(Route route) {
        declared(route.path()).ifPresent(theirs -> {
            throw UserException.invalid("The path " + route.path() + " is already routed to " + theirs.target()
                    + " by app.json: change it there and push");
        });
        at(set, route.path())
                .filter(there -> there.equals(route) || !there.process().equals(route.process()))
                .ifPresent(there -> {
                    throw UserException.invalid("The path " + route.path() + " is already routed to " + there.target()
                            + (there.equals(route)
                                    ? " in just this way"
                                    : ": remove it first with proxy:route:remove"));
                });
        List<Route> changed = new ArrayList<>(set);
        changed.removeIf(there -> there.path().equals(route.path()));
        changed.add(route);
        return changed;
    }

    /**
     * The routes that commands set, without one. It may be gone on with by app.json, if that declares the path too.
     *
     * @throws UserException if no command routed the path
     */
    public List<Route> without(RoutePath path) {
        if (at(set, path).isEmpty()) {
            declared(path).ifPresent(theirs -> {
                throw UserException.invalid("The path " + path + " is routed by app.json: take it out there and push");
            });
            throw UserException.notFound("The path " + path + " is not routed (routed: "
                    + (set.isEmpty()
                            ? "none"
                            : set.stream()
                                    .map(Route::path)
                                    .sorted()
                                    .map(RoutePath::value)
                                    .collect(Collectors.joining(", ")))
                    + ")");
        }
        return set.stream().filter(route -> !route.path().equals(path)).toList();
    }

    /** The ports on which processes of a type have to listen for the routes that lead to them. */
    public Set<Integer> ports(ProcessType type) {
        return all().stream()
                .filter(route -> route.process().equals(type))
                .map(Route::port)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String words(Set<ProcessType> types) {
        return types.stream().map(ProcessType::value).sorted().collect(Collectors.joining(", "));
    }
}
