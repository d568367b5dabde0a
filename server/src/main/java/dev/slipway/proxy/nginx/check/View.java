package dev.slipway.proxy.nginx.check;

import dev.slipway.model.ProcessType;
import dev.slipway.proxy.nginx.site.Reading;
import dev.slipway.proxy.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a template comes to, with the parts of its cast found in it.
 *
 * @param named the upstreams by their names
 */
record View(Reading reading, Cast cast, Map<String, Directive> named) {

    static View of(Reading reading, Cast cast) {
        Map<String, Directive> named = new HashMap<>();
        reading.directives().stream()
                .filter(directive -> directive.is("upstream"))
                .forEach(upstream -> named.putIfAbsent(upstream.argument(0), upstream));
        return new View(reading, cast, named);
    }

    /** The template's line that a directive begins at. */
    int line(Directive directive) {
        return reading.line(directive);
    }

    List<Directive> servers() {
        return all("server").toList();
    }

    List<Directive> upstreams() {
        return all("upstream").toList();
    }

    Optional<Directive> upstream(String name) {
        return Optional.ofNullable(named.get(name));
    }

    /** What stands beside servers and upstreams. */
    List<Directive> others() {
        return reading.directives().stream()
                .filter(directive -> !directive.is("server") && !directive.is("upstream"))
                .toList();
    }

    /** Every {@code proxy_pass}, with what it stands in. */
    List<Spot> spots() {
        List<Spot> spots = new ArrayList<>();
        servers().forEach(server -> collect(List.of(server), spots));
        return spots;
    }

    private void collect(List<Directive> levels, List<Spot> spots) {
        for (Directive directive : levels.getLast().block()) {
            if (directive.is("proxy_pass")) {
                spots.add(new Spot(this, levels, directive));
            } else if (directive.isBlock()) {
                List<Directive> deeper = new ArrayList<>(levels);
                deeper.add(directive);
                collect(deeper, spots);
            }
        }
    }

    /** The process types that answer at a host of a {@code proxy_pass}: an upstream's, or whose address it is. */
    Set<ProcessType> types(String host) {
        Set<ProcessType> types = new TreeSet<>();
        upstream(host)
                .map(View::places)
                .orElse(List.of(host))
                .forEach(place -> cast.type(place).ifPresent(types::add));
        return types;
    }

    /** Where an upstream's servers are; those that name no host are none. */
    static List<String> places(Directive upstream) {
        return upstream.block().stream()
                .filter(inner -> inner.is("server"))
                .map(server -> server.argument(0))
                .filter(place -> !place.isEmpty() && !place.startsWith(":"))
                .toList();
    }

    static boolean isSecure(Directive server) {
        return server.block().stream()
                .filter(inner -> inner.is("listen"))
                .flatMap(listen -> listen.arguments().stream())
                .anyMatch(word -> word.text().equals("ssl"));
    }

    /** Whether it leads to processes: not so one that redirects. */
    static boolean serves(Directive server) {
        return server.tree().anyMatch(inner -> inner.is("proxy_pass"));
    }

    private Stream<Directive> all(String name) {
        return reading.directives().stream().filter(directive -> directive.is(name));
    }
}
