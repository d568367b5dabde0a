package dev.slipway.proxy.nginx.site;

import dev.slipway.model.CertificatePem;
import dev.slipway.model.Domain;
import dev.slipway.model.Listener;
import dev.slipway.model.PortMapping;
import dev.slipway.model.ProcessType;
import dev.slipway.proxy.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The variables that a site's template sees: Dokku's names and Dokku's ways of writing values. */
final class TemplateVariables {

    /** As a {@code server_name}: a pattern that every host matches, which goes before the servers for names that no app has. */
    static final String ANY_HOST = "~.";

    private TemplateVariables() {}

    static SequencedMap<String, String> of(Site site, NginxSettings settings, NginxVersion version) {
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        putPlaces(variables, site, settings);
        putNames(variables, site);
        putPorts(variables, site, settings);
        putAbilities(variables, version);
        putProperties(variables, site, settings);
        putListeners(variables, site.listeners());
        return variables;
    }

    private static void putPlaces(Map<String, String> variables, Site site, NginxSettings settings) {
        NginxDirectories directories = settings.directories();
        variables.put("APP", site.app().value());
        variables.put("DOKKU_ROOT", directories.apps().toString());
        variables.put("DOKKU_LIB_ROOT", directories.lib().toString());
        variables.put("APP_SSL_PATH", directories.tls(site.app()).toString());
        variables.put("NGINX_LOG_ROOT", directories.logs().toString());
    }

    private static void putNames(Map<String, String> variables, Site site) {
        String names = site.anyHost()
                ? ANY_HOST
                : site.domains().stream().map(Domain::value).collect(Collectors.joining(" "));
        Optional<CertificatePem> certificate = site.certificate();
        variables.put("NOSSL_SERVER_NAME", names);
        variables.put("SSL_SERVER_NAME", certificate.isPresent() ? names : "");
        variables.put("SSL_INUSE", certificate.isPresent() ? "true" : "");
    }

    private static void putPorts(Map<String, String> variables, Site site, NginxSettings settings) {
        List<PortMapping> served = site.ports().stream()
                .filter(mapping ->
                        !mapping.scheme().secure() || site.certificate().isPresent())
                .toList();
        String http = Integer.toString(settings.ports().http());
        String https = Integer.toString(settings.ports().https());
        variables.put("PROXY_PORT", http);
        variables.put("PROXY_SSL_PORT", https);
        variables.put("NGINX_PORT", http);
        variables.put("NGINX_SSL_PORT", https);
        variables.put("PROXY_PORT_MAP", words(served.stream()));
        variables.put("PROXY_UPSTREAM_PORTS", words(served.stream().map(PortMapping::processPort)));
    }

    private static void putAbilities(Map<String, String> variables, NginxVersion version) {
        variables.put("HTTP2_SUPPORTED", Boolean.toString(version.http2()));
        variables.put("HTTP2_DIRECTIVE_SUPPORTED", Boolean.toString(version.http2Directive()));
        variables.put("HTTP2_PUSH_SUPPORTED", Boolean.toString(version.http2Push()));
        variables.put("GRPC_SUPPORTED", Boolean.toString(version.http2()));
        variables.put("TLS13_SUPPORTED", Boolean.toString(version.tls13()));
        variables.put("SPDY_SUPPORTED", "false");
        // What nginx does unless told otherwise: names in upstreams are resolved when the configuration is read.
        variables.put("NGINX_DNS_RESOLVER", "off");
        variables.put("NGINX_DNS_RESOLVER_TIMEOUT", "30s");
        variables.put("NGINX_DNS_ZONE", "");
    }

    private static void putProperties(Map<String, String> variables, Site site, NginxSettings settings) {
        SequencedMap<String, String> values = NginxProperties.values(site, settings);
        NginxProperties.all().stream()
                .filter(property -> !property.variable().isEmpty())
                .forEach(property -> variables.put(property.variable(), values.getOrDefault(property.name(), "")));
        variables.computeIfPresent("PROXY_KEEPALIVE", (name, value) -> value.matches("0+") ? "" : value);
    }

    private static void putListeners(
            Map<String, String> variables, SequencedMap<ProcessType, List<Listener>> listeners) {
        listeners.forEach((type, ofType) -> variables.put(type.listenersVariable(), words(ofType.stream())));
        variables.put("DOKKU_APP_LISTENERS", words(listeners.getOrDefault(ProcessType.WEB, List.of()).stream()));
        // Variables of Dokku's first years, empty there too.
        List.of("PASSED_LISTEN_IP_PORT", "DOKKU_APP_LISTEN_IP", "DOKKU_APP_LISTEN_PORT", "RAW_TCP_PORTS")
                .forEach(name -> variables.put(name, ""));
    }

    private static String words(Stream<?> values) {
        return values.map(Object::toString).distinct().collect(Collectors.joining(" "));
    }
}
