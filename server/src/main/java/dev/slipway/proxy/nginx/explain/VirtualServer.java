package dev.slipway.proxy.nginx.explain;

import dev.slipway.proxy.nginx.site.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One {@code server} block.
 *
 * @param names in lower case, as {@code server_name} has them
 */
record VirtualServer(Statement statement, List<Listen> listens, List<String> names) {

    /** What a server without any listens on where nginx is not root ({@code ngx_http_core_server}). */
    private static final int UNPRIVILEGED_PORT = 8000;

    /** @param byDefault whether requests for names that no server has are this one's */
    record Listen(Endpoint endpoint, boolean byDefault) {}

    /** All there are, in the order of the text. */
    static List<VirtualServer> all(List<Statement> http) {
        return http.stream()
                .filter(statement -> statement.is("server"))
                .map(VirtualServer::of)
                .toList();
    }

    private static VirtualServer of(Statement server) {
        List<Listen> listens = new ArrayList<>();
        List<String> names = new ArrayList<>();
        boolean listening = false;
        for (Statement inner : server.block()) {
            if (inner.is("listen")) {
                listening = true;
                boolean byDefault = inner.arguments().contains("default_server")
                        || inner.arguments().contains("default");
                Optional<Endpoint> endpoint = Endpoint.of(inner.directive());
                endpoint.ifPresent(place -> listens.add(new Listen(place, byDefault)));
            } else if (inner.is("server_name")) {
                inner.arguments()
                        .forEach(name -> names.add(name.startsWith("~") ? name : name.toLowerCase(Locale.ROOT)));
            }
        }
        if (!listening) {
            listens.add(new Listen(new Endpoint("0.0.0.0", UNPRIVILEGED_PORT, false, ""), false));
        }
        return new VirtualServer(server, List.copyOf(listens), List.copyOf(names));
    }

    boolean listensOn(String place) {
        return listens.stream().anyMatch(listen -> listen.endpoint().place().equals(place));
    }

    boolean isDefaultOf(String place) {
        return listens.stream()
                .anyMatch(listen ->
                        listen.byDefault() && listen.endpoint().place().equals(place));
    }

    List<Statement> block() {
        return statement.block();
    }

    /** As nginx names it: {@code $server_name}. */
    String name() {
        return names.isEmpty() ? "" : names.getFirst();
    }
}
