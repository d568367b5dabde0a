package dev.slipway.proxy.nginx.explain;

import dev.slipway.proxy.nginx.explain.VirtualServer.Listen;
import dev.slipway.proxy.nginx.site.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Which server block gets a request: by where it comes in, then by its name, in nginx's order: exact name, longest wildcard at the
 * beginning, longest wildcard at the end, first regex, default server.
 *
 * @param why in words
 * @param doubts regexes that were tried before and could not be judged
 */
record ServerChoice(VirtualServer server, String why, List<Statement> doubts) {

    /** A server by one of its names. */
    private record Named(VirtualServer server, String name) {}

    /**
     * Where a request for a URL comes in, as far as a URL can tell: at the address that it names, else at every address.
     *
     * @return nothing if nobody listens on its port
     */
    static Optional<Endpoint> endpoint(List<VirtualServer> servers, RequestUrl url) {
        Map<String, Endpoint> places = new LinkedHashMap<>();
        servers.stream()
                .flatMap(server -> server.listens().stream())
                .map(Listen::endpoint)
                .filter(endpoint -> endpoint.port() == url.port())
                .forEach(endpoint -> places.putIfAbsent(endpoint.address(), endpoint));
        return List.of(url.host(), "0.0.0.0", "[0:0:0:0:0:0:0:0]").stream()
                .filter(places::containsKey)
                .findFirst()
                .or(() -> places.keySet().stream().findFirst())
                .map(places::get);
    }

    /** @param place a place that somebody listens on */
    static ServerChoice choose(List<VirtualServer> servers, String place, String host) {
        List<VirtualServer> here =
                servers.stream().filter(server -> server.listensOn(place)).toList();
        List<Named> names = here.stream()
                .flatMap(server -> server.names().stream().map(name -> new Named(server, name)))
                .toList();
        List<Statement> doubts = new ArrayList<>();
        return exact(names, host)
                .or(() -> longest(names, name -> leading(name, host), "longest wildcard at the beginning"))
                .or(() -> longest(names, name -> trailing(name, host), "longest wildcard at the end"))
                .or(() -> regex(names, host, doubts))
                .map(choice -> new ServerChoice(choice.server(), choice.why(), doubts))
                .orElseGet(() -> byDefault(here, place, host, doubts));
    }

    private static Optional<ServerChoice> exact(List<Named> names, String host) {
        return names.stream()
                .filter(named -> named.name().equals(host))
                .findFirst()
                .map(named -> new ServerChoice(named.server(), "exact name", List.of()));
    }

    /** @param length how much of a host a name matches; 0 for nothing */
    private static Optional<ServerChoice> longest(List<Named> names, ToIntFunction<String> length, String why) {
        return names.stream()
                .filter(named -> length.applyAsInt(named.name()) > 0)
                // The first of equals: nginx ignores a name that it has already.
                .sorted(Comparator.comparingInt((Named named) -> length.applyAsInt(named.name()))
                        .reversed())
                .findFirst()
                .map(named -> new ServerChoice(named.server(), why + ": " + named.name(), List.of()));
    }

    /** {@code *.example.com} and {@code .example.com}; the latter means the name without its dot too. */
    private static int leading(String name, String host) {
        if (name.startsWith(".") && host.equals(name.substring(1))) {
            return name.length();
        }
        String suffix = name.startsWith("*.") ? name.substring(1) : name;
        boolean matches = suffix.startsWith(".") && host.endsWith(suffix) && host.length() > suffix.length();
        return matches ? suffix.length() : 0;
    }

    private static int trailing(String name, String host) {
        String prefix = name.endsWith(".*") ? name.substring(0, name.length() - 1) : "";
        return !prefix.isEmpty() && host.startsWith(prefix) && host.length() > prefix.length() ? prefix.length() : 0;
    }

    /** A name with a capital letter is compared without regard to case; a host has none. */
    private static Optional<ServerChoice> regex(List<Named> names, String host, List<Statement> doubts) {
        for (Named named : names) {
            if (!named.name().startsWith("~")) {
                continue;
            }
            String expression = named.name().substring(1);
            boolean caseless = !expression.equals(expression.toLowerCase(Locale.ROOT));
            switch (Regex.judge(expression, caseless, host)) {
                case MATCHES -> {
                    return Optional.of(new ServerChoice(named.server(), "first regex: " + named.name(), List.of()));
                }
                case UNKNOWN -> doubts.add(named.server().statement());
                case DIFFERS -> {}
            }
        }
        return Optional.empty();
    }

    private static ServerChoice byDefault(List<VirtualServer> here, String place, String host, List<Statement> doubts) {
        VirtualServer server =
                here.stream().filter(one -> one.isDefaultOf(place)).findFirst().orElseGet(here::getFirst);
        return new ServerChoice(server, "the default server, since no server is called " + host, doubts);
    }
}
