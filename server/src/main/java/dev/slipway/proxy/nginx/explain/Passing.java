package dev.slipway.proxy.nginx.explain;

import dev.slipway.proxy.Explanation.Outcome;
import dev.slipway.proxy.Explanation.Passed;
import dev.slipway.proxy.Explanation.Step;
import dev.slipway.proxy.Explanation.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows a {@code proxy_pass}, or another protocol's, to the servers of its upstream. */
final class Passing {

    private static final Pattern TARGET = Pattern.compile("(?:([A-Za-z]+)://)?([^/?]*)(.*)");

    /** What an upstream is given in the place of processes that do not run. */
    private static final String NOWHERE = "127.0.0.1:65535";

    private static final List<String> METHODS = List.of("least_conn", "ip_hash", "hash", "random");

    private final RequestUrl url;
    private final String path;
    private final List<Statement> http;
    private final Variables variables;

    /** @param path normalized */
    Passing(RequestUrl url, String path, List<Statement> http, Variables variables) {
        this.url = url;
        this.path = path;
        this.http = http;
        this.variables = variables;
    }

    /**
     * @param pass the directive
     * @param location the one that it stands in, if it does in one
     * @param steps is told of what is found
     */
    Outcome follow(Statement pass, Optional<Location> location, List<Step> steps) {
        String written = pass.argument(0);
        String expanded = variables.expand(written);
        Matcher target = TARGET.matcher(expanded);
        if (!target.matches() || expanded.contains("$")) {
            steps.add(new Step(name(pass), written, "it has variables that a URL does not tell", pass.where()));
            return new Unknown("where " + written + " leads depends on more than the URL");
        }
        String uri = pass.is("proxy_pass") ? uri(target.group(3), written.contains("$"), location) : url.target();
        String why =
                uri.equals(url.target()) ? "the path is passed on as it came" : replaced(target.group(3), location);
        steps.add(new Step(name(pass), written, why + ": the process sees " + uri, pass.where()));
        return upstream(target.group(2), "https".equalsIgnoreCase(target.group(1)), uri, steps);
    }

    private static String name(Statement pass) {
        return pass.directive().name().text();
    }

    /** @param part what stands behind the host: with variables the whole of it, else the replacement of the location's prefix */
    private String uri(String part, boolean variable, Optional<Location> location) {
        if (part.isEmpty()) {
            return url.target();
        }
        if (variable) {
            return part;
        }
        int matched = location.filter(one -> !one.isRegex())
                .map(one -> one.name().length())
                .orElse(0);
        String rest = path.substring(Math.min(matched, path.length()));
        boolean escaped = url.path().contains("%");
        String replaced = part + (escaped ? RequestPath.escape(rest) : rest);
        return replaced + (url.query().isEmpty() ? "" : "?" + url.query());
    }

    private static String replaced(String part, Optional<Location> location) {
        return location.filter(one -> !one.isRegex())
                .map(one -> part + " takes the place of " + one.name())
                .orElse("the directive says which path");
    }

    private Outcome upstream(String name, boolean tls, String uri, List<Step> steps) {
        Optional<Statement> upstream = http.stream()
                .filter(statement ->
                        statement.is("upstream") && statement.argument(0).equals(name))
                .findFirst();
        if (upstream.isEmpty()) {
            String server = name.matches(".*:[0-9]+") ? name : name + (tls ? ":443" : ":80");
            return new Passed(name, uri, List.of(server));
        }
        List<String> servers = new ArrayList<>();
        for (Statement server : upstream.get().block()) {
            boolean up = server.is("server") && !server.arguments().contains("down");
            if (up && !server.argument(0).equals(NOWHERE)) {
                servers.add(
                        server.argument(0).matches(".*:[0-9]+|unix:.*")
                                ? server.argument(0)
                                : server.argument(0) + ":80");
            }
        }
        steps.add(new Step(
                "upstream",
                name,
                share(upstream.get().block(), servers),
                upstream.get().where()));
        return new Passed(name, uri, servers);
    }

    private static String share(List<Statement> block, List<String> servers) {
        if (servers.size() < 2) {
            return servers.isEmpty() ? "no server that is up" : "one server";
        }
        return servers.size() + " servers, by "
                + block.stream()
                        .filter(statement ->
                                METHODS.contains(statement.directive().name().text()))
                        .map(Statement::text)
                        .findFirst()
                        .orElse("turns");
    }
}
