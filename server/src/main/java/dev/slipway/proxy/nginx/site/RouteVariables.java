package dev.slipway.proxy.nginx.site;

import dev.slipway.model.Listener;
import dev.slipway.model.Route;
import dev.slipway.model.Sticky;
import dev.slipway.proxy.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The variables by which a template places an app's routes. They are lists of maps, the only variables that are no strings:
 * {@code {{ range $route := $.PROXY_ROUTES }}}.
 */
final class RouteVariables {

    /** Each route with the upstream that it leads to. */
    static final String ROUTES = "PROXY_ROUTES";

    /** Each upstream that routes lead to, once. */
    static final String UPSTREAMS = "PROXY_ROUTE_UPSTREAMS";

    /** Parts an app's name from the rest of an upstream's: no app's name holds it, so no other app's upstream can have the name. */
    static final String SEPARATOR = "+";

    private RouteVariables() {}

    /** What a route says of the processes that it leads to: routes that agree in it share an upstream. */
    private record Target(String process, int port, Optional<Sticky> sticky, int maxConnections) {

        static Target of(Route route) {
            return new Target(route.process().value(), route.port(), route.sticky(), route.maxConnections());
        }
    }

    static SequencedMap<String, Object> of(Site site) {
        Map<Target, String> names = names(site);
        List<Map<String, Object>> routes = new ArrayList<>();
        Map<String, Map<String, Object>> upstreams = new LinkedHashMap<>();
        for (Route route : site.routes()) {
            String upstream = names.getOrDefault(Target.of(route), "");
            routes.add(route(route, upstream));
            upstreams.putIfAbsent(upstream, upstream(site, route, upstream));
        }
        SequencedMap<String, Object> variables = new LinkedHashMap<>();
        variables.put(ROUTES, routes);
        variables.put(UPSTREAMS, List.copyOf(upstreams.values()));
        return variables;
    }

    /**
     * {@code APP+PROCESS+PORT}, with a number where routes treat the same processes differently, or where two types differ in case alone:
     * to nginx their upstreams would have one name.
     */
    private static Map<Target, String> names(Site site) {
        Map<Target, String> names = new LinkedHashMap<>();
        for (Route route : site.routes()) {
            String plain = site.app() + SEPARATOR + route.process() + SEPARATOR + route.port();
            String name = plain;
            for (int number = 2; names.values().stream().anyMatch(name::equalsIgnoreCase); number++) {
                name = plain + SEPARATOR + number;
            }
            names.putIfAbsent(Target.of(route), name);
        }
        return names;
    }

    /** The upstream that a route of the site leads to. */
    static String upstream(Site site, Route route) {
        return names(site).getOrDefault(Target.of(route), "");
    }

    private static Map<String, Object> route(Route route, String upstream) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("path", route.path().value());
        fields.put("process", route.process().value());
        fields.put("port", route.port());
        fields.put("strip", route.strip());
        fields.put("idle_timeout", route.idle().toString());
        fields.put("upstream", upstream);
        return fields;
    }

    private static Map<String, Object> upstream(Site site, Route route, String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("process", route.process().value());
        fields.put("port", route.port());
        fields.put(
                "servers",
                site.listeners().getOrDefault(route.process(), List.of()).stream()
                        .map(listener -> new Listener(listener.address(), route.port()).toString())
                        .toList());
        fields.put("hash", route.sticky().map(Sticky::variable).orElse(""));
        fields.put("max_connections", route.maxConnections());
        return fields;
    }
}
