package dev.slipway.deploy;

import dev.slipway.console.Console;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.PortMapping;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Proxy;
import dev.slipway.proxy.Site;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import dev.slipway.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes how an app is served, without touching what runs: each change holds only once the proxy has taken it. */
public final class SiteChanges {

    private static final String DISABLED = "proxy.disabled";

    private final Store store;
    private final Scheduler scheduler;
    private final Proxy proxy;
    private final Locks locks;
    private final Sites sites;

    SiteChanges(Parts parts) {
        this.store = parts.store();
        this.scheduler = parts.scheduler();
        this.proxy = parts.proxy();
        this.locks = parts.locks();
        this.sites = parts.sites();
    }

    /** What a change of sites works with. */
    record Parts(Store store, Scheduler scheduler, Proxy proxy, Locks locks, Sites sites) {}

    /** An app's site as its processes stand. */
    public Site of(App app) {
        return sites.serving(app, app.release(), serving(app));
    }

    /** A site for a template that belongs to no app, to be tested and not to be published. */
    public Site nameless(String path, String template) {
        return sites.nameless(path, template);
    }

    /** The processes that serve an app, those that are up or wait to be started again. */
    private List<Running> serving(App app) {
        return scheduler.running(app.name()).stream()
                .filter(process -> app.processes().containsValue(process.id()))
                .toList();
    }

    /** Changes what only the proxy needs to know of an app: domains, ports, properties. */
    public void change(AppName name, UnaryOperator<App> change, Console console) {
        try (Locks.Held _ = take(name, "change of its site", console)) {
            ToTheEnd.run(() -> {
                publish(change.apply(store.app(name))).warnings().forEach(console::warn);
                store.update(name, change);
            });
        }
    }

    /**
     * Changes what https is served with, none for no https. With the first certificate the app's own mappings get https, and lose it with
     * the last. The mappings are settled first: what is left of a change that was cut off there can be done again.
     */
    public void certify(AppName name, Optional<CertificatePem> certificate, Console console) {
        try (Locks.Held _ = take(name, "change of its certificate", console)) {
            ToTheEnd.run(() -> {
                App before = store.app(name);
                boolean turned = store.certificate(name).isPresent() != certificate.isPresent();
                App app = turned ? sites.secured(before, certificate.isPresent()) : before;
                publish(app, sites.serving(app, app.release(), serving(app), certificate))
                        .warnings()
                        .forEach(console::warn);
                if (turned) {
                    store.update(name, settled -> settled.withPorts(app.ports()));
                }
                certificate.ifPresentOrElse(
                        pem -> store.setCertificate(name, pem), () -> store.removeCertificate(name));
            });
        }
    }

    /**
     * Changes a property that holds for every app without a value of its own. All sites are tested with it first: if one is refused,
     * nothing changes.
     */
    public void changeAll(String property, Optional<String> value, Console console) {
        Optional<String> before = Optional.ofNullable(store.globalProperties().get(property));
        store.setGlobalProperty(property, value);
        try {
            for (App app : store.all()) {
                proxy.test(of(app));
            }
        } catch (UserException e) {
            store.setGlobalProperty(property, before);
            throw e;
        }
        for (App app : store.all()) {
            rebuild(app.name(), console);
        }
    }

    /** Renders an app's site anew from what is settled. */
    public Proxy.Published rebuild(AppName name, Console console) {
        try (Locks.Held _ = take(name, "rebuild of its site", console)) {
            return ToTheEnd.run(() -> publish(store.app(name)));
        }
    }

    /**
     * Publishes an app that has no processes any more. A template that cannot be rendered so is taken out of service whole: left as it is
     * it would lead to addresses that another app's processes may get.
     */
    void withdraw(App app, Console console) {
        try {
            publish(app).warnings().forEach(console::warn);
        } catch (UserException e) {
            console.warn(e.text());
            console.warn("Until " + app.name() + " is started again, its domains are not served at all.");
            proxy.withdraw(app.name());
        }
    }

    Proxy.Published publish(App app) {
        return publish(app, of(app));
    }

    /** Has the proxy serve a site, unless the app wants no proxy. */
    Proxy.Published publish(App app, Site site) {
        if (enabled(app)) {
            return proxy.publish(site);
        }
        boolean served = proxy.configuration(app.name()).isPresent();
        proxy.withdraw(app.name());
        return new Proxy.Published(served, List.of());
    }

    /** Whether the proxy leads to an app's processes. */
    public static boolean enabled(App app) {
        return app.property(DISABLED).isEmpty();
    }

    /** Has the proxy lead to an app's processes, or not: then nothing of the app's domains is served. */
    public void enable(AppName name, boolean wanted, Console console) {
        change(name, app -> app.withProperty(DISABLED, wanted ? Optional.empty() : Optional.of("true")), console);
    }

    /** Serves an app's domains no longer until its site is built again, by a command or by the next deploy. */
    public void clear(AppName name, Console console) {
        try (Locks.Held _ = take(name, "removal of its site", console)) {
            proxy.withdraw(name);
        }
    }

    /** What an app's mappings would be if it had none of its own. */
    public List<PortMapping> detectedPorts(App app) {
        return sites.ports(app.withPorts(List.of())).mappings();
    }

    /** What a user has to know of an app's mappings: those that cannot be served. */
    public List<String> portWarnings(App app) {
        return sites.ports(app).warnings();
    }

    /** Serves nothing under a name that was published in vain. */
    void takeDown(AppName name) {
        proxy.withdraw(name);
    }

    private Locks.Held take(AppName name, String what, Console console) {
        store.app(name);
        return locks.take(name, what, console);
    }
}
