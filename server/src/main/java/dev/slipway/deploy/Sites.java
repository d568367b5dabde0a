package dev.slipway.deploy;

import dev.slipway.deploy.appjson.AppJson;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Domain;
import dev.slipway.model.Formation;
import dev.slipway.model.HostPorts;
import dev.slipway.model.Listener;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Release;
import dev.slipway.model.Route;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Site;
import dev.slipway.route.Ports;
import dev.slipway.route.Routes;
import dev.slipway.schedule.Running;
import dev.slipway.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what the proxy has to know of an app: as it serves now, or as it is about to. */
final class Sites {

    private static final Logger LOG = LoggerFactory.getLogger(Sites.class);

    private static final String PREFIX = "nginx.";

    private final Store store;
    private final HostPorts host;

    Sites(Store store, HostPorts host) {
        this.store = store;
        this.host = host;
    }

    /** @param running the processes that shall serve */
    Site serving(App app, Optional<Release> release, Collection<Running> running) {
        return serving(app, release, running, store.certificate(app.name()));
    }

    /** As above, with another certificate than the one that is kept. */
    Site serving(
            App app, Optional<Release> release, Collection<Running> running, Optional<CertificatePem> certificate) {
        SequencedMap<ProcessType, List<Listener>> listeners = new LinkedHashMap<>();
        release.ifPresent(
                present -> present.procfile().types().forEach(type -> listeners.put(type, new ArrayList<>())));
        Map<ProcessName, Running> byName = new TreeMap<>();
        running.forEach(process -> byName.put(process.name(), process));
        byName.values().stream()
                .filter(process -> !process.address().isEmpty())
                .forEach(process -> listeners
                        .computeIfAbsent(process.name().type(), type -> new ArrayList<>())
                        .add(new Listener(process.address(), ProcessSpec.PORT)));
        return site(
                app,
                release.flatMap(Release::template),
                listeners,
                routes(app, release).all(),
                certificate);
    }

    /** A site with invented listeners (192.0.2.0/24, RFC 5737): to test a template with a formation before anything is started. */
    Site expected(App app, Optional<String> template, Formation formation) {
        return expected(app, template, formation, routes(app, app.release()));
    }

    /** As above, with other routes than those of the release that is there. */
    Site expected(App app, Optional<String> template, Formation formation, Routes routes) {
        SequencedMap<ProcessType, List<Listener>> listeners = new LinkedHashMap<>();
        formation.counts().keySet().forEach(type -> listeners.put(type, new ArrayList<>()));
        int host = 1;
        for (ProcessName process : formation.processes()) {
            listeners.getOrDefault(process.type(), new ArrayList<>()).add(invented(host++));
        }
        return site(app, template, listeners, routes.all(), store.certificate(app.name()));
    }

    /** A site for a template that belongs to no app: as one would be that has {@code web} and the process types which it names. */
    Site nameless(String path, String text) {
        Site.Template template = new Site.Template(path, text);
        SequencedMap<ProcessType, List<Listener>> listeners = new LinkedHashMap<>();
        listeners.put(ProcessType.WEB, List.of(invented(1)));
        template.listenerVariables().stream()
                .map(ProcessType::ofListenersVariable)
                .flatMap(Optional::stream)
                .forEach(type -> listeners.put(type, List.of(invented(listeners.size() + 1))));
        App app = App.created(new AppName("app"), 0, Instant.EPOCH).withDomains(List.of(new Domain("app.invalid")));
        return site(app, Optional.empty(), listeners, List.of(), Optional.empty())
                .withTemplate(Optional.of(template));
    }

    private static Listener invented(int number) {
        return new Listener("192.0.2." + (1 + number % 254), ProcessSpec.PORT);
    }

    /** Where in an app's repository its own template is looked for. */
    String templatePath(App app) {
        return nginxProperties(app).getOrDefault("nginx-conf-sigil-path", "nginx.conf.sigil");
    }

    /** Which paths of an app lead where, by what a release declares and by what commands set. */
    static Routes routes(App app, Optional<Release> release) {
        return new Routes(
                release.flatMap(Release::appJson)
                        .map(text -> declared(app, text))
                        .orElse(List.of()),
                app.routes());
    }

    /** What an earlier Slipway took and this one does not must not keep the app, or the daemon, from starting. */
    private static List<Route> declared(App app, String appJson) {
        try {
            return AppJson.parse(appJson).routes();
        } catch (UserException e) {
            LOG.error("the routes of {} are not served until it is pushed again: {}", app.name(), e.text());
            return List.of();
        }
    }

    /** The mappings that serve an app, and what is to be said of them. */
    Ports ports(App app) {
        return Ports.of(app.ports(), host, store.certificate(app.name()).isPresent());
    }

    /** The app with the mappings that it has once it gets a certificate, or loses it. */
    App secured(App app, boolean certificate) {
        return app.withPorts(certificate ? Ports.secured(app.ports(), host) : Ports.unsecured(app.ports(), host));
    }

    private Site site(
            App app,
            Optional<String> template,
            SequencedMap<ProcessType, List<Listener>> listeners,
            List<Route> routes,
            Optional<CertificatePem> certificate) {
        return new Site(
                app.name(),
                template.map(text -> new Site.Template(templatePath(app), text)),
                Vhosts.domains(app),
                Vhosts.ports(app, host, certificate.isPresent()),
                listeners,
                routes,
                certificate,
                nginxProperties(app),
                app.config(),
                !Vhosts.enabled(app));
    }

    /** The app's own, over the global ones. */
    private Map<String, String> nginxProperties(App app) {
        Map<String, String> properties = new TreeMap<>();
        store.globalProperties().forEach((name, value) -> putNginx(properties, name, value));
        app.properties().forEach((name, value) -> putNginx(properties, name, value));
        return properties;
    }

    private static void putNginx(Map<String, String> properties, String name, String value) {
        if (name.startsWith(PREFIX)) {
            properties.put(name.substring(PREFIX.length()), value);
        }
    }
}
