package dev.slipway.proxy.nginx.site;

import dev.slipway.model.Listener;
import dev.slipway.model.Route;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.nginx.syntax.Directive;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The routes of an app that its own template leaves out, so that their paths go where {@code /} goes. */
final class UnplacedRoutes {

    private static final Set<String> EXACT = Set.of("=", "^~");

    private UnplacedRoutes() {}

    /** @return a warning for each */
    static List<String> of(Site site, String template, List<Directive> directives) {
        Set<String> placed = directives.stream()
                .flatMap(Directive::tree)
                .filter(directive -> directive.is("location"))
                .map(UnplacedRoutes::path)
                .collect(Collectors.toSet());
        return site.routes().stream()
                .filter(route -> !placed.contains(route.path().value())
                        || (route.path().isRoot() && !leads(site, route, directives)))
                .map(route -> warning(route, template))
                .toList();
    }

    private static String path(Directive location) {
        String path = EXACT.contains(location.argument(0)) ? location.argument(1) : location.argument(0);
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Every template has a location for {@code /}, so it counts only if it passes on to where the route leads. */
    private static boolean leads(Site site, Route route, List<Directive> directives) {
        Set<String> servers = site.listeners().getOrDefault(route.process(), List.of()).stream()
                .map(listener -> new Listener(listener.address(), route.port()).toString())
                .collect(Collectors.toSet());
        Set<String> upstreams = directives.stream()
                .filter(directive -> directive.is("upstream"))
                .filter(upstream -> upstream.block().stream()
                        .anyMatch(inner -> inner.is("server") && servers.contains(inner.argument(0))))
                .map(upstream -> upstream.argument(0))
                .collect(Collectors.toSet());
        upstreams.add(RouteVariables.upstream(site, route));
        return directives.stream()
                .flatMap(Directive::tree)
                .filter(directive -> directive.is("location") && path(directive).equals("/"))
                .flatMap(Directive::tree)
                .filter(directive -> directive.name().text().endsWith("_pass"))
                .anyMatch(pass -> upstreams.contains(
                        pass.argument(0).replaceFirst("^[a-z]+://", "").replaceFirst("[/$].*$", "")));
    }

    private static String warning(Route route, String template) {
        return template + ": the route " + route.path() + " to " + route.target()
                + " has no location here and is not served."
                + "\nLoop over $." + RouteVariables.ROUTES
                + " as the default template does (dokku nginx:template), or remove the file.";
    }
}
