package dev.slipway.proxy.nginx.check;

import dev.slipway.model.ProcessSpec;
import dev.slipway.model.ProcessType;
import dev.slipway.proxy.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says a location as a route: {@code ws /echo --port 8080 --strip}.
 *
 * @param headers the request headers that a routed path gets, by their names in small letters
 */
record RouteWords(Specimen specimen, Set<String> headers) {

    private static final Pattern PATH = Pattern.compile("/|(/[A-Za-z0-9._~@+-]+)+/?");

    /** What a routed path is given anyway, or does not need. */
    private static final Pattern COVERED =
            Pattern.compile("proxy_(pass|http_version|read_timeout|send_timeout|connect_timeout"
                    + "|buffering|buffers|buffer_size|busy_buffers_size|cache_bypass|redirect)|tcp_nodelay|gzip.*"
                    + "|http2_push_preload");

    private static final Pattern KEPT_OPEN = Pattern.compile("server|zone|keepalive.*|ip_hash|hash");

    private static final Pattern STICKY =
            Pattern.compile("\\$(?:(remote_addr)|cookie_([A-Za-z0-9_]+)|http_([a-z0-9_]+))");

    private static final long USUAL_IDLE = 3600;

    /** Nothing for what a route cannot say. */
    Optional<String> of(Spot spot) {
        Set<ProcessType> types = spot.types();
        Optional<Directive> upstream = spot.view().upstream(spot.host());
        boolean plain = spot.isPrefix()
                && PATH.matcher(spot.path()).matches()
                && spot.levels().size() == 2
                && spot.location().block().stream().allMatch(this::isCovered)
                && spot.pass().argument(0).startsWith("http://")
                && List.of("", "/", spot.path()).contains(spot.uri());
        if (!plain || upstream.isEmpty() || types.size() != 1 || !isKnown(types)) {
            return Optional.empty();
        }
        ProcessType type = types.iterator().next();
        return flags(spot, upstream.get()).map(flags -> String.join(" ", words(type, spot, flags)));
    }

    private boolean isKnown(Set<ProcessType> types) {
        return specimen.site().listeners().keySet().containsAll(types);
    }

    private static List<String> words(ProcessType type, Spot spot, List<String> flags) {
        String path = spot.path();
        List<String> words = new ArrayList<>();
        words.add(type.value());
        words.add(path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        words.addAll(flags);
        return words;
    }

    private boolean isCovered(Directive inner) {
        return inner.is("proxy_set_header")
                ? isTold(inner, headers)
                : COVERED.matcher(inner.name().text()).matches();
    }

    /** Whether a process is told a header without a template too. A fixed word in its place is the template's author's own. */
    static boolean isTold(Directive header, Set<String> headers) {
        String name = header.argument(0).toLowerCase(Locale.ROOT);
        boolean connection = name.equals("upgrade") || name.equals("connection");
        String value = header.argument(1);
        return headers.contains(name) && (connection || value.isEmpty() || value.contains("$"));
    }

    private static Optional<List<String>> flags(Spot spot, Directive upstream) {
        List<String> flags = new ArrayList<>();
        Set<String> ports = new LinkedHashSet<>();
        View.places(upstream).forEach(place -> ports.add(place.contains(":") ? place.replaceFirst("^.*:", "") : "80"));
        Optional<List<String>> balance = balance(upstream);
        if (ports.size() != 1 || balance.isEmpty()) {
            return Optional.empty();
        }
        String port = ports.iterator().next();
        if (!port.equals(String.valueOf(ProcessSpec.PORT))) {
            flags.addAll(List.of("--port", port));
        }
        if (spot.uri().equals("/") && !spot.isRoot()) {
            flags.add("--strip");
        }
        idle(spot).ifPresent(time -> flags.addAll(List.of("--idle-timeout", time)));
        flags.addAll(balance.get());
        return Optional.of(flags);
    }

    private static Optional<String> idle(Spot spot) {
        OptionalLong seconds = spot.location().block().stream()
                .filter(inner -> inner.is("proxy_read_timeout"))
                .map(set -> Times.seconds(set.argument(0)))
                .findFirst()
                .orElse(OptionalLong.empty());
        return seconds.isPresent() && seconds.getAsLong() != USUAL_IDLE && seconds.getAsLong() > 0
                ? Optional.of(Times.text(seconds.getAsLong()))
                : Optional.empty();
    }

    /** Whether requests are spread as by the default template: to each process in its turn. */
    static boolean isEven(Spot spot) {
        return spot.view().upstream(spot.host()).map(RouteWords::balance).stream()
                .allMatch(flags -> flags.filter(List::isEmpty).isPresent());
    }

    /** How an upstream spreads its requests, as flags; nothing if a route cannot. */
    private static Optional<List<String>> balance(Directive upstream) {
        List<String> flags = new ArrayList<>();
        Set<String> bounds = new LinkedHashSet<>();
        for (Directive inner : upstream.block()) {
            if (!KEPT_OPEN.matcher(inner.name().text()).matches()) {
                return Optional.empty();
            }
            if (inner.is("ip_hash")) {
                flags.addAll(List.of("--sticky", "ip"));
            } else if (inner.is("hash")) {
                Matcher key = STICKY.matcher(inner.argument(0));
                if (!key.matches()) {
                    return Optional.empty();
                }
                flags.addAll(List.of("--sticky", sticky(key)));
            } else if (inner.is("server")) {
                inner.arguments().stream().skip(1).forEach(word -> bounds.add(word.text()));
            }
        }
        for (String bound : bounds) {
            if (bounds.size() > 1 || !bound.matches("max_conns=[0-9]+")) {
                return Optional.empty();
            }
            flags.addAll(List.of("--max-connections", bound.replaceFirst("max_conns=", "")));
        }
        return Optional.of(flags);
    }

    private static String sticky(Matcher key) {
        if (key.group(1) != null) {
            return "ip";
        }
        return key.group(2) != null
                ? "cookie:" + key.group(2)
                : "header:" + key.group(3).replace('_', '-');
    }
}
