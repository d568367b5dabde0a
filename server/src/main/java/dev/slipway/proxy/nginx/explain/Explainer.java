package dev.slipway.proxy.nginx.explain;

import dev.slipway.model.HostPorts;
import dev.slipway.proxy.Explanation;
import dev.slipway.proxy.Explanation.Answered;
import dev.slipway.proxy.Explanation.Closed;
import dev.slipway.proxy.Explanation.Outcome;
import dev.slipway.proxy.Explanation.Step;
import dev.slipway.proxy.nginx.site.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows a URL through a configuration, from the port that it comes in by to the processes that may get it. */
public final class Explainer {

    private static final int PLAIN_TO_TLS = 497;

    private final List<Statement> http;
    private final List<VirtualServer> servers;
    private final HostPorts ports;

    /**
     * @param main nginx's main file
     * @param ports those of URLs that name none
     */
    public Explainer(Source main, Includes includes, HostPorts ports) {
        this.http = Statement.read(main, includes).stream()
                .filter(statement -> statement.is("http"))
                .flatMap(statement -> statement.block().stream())
                .toList();
        this.servers = VirtualServer.all(http);
        this.ports = ports;
    }

    /** @throws dev.slipway.model.UserException if it is no URL of http, https, ws or wss */
    public Explanation explain(String text) {
        RequestUrl url = RequestUrl.parse(text, ports);
        List<Step> steps = new ArrayList<>();
        return new Explanation(text, steps, listener(url, steps));
    }

    private Outcome listener(RequestUrl url, List<Step> steps) {
        Optional<Endpoint> endpoint = ServerChoice.endpoint(servers, url);
        if (endpoint.isEmpty()) {
            return new Closed("nginx does not listen on port " + url.port());
        }
        String why = url.assumed() ? "the port for " + url.scheme() + ", as the URL names none" : "the URL's port";
        steps.add(
                new Step("listen", endpoint.get().place() + " " + endpoint.get().speech(), why, ""));
        if (url.tls() && !endpoint.get().tls()) {
            return new Closed("a TLS client cannot speak to a port of plain http");
        }
        return server(url, endpoint.get(), steps);
    }

    private Outcome server(RequestUrl url, Endpoint endpoint, List<Step> steps) {
        ServerChoice choice = ServerChoice.choose(servers, endpoint.place(), url.host());
        choice.doubts().forEach(server -> steps.add(doubt("a regex in its server_name", server)));
        VirtualServer server = choice.server();
        String names = server.names().isEmpty() ? "(no name)" : String.join(" ", server.names());
        steps.add(new Step("server", names, choice.why(), server.statement().where()));
        List<Statement> block = server.block();
        boolean rejects = Statement.last(block, "ssl_reject_handshake")
                .filter(found -> found.argument(0).equals("on"))
                .isPresent();
        if (url.tls() && rejects) {
            return new Closed("nginx rejects the TLS handshake: unrecognized name");
        }
        boolean merges = Statement.last(block, "merge_slashes")
                .filter(found -> found.argument(0).equals("off"))
                .isEmpty();
        Optional<String> path = RequestPath.normalize(url.path(), merges);
        if (path.isEmpty()) {
            return new Answered(400, "the path is none: it leads above the root, or its escapes are broken");
        }
        Variables variables = new Variables(url, server, path.get());
        if (endpoint.tls() && !url.tls()) {
            return plainToTls(block, variables, steps);
        }
        Passing passing = new Passing(url, path.get(), http, variables);
        Handling handling = new Handling(url, variables, passing, steps);
        return handling.rewrite(block).orElseGet(() -> location(url, path.get(), block, handling, steps));
    }

    private static Step doubt(String what, Statement at) {
        return new Step("doubt", what, "cannot be judged: taken as if it did not match", at.where());
    }

    /** {@code error_page 497 =301 https://…} sends those to the right place who spoke plain http to a port of TLS. */
    private static Outcome plainToTls(List<Statement> block, Variables variables, List<Step> steps) {
        for (Statement page : block) {
            List<String> words = page.arguments();
            if (!page.is("error_page") || !words.contains(String.valueOf(PLAIN_TO_TLS))) {
                continue;
            }
            steps.add(new Step("error_page", page.text(), "plain http came to a port of TLS", page.where()));
            String code = words.get(words.size() - 2);
            int status = code.matches("=[0-9]{3}") ? Integer.parseInt(code.substring(1)) : 302;
            return new Answered(status, variables.expand(words.getLast()));
        }
        return new Answered(400, "plain http came to a port of TLS");
    }

    private static Outcome location(
            RequestUrl url, String path, List<Statement> block, Handling handling, List<Step> steps) {
        LocationChoice choice = LocationChoice.choose(block, path);
        choice.doubts().forEach(location -> steps.add(doubt("location " + location.text(), location.statement())));
        if (choice.location().isEmpty()) {
            return handling.file(block);
        }
        Location location = choice.location().get();
        steps.add(new Step(
                "location", location.text(), choice.why(), location.statement().where()));
        if (choice.slash()) {
            String query = url.query().isEmpty() ? "" : "?" + url.query();
            return new Answered(301, url.absolute(RequestPath.escape(path) + "/" + query));
        }
        return handling.content(location);
    }
}
