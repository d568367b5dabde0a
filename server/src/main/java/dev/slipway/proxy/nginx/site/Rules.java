package dev.slipway.proxy.nginx.site;

import dev.slipway.model.Domain;
import dev.slipway.model.Listener;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.nginx.syntax.Directive;
import dev.slipway.proxy.nginx.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an app's configuration text may do. One nginx serves every app: its user reads every certificate and every site, so text
 * from one app's repository must stay within that app's files, names and processes.
 */
final class Rules {

    /** Directives that stand beside {@code server} and are about the app alone. */
    private static final Set<String> TOP_LEVEL = Set.of(
            "server",
            "upstream",
            "map",
            "geo",
            "split_clients",
            "limit_req_zone",
            "limit_conn_zone",
            "log_format",
            "match");

    /** What changes nginx as a whole, runs code, writes files or reads them in ways that cannot be judged. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            "load_module|user|daemon|pid|env|master_process|worker_.*|events|http|stream|mail|lock_file|thread_pool"
                    + "|ssl_engine|debug_.*|working_directory|timer_resolution|pcre_jit|include_shell"
                    + "|lua_.*|.*_by_lua(_block|_file|_no_postpone)?|perl.*|js_.*|passenger_.*|wasm_.*|njs_.*|auth_http"
                    + "|(proxy_|grpc_|uwsgi_)?ssl_conf_command|.*_temp_path|.*_cache_path|.*_store|.*_store_access"
                    + "|dav_.*|create_full_put_path|xslt_.*|xml_entities|geoip_.*|geoip2|image_filter.*|memcached_bind"
                    + "|api|status_zone|zone_sync.*|google_perftools_profiles|quic_bpf|quic_host_key|state|mgmt|otel_.*");

    private static final Pattern CODE =
            Pattern.compile("lua_.*|.*_by_lua(_block|_file|_no_postpone)?|perl.*|js_.*|passenger_.*|wasm_.*|njs_.*");

    private static final Pattern FILES =
            Pattern.compile(".*_temp_path|.*_cache_path|.*_store|.*_store_access|dav_.*|create_full_put_path");

    /** An upstream server that never answers: the tutorial's way of forcing a 502. */
    static final String NOWHERE = "127.0.0.1:65535";

    private static final Pattern PASS = Pattern.compile("(proxy|grpc|fastcgi|uwsgi|scgi|memcached)_pass");

    private static final Pattern LOCAL = Pattern.compile(
            "localhost|127\\..*|0(\\.0)*|0x.*|[0-9]+|169\\.254\\..*|\\[?::.*|\\[?fe80:.*|\\[?0*:.*",
            Pattern.CASE_INSENSITIVE);

    /** To nginx the case of a variable's name makes no difference. */
    private static final Pattern CAPTURE = Pattern.compile("\\(\\?P?[<']slipway_", Pattern.CASE_INSENSITIVE);

    private static final String OURS = "variables that begin with $slipway_ are the platform's: choose another name";

    private final Site site;
    private final PathRules paths;
    private final Set<String> domains;
    private final Set<String> listeners;

    Rules(Site site, NginxDirectories directories) {
        this.site = site;
        this.paths = new PathRules(site, directories);
        this.domains = site.domains().stream().map(Domain::value).collect(Collectors.toSet());
        this.listeners = site.listeners().values().stream()
                .flatMap(List::stream)
                .map(Listener::address)
                .collect(Collectors.toSet());
    }

    /** Everything that the text may not do. */
    List<Finding> check(List<Directive> directives) {
        List<Finding> findings = new ArrayList<>();
        for (Directive directive : directives) {
            if (!TOP_LEVEL.contains(directive.name().text()) && !isForbidden(directive)) {
                refuse(
                        findings,
                        directive,
                        "\"%s\" would apply to every app: put it inside a server block"
                                .formatted(directive.name().text()));
            }
            walk(findings, directive);
        }
        return findings;
    }

    private void walk(List<Finding> findings, Directive directive) {
        String name = directive.name().text();
        if (isForbidden(directive)) {
            refuse(
                    findings,
                    directive,
                    "\"%s\" is not allowed in an app's template (%s): remove it".formatted(name, harm(name)));
            return;
        }
        paths.check(directive).ifPresent(message -> refuse(findings, directive, message));
        switch (name) {
            case "listen" -> listen(findings, directive);
            case "server_name" -> serverName(findings, directive);
            case "upstream" -> upstream(findings, directive);
            case "set", "map", "geo", "split_clients", "auth_request_set" -> variable(findings, directive);
            default -> pass(findings, directive);
        }
        captures(findings, directive);
        if (!PathRules.TABLES.contains(name)) {
            directive.block().forEach(inner -> walk(findings, inner));
        }
    }

    private static boolean isForbidden(Directive directive) {
        return FORBIDDEN.matcher(directive.name().text()).matches();
    }

    private static String harm(String name) {
        if (CODE.matcher(name).matches()) {
            return "it would run code in the nginx of all apps";
        }
        return FILES.matcher(name).matches()
                ? "it would have the nginx of all apps write files"
                : "it is about the nginx of all apps";
    }

    private static void listen(List<Finding> findings, Directive directive) {
        if (directive.argument(0).toLowerCase(Locale.ROOT).startsWith("unix:")) {
            refuse(findings, directive, "an app cannot listen on a unix socket: listen on a port");
        }
        for (Word word : directive.arguments()) {
            if (Set.of("default_server", "default").contains(word.text())) {
                refuse(
                        findings,
                        directive,
                        "\"%s\" would take the requests for names that no app has: remove it".formatted(word.text()));
            }
        }
    }

    private void serverName(List<Finding> findings, Directive directive) {
        for (Word word : directive.arguments()) {
            String name = word.text().toLowerCase(Locale.ROOT);
            boolean own = name.isEmpty()
                    || name.equals("_")
                    || domains.contains(name)
                    || (site.anyHost() && name.equals(TemplateVariables.ANY_HOST))
                    || (name.startsWith(".") && domains.contains(name.substring(1)) && domains.contains("*" + name));
            if (!own) {
                refuse(
                        findings,
                        directive,
                        "\"%s\" is not a domain of %s: add it with domains:add %s %s"
                                .formatted(word.text(), site.app(), site.app(), word.text()));
            }
        }
    }

    private void upstream(List<Finding> findings, Directive directive) {
        String name = directive.argument(0);
        if (!name.equals(site.app().value())
                && !name.startsWith(site.app() + "-")
                && !name.startsWith(site.app() + RouteVariables.SEPARATOR)) {
            refuse(
                    findings,
                    directive,
                    "an upstream's name must begin with the app's: call it %s-%s".formatted(site.app(), name));
        }
        directive.block().stream()
                .filter(inner -> inner.is("server"))
                .forEach(inner -> host(findings, inner, inner.argument(0)));
    }

    private static void variable(List<Finding> findings, Directive directive) {
        boolean first = directive.is("set") || directive.is("auth_request_set");
        String name = directive.argument(first ? 0 : directive.arguments().size() - 1);
        if (name.toLowerCase(Locale.ROOT).startsWith("$slipway_")) {
            refuse(findings, directive, OURS);
        }
    }

    /** A named group of a regular expression is a variable of all sites, and takes the place of one that there is. */
    private static void captures(List<Finding> findings, Directive directive) {
        Stream<Directive> all =
                PathRules.TABLES.contains(directive.name().text()) ? directive.tree() : Stream.of(directive);
        all.flatMap(one -> Stream.concat(Stream.of(one.name()), one.arguments().stream()))
                .filter(word -> CAPTURE.matcher(word.text()).find())
                .forEach(word -> findings.add(new Finding(word.line(), OURS)));
    }

    private void pass(List<Finding> findings, Directive directive) {
        if (!PASS.matcher(directive.name().text()).matches()) {
            return;
        }
        String target = directive.argument(0).replaceFirst("^(\\$scheme|[A-Za-z]+)://", "");
        String host = target.replaceFirst("(/|\\$request_uri|\\$uri).*$", "");
        if (host.contains("$")) {
            refuse(
                    findings,
                    directive,
                    "the host of \"%s\" must not be a variable: write the upstream's name"
                            .formatted(directive.name().text()));
        } else {
            host(findings, directive, host);
        }
    }

    /** The host's own services are not for apps; nor is a cloud's metadata address. */
    private void host(List<Finding> findings, Directive directive, String host) {
        String address = host.startsWith("[") ? host : host.replaceFirst(":[0-9]*$", "");
        if (host.toLowerCase(Locale.ROOT).startsWith("unix:")) {
            refuse(findings, directive, "an app cannot reach unix sockets: name a host or an upstream");
        } else if (LOCAL.matcher(address).matches() && !listeners.contains(address) && !host.equals(NOWHERE)) {
            refuse(findings, directive, "%s is this machine itself: name one of the app's upstreams".formatted(host));
        }
    }

    private static void refuse(List<Finding> findings, Directive directive, String message) {
        findings.add(new Finding(directive.line(), message));
    }
}
