package dev.slipway.deploy.appjson;

import dev.slipway.model.IdleTime;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Route;
import dev.slipway.model.RoutePath;
import dev.slipway.model.Sticky;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code routes}: a list of objects that say what {@code proxy:route:set} does. */
final class RouteReader {

    private static final Set<String> KEYS =
            Set.of("process", "path", "port", "strip_prefix", "idle_timeout", "sticky", "max_connections");

    private RouteReader() {}

    static List<Route> read(Value list) {
        List<Route> routes = new ArrayList<>();
        Set<RoutePath> taken = new HashSet<>();
        for (Value entry : list.elements()) {
            Route route = route(entry);
            if (!taken.add(route.path())) {
                throw entry.refusal("the path " + route.path() + " is routed twice: keep one of the two");
            }
            routes.add(route);
        }
        return routes;
    }

    private static Route route(Value entry) {
        String process =
                entry.text("process").orElseThrow(() -> entry.refusal("a route needs a process: \"process\": \"ws\""));
        String path = entry.text("path").orElseThrow(() -> entry.refusal("a route needs a path: \"path\": \"/echo\""));
        int port = entry.number("port", ProcessSpec.PORT, 1, 65535);
        int most = entry.number("max_connections", 0, 0, 1_000_000);
        return entry.completed(() -> new Route(
                new ProcessType(process),
                new RoutePath(path),
                port,
                entry.flag("strip_prefix"),
                entry.text("idle_timeout").map(IdleTime::parse).orElse(Route.USUAL_IDLE),
                entry.text("sticky").map(Sticky::parse),
                most));
    }
}
