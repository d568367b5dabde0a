package dev.slipway.proxy.nginx.check;

import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import dev.slipway.proxy.TemplateReport.Successor;
import dev.slipway.proxy.nginx.site.NginxProperties;
import dev.slipway.proxy.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the commands that do what a template does beyond the default one. */
final class Succession {

    /** What the default template decides as well as any other, or need not decide: no reason to keep a template. */
    private static final Pattern EITHER_WAY =
            Pattern.compile("listen|server_name|include|error_page|gzip.*|http2|http2_push_preload|keepalive_timeout"
                    + "|ssl_(certificate|certificate_key|protocols|prefer_server_ciphers)|proxy_(http_version|pass)");

    private final Specimen own;
    private final Map<String, Set<String>> usual = new LinkedHashMap<>();
    private final Set<String> headers = new TreeSet<>();
    private final Set<String> locations = new TreeSet<>();
    private final List<Successor> successors = new ArrayList<>();
    private final List<String> rest = new ArrayList<>();

    private Succession(Specimen own, Specimen byDefault) {
        this.own = own;
        for (View view : byDefault.views()) {
            settings(view)
                    .forEach(setting -> usual.computeIfAbsent(setting.name().text(), name -> new TreeSet<>())
                            .add(Comparison.label(setting)));
            view.spots().forEach(spot -> {
                headers.addAll(spot.headers().keySet());
                locations.add(spot.name());
            });
        }
    }

    static Succession of(Specimen own, Specimen byDefault) {
        Succession succession = new Succession(own, byDefault);
        succession.routes();
        succession.properties();
        succession.blocks();
        return succession;
    }

    List<Successor> successors() {
        return successors;
    }

    /** What has no successor, with its line. */
    List<String> rest() {
        return rest.stream().distinct().toList();
    }

    private void routes() {
        Map<String, Set<String>> byName = new LinkedHashMap<>();
        RouteWords words = new RouteWords(own, headers);
        own.spots()
                .filter(spot -> !isUsual(spot))
                .forEach(spot -> words.of(spot)
                        .ifPresentOrElse(
                                found -> byName.computeIfAbsent(spot.name(), name -> new TreeSet<>())
                                        .add(found),
                                () -> keep(spot.view(), spot.location())));
        byName.forEach((name, routes) -> {
            if (routes.size() == 1) {
                successors.add(
                        new Successor("proxy:route:set", routes.iterator().next()));
            } else {
                rest.add(name + ", which leads elsewhere over http than over https");
            }
        });
    }

    /** What the default template serves too: the front door, and routes that are set already. */
    private boolean isUsual(Spot spot) {
        boolean door = spot.isRoot() && spot.types().equals(Set.of(ProcessType.WEB)) && RouteWords.isEven(spot);
        boolean route = own.site().routes().stream()
                .anyMatch(set -> spot.path().matches(Pattern.quote(set.path().value()) + "/?"));
        return door || route || (!spot.isRoot() && locations.contains(spot.name()));
    }

    private void properties() {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (View view : own.views()) {
            for (Directive setting : settings(view).toList()) {
                if (isUsual(setting)) {
                    continue;
                }
                String property = setting.name().text().replace('_', '-');
                String value = Comparison.label(setting)
                        .substring(setting.name().text().length())
                        .strip();
                if (isProperty(property, value)) {
                    values.computeIfAbsent(property, name -> new TreeSet<>()).add(value);
                } else {
                    keep(view, setting);
                }
            }
        }
        values.forEach((property, found) -> found.forEach(value -> successors.add(
                new Successor("nginx:set", property + " " + (value.contains(" ") ? "'" + value + "'" : value)))));
    }

    private static boolean isProperty(String name, String value) {
        boolean known = NginxProperties.all().stream()
                .anyMatch(property -> property.name().equals(name));
        if (!known) {
            return false;
        }
        try {
            NginxProperties.check(name, value);
            return true;
        } catch (UserException e) {
            // A value that the property does not take: the template is needed for it.
            return false;
        }
    }

    private boolean isUsual(Directive setting) {
        String name = setting.name().text();
        if (name.equals("proxy_set_header")) {
            return RouteWords.isTold(setting, headers);
        }
        if (name.equals("gzip")) {
            return !setting.argument(0).equals("off");
        }
        boolean log = name.equals("access_log") || name.equals("error_log");
        return EITHER_WAY.matcher(name).matches()
                || usual.getOrDefault(name, Set.of()).contains(Comparison.label(setting))
                || (log && setting.argument(0).startsWith("/var/log/nginx/"));
    }

    /** Whatever else stands in a server or beside it. */
    private void blocks() {
        for (View view : own.views()) {
            for (Directive other : view.others()) {
                if (!(other.is("map") && other.argument(0).equals("$http_upgrade"))) {
                    keep(view, other);
                }
            }
            view.servers().forEach(server -> blocks(view, server));
        }
    }

    private void blocks(View view, Directive server) {
        if (!View.serves(server)) {
            if (!leadsToHttps(server)) {
                keep(view, server);
            }
            return;
        }
        for (Directive inner : server.block()) {
            if (isRoot(inner)) {
                inner.block().stream().filter(Directive::isBlock).forEach(deeper -> keep(view, deeper));
            } else if (inner.isBlock()
                    && !isErrorPage(inner)
                    && inner.tree().noneMatch(deeper -> deeper.is("proxy_pass"))) {
                keep(view, inner);
            }
        }
    }

    /** As the default template does it for every name. */
    private static boolean leadsToHttps(Directive server) {
        return server.tree()
                .filter(inner -> inner.is("return") || inner.is("rewrite"))
                .anyMatch(inner -> inner.argument(1).startsWith("https://$host"));
    }

    private static boolean isRoot(Directive inner) {
        return inner.is("location") && inner.argument(0).equals("/");
    }

    /** One of Dokku's: pages of one's own are a reason to keep a template. */
    private static boolean isErrorPage(Directive location) {
        return location.block().stream().anyMatch(inner -> inner.is("internal"))
                && location.block().stream()
                        .filter(inner -> inner.is("root") || inner.is("alias"))
                        .allMatch(inner -> inner.argument(0).contains("/dokku-errors"));
    }

    /** What is set for a whole server, be it in its {@code location /}. */
    private static Stream<Directive> settings(View view) {
        return view.servers().stream()
                .filter(View::serves)
                .flatMap(server -> server.block().stream())
                .flatMap(inner -> isRoot(inner) ? inner.block().stream() : Stream.of(inner))
                .filter(inner -> !inner.isBlock());
    }

    private void keep(View view, Directive directive) {
        rest.add(own.template().path() + ":" + view.line(directive) + ": " + Comparison.label(directive));
    }
}
