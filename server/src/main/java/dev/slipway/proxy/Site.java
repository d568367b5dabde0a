package dev.slipway.proxy;

import dev.slipway.model.AppName;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Config;
import dev.slipway.model.Domain;
import dev.slipway.model.Listener;
import dev.slipway.model.PortMapping;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Route;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All that the proxy has to know to serve one app.
 *
 * @param template the app's own nginx.conf.sigil; the default template if absent
 * @param listeners every process type of the release with its listeners in process order; empty before the first deploy
 * @param routes the paths that lead to other process types than web, in the order of their paths
 * @param certificate what https is served with; no https if absent
 * @param properties nginx properties that differ from their defaults, by name (proxy-read-timeout)
 * @param config what {@code {{ var "X" }}} reads
 * @param anyHost whether it answers on its ports whatever host is asked for
 */
public record Site(
        AppName app,
        Optional<Template> template,
        List<Domain> domains,
        List<PortMapping> ports,
        SequencedMap<ProcessType, List<Listener>> listeners,
        List<Route> routes,
        Optional<CertificatePem> certificate,
        Map<String, String> properties,
        Config config,
        boolean anyHost) {

    /** A site that is served by its domains alone. */
    public Site(
            AppName app,
            Optional<Template> template,
            List<Domain> domains,
            List<PortMapping> ports,
            SequencedMap<ProcessType, List<Listener>> listeners,
            List<Route> routes,
            Optional<CertificatePem> certificate,
            Map<String, String> properties,
            Config config) {
        this(app, template, domains, ports, listeners, routes, certificate, properties, config, false);
    }

    /** The template that serves it where that is its own: {@code nginx:set disable-custom-config} leaves an app's aside. */
    public Optional<Template> own() {
        return template.filter(_ -> !"true".equals(properties.get("disable-custom-config")));
    }

    /** The same with other listeners. */
    public Site withListeners(SequencedMap<ProcessType, List<Listener>> changed) {
        return new Site(app, template, domains, ports, changed, routes, certificate, properties, config, anyHost);
    }

    /** The same with another template of its own, or with none. */
    public Site withTemplate(Optional<Template> changed) {
        return new Site(app, changed, domains, ports, listeners, routes, certificate, properties, config, anyHost);
    }

    /** The same with other routes. */
    public Site withRoutes(List<Route> changed) {
        return new Site(app, template, domains, ports, listeners, changed, certificate, properties, config, anyHost);
    }

    /** The same with another certificate, or none, and the port mappings that go with it. */
    public Site withCertificate(Optional<CertificatePem> changed, List<PortMapping> mappings) {
        return new Site(app, template, domains, mappings, listeners, routes, changed, properties, config, anyHost);
    }

    /**
     * A template from an app's repository: untrusted input.
     *
     * @param path the name that the user knows it by, for messages: nginx.conf.sigil
     * @param tree the only directory whose files it may read; none if absent
     */
    public record Template(String path, String text, Optional<Path> tree) {

        private static final Pattern LISTENERS = Pattern.compile("(?<=[.$])DOKKU_APP_[A-Z0-9_]+_LISTENERS\\b");
        private static final Pattern COMMENT = Pattern.compile("(?s)\\{\\{(- )?/\\*.*?\\*/( -)?}}");

        public Template(String path, String text) {
            this(path, text, Optional.empty());
        }

        /** The listener variables that its text names, {@code DOKKU_APP_WS_LISTENERS}, in their order. */
        public SequencedSet<String> listenerVariables() {
            return LISTENERS
                    .matcher(withoutComments())
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        /** Whether its text has that name anywhere but in a comment. */
        public boolean names(String variable) {
            return Pattern.compile("\\b" + Pattern.quote(variable) + "\\b")
                    .matcher(withoutComments())
                    .find();
        }

        private String withoutComments() {
            return COMMENT.matcher(text).replaceAll("");
        }
    }
}
