package dev.slipway.proxy.nginx.check;

import dev.slipway.model.ProcessType;
import dev.slipway.proxy.TemplateReport.Difference;
import dev.slipway.proxy.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a template serves and the default does not, or the other way round, however either is written. */
final class Comparison {

    private static final String HTTP = "http";
    private static final String HTTPS = "https";

    private Comparison() {}

    static List<Difference> of(Specimen own, Specimen usual) {
        SequencedMap<String, SequencedMap<String, Integer>> ours = features(own);
        SequencedMap<String, SequencedMap<String, Integer>> theirs = features(usual);
        List<Difference> differences = new ArrayList<>();
        differences.addAll(missing(true, ours, theirs));
        differences.addAll(missing(false, theirs, ours));
        return differences;
    }

    /** By what it says the parts in which it says it, with the lines there. */
    private static SequencedMap<String, SequencedMap<String, Integer>> features(Specimen specimen) {
        SequencedMap<String, SequencedMap<String, Integer>> features = new LinkedHashMap<>();
        part(features, HTTP, specimen.plain());
        part(features, HTTPS, specimen.secure());
        return features;
    }

    private static void part(SequencedMap<String, SequencedMap<String, Integer>> features, String scheme, View view) {
        view.servers().stream()
                .filter(server -> View.isSecure(server) == scheme.equals(HTTPS) && View.serves(server))
                .flatMap(server -> server.block().stream())
                .flatMap(Comparison::opened)
                .forEach(inner -> put(features, scheme, label(inner), view.line(inner)));
        view.upstreams().forEach(upstream -> put(features, scheme, upstream(view, upstream), view.line(upstream)));
        view.others().forEach(other -> put(features, scheme, label(other), view.line(other)));
    }

    /** What stands in {@code location /} holds for the server as far as it is told of; error pages do not count. */
    private static Stream<Directive> opened(Directive inner) {
        if (inner.is("location")
                && inner.arguments().size() == 1
                && inner.argument(0).equals("/")) {
            return inner.block().stream();
        }
        boolean internal = inner.block().stream().anyMatch(directive -> directive.is("internal"));
        return internal ? Stream.of() : Stream.of(inner);
    }

    private static void put(
            SequencedMap<String, SequencedMap<String, Integer>> features, String scheme, String label, int line) {
        features.computeIfAbsent(label, key -> new LinkedHashMap<>()).putIfAbsent(scheme, line);
    }

    static String label(Directive directive) {
        String words = Stream.concat(Stream.of(directive.name()), directive.arguments().stream())
                .map(word -> word.text().isEmpty() ? "\"\"" : word.text())
                .collect(Collectors.joining(" "));
        return directive.isBlock() && !directive.is("location") ? words + " { … }" : words;
    }

    private static String upstream(View view, Directive upstream) {
        Map<String, Integer> places = new TreeMap<>();
        View.places(upstream)
                .forEach(place -> places.merge(
                        view.cast().type(place).map(ProcessType::value).orElse(place)
                                + place.replaceFirst("^[^:]*", ""),
                        1,
                        Integer::sum));
        return "upstream " + upstream.argument(0) + " (" + String.join(", ", places.keySet()) + ")";
    }

    /** Settings are told after what leads somewhere. */
    private static boolean isDetail(Difference difference) {
        return !difference.text().matches("(?s)(location|upstream|map|if) .*");
    }

    private static List<Difference> missing(
            boolean added,
            SequencedMap<String, SequencedMap<String, Integer>> here,
            SequencedMap<String, SequencedMap<String, Integer>> there) {
        List<Difference> missing = new ArrayList<>();
        here.forEach((label, schemes) -> {
            SequencedMap<String, Integer> only = new LinkedHashMap<>(schemes);
            only.keySet()
                    .removeAll(there.getOrDefault(label, new LinkedHashMap<>()).keySet());
            if (!only.isEmpty()) {
                String where = only.size() == 1 ? " (" + only.firstEntry().getKey() + ")" : "";
                missing.add(new Difference(added, only.firstEntry().getValue(), label + where));
            }
        });
        missing.sort(Comparator.comparing(Comparison::isDetail).thenComparingInt(Difference::line));
        return missing;
    }
}
