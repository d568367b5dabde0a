package dev.slipway.app;

import dev.slipway.console.Console;
import dev.slipway.deploy.AppProperty;
import dev.slipway.deploy.DeployLock;
import dev.slipway.deploy.Deployer;
import dev.slipway.deploy.Renaming;
import dev.slipway.deploy.Storage;
import dev.slipway.deploy.Vhosts;
import dev.slipway.logs.AppLogs;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.BuildRecord;
import dev.slipway.model.Domain;
import dev.slipway.model.UserException;
import dev.slipway.proxy.FreePort;
import dev.slipway.source.Repositories;
import dev.slipway.source.Source;
import dev.slipway.store.Store;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The apps of this machine as a whole: which there are, and the domains that new ones get. */
public final class Apps {

    private final Store store;
    private final Repositories repositories;
    private final Deployer deployer;
    private final AppLogs logs;

    public Apps(Store store, Repositories repositories, Deployer deployer, AppLogs logs) {
        this.store = store;
        this.repositories = repositories;
        this.deployer = deployer;
        this.logs = logs;
    }

    /**
     * Creates an app with an empty repository and the domains of a new app.
     *
     * @throws dev.slipway.model.UserException if the name is taken
     */
    public App create(AppName name) {
        List<Domain> domains = domainsOfNew(name);
        App created = store.create(name);
        try {
            if (deployer.isIdle(name)) {
                logs.forget(name); // An app that has another name now may have left some.
            }
            UnaryOperator<App> fresh = fresh(domains);
            repositories.create(name, deployBranch(created));
            return store.update(name, fresh);
        } catch (RuntimeException e) {
            store.remove(name);
            throw e;
        }
    }

    /** A machine that is known by its address alone has no names to tell apps apart by: each gets a port. */
    private UnaryOperator<App> fresh(List<Domain> domains) {
        if (domains.isEmpty() && globalDomains().stream().anyMatch(Domain::isAddress)) {
            int port = FreePort.find();
            return app -> Vhosts.disable(app, port);
        }
        return app -> app.withDomains(domains);
    }

    /**
     * Creates an app like another: its config, scale, ports, routes, properties and repository are those of the other, its domains those of
     * a new app; certificates are for names that it has not, so it gets none.
     *
     * @param deploy whether to deploy what the other has deployed; if that fails, the new app stays and can be deployed again
     */
    public void clone(AppName from, AppName to, boolean deploy, Console console) {
        App like = store.app(from);
        List<Domain> domains = domainsOfNew(to);
        store.create(to);
        try {
            repositories.copy(from, to, deployBranch(like));
            store.update(to, fresh -> like(fresh.withDomains(domains), like));
        } catch (RuntimeException e) {
            repositories.destroy(to);
            store.remove(to);
            throw e;
        }
        Storage.mounts(store.app(to))
                .forEach(mount ->
                        console.warn(to + " may only read " + mount.host() + ", which " + from + " writes to"));
        if (deploy && like.release().isPresent()) {
            deployer.deploy(Source.of(to, like.release().get().revision()), BuildRecord.Origin.CLONE, console);
        }
    }

    /**
     * Has an app that is not deployed answer 502 under its domains, as any app without processes does: they are its own, not nobody's.
     * Where nginx refuses that, the app is there all the same, and the user is told why nobody answers.
     */
    public void serve(AppName name, Console console) {
        try {
            deployer.site().rebuild(name, console).warnings().forEach(console::warn);
        } catch (UserException e) {
            console.warn("App " + name + " is there, but nginx does not serve it yet: " + e.text()
                    + "\nOnce that is mended: dokku proxy:build-config " + name);
        }
    }

    private static App like(App fresh, App other) {
        App copy = fresh.withConfig(other.config())
                .withFormation(other.formation())
                .withPorts(other.ports())
                .withRoutes(other.routes());
        for (Map.Entry<String, String> property : other.properties().entrySet()) {
            copy = copy.withProperty(property.getKey(), Optional.of(property.getValue()));
        }
        copy = copy.withProperty(Renaming.FORMER, Optional.empty());
        return DeployLock.set(Vhosts.enable(Storage.shared(copy), fresh.domains()), false);
    }

    /**
     * Gives an app another name; its domains below the global ones follow.
     *
     * @param deploy whether its processes are replaced; else they are ended
     */
    public void rename(AppName from, AppName to, boolean deploy, Console console) {
        List<Domain> domains = renamed(store.app(from), to);
        deployer.names().rename(new Renaming.Wish(from, to, domains, deploy), () -> follow(from, to), console);
        deployer.changed(from);
        deployer.changed(to);
    }

    private List<Domain> renamed(App app, AppName to) {
        List<Domain> before = domainsOfNew(app.name());
        List<Domain> after = domainsOfNew(to);
        return app.domains().stream()
                .map(domain -> before.contains(domain) && !after.isEmpty()
                        ? after.get(Math.min(before.indexOf(domain), after.size() - 1))
                        : domain)
                .distinct()
                .toList();
    }

    /** The repository; logs stay with the processes that wrote them, until an app of the old name is made. */
    private void follow(AppName from, AppName to) {
        if (repositories.exists(from) && !repositories.exists(to)) {
            repositories.rename(from, to);
        }
    }

    /** Finishes what a crash interrupted. To be called once, before any other method. */
    public void resume() {
        for (AppName name : store.apps()) {
            App app = store.app(name);
            Renaming.unfinished(app).ifPresent(from -> deployer.names().resume(app, () -> follow(from, name)));
        }
    }

    /** Packs the repository of an app, once nothing else is being done to the app. */
    public void collectGarbage(AppName name, Console console) {
        deployer.exclusively(name, "packing of the repository", () -> repositories.gc(name), console);
    }

    /** Locks an app against deploys, or lifts the lock. */
    public void lock(AppName name, boolean locked) {
        store.update(name, app -> DeployLock.set(app, locked));
    }

    /** @throws dev.slipway.model.UserException if there is none of that name */
    public App find(AppName name) {
        return store.app(name);
    }

    /** The app of that name, made if it is not there yet: a first push does that. */
    public App findOrCreate(AppName name, Console console) {
        return store.find(name).orElseGet(() -> {
            if (AppProperty.AUTOCREATION.text(store.globalProperties()).equals("true")) {
                throw UserException.notFound("App auto-creation disabled.\nRe-enable app auto-creation or create an app"
                        + " with 'dokku apps:create " + name + "'");
            }
            console.step("Creating " + name + "...");
            return create(name);
        });
    }

    /** Sets which branch deploys, and which one a clone of the repository checks out; empty for that of all apps. */
    public void setDeployBranch(AppName name, Optional<String> branch) {
        App app = store.update(name, before -> before.withProperty(AppProperty.DEPLOY_BRANCH.key(), branch));
        repositories.defaultBranch(name, deployBranch(app));
    }

    /** As above for every app that has no deploy branch of its own. */
    public void setGlobalDeployBranch(Optional<String> branch) {
        store.setGlobalProperty(AppProperty.DEPLOY_BRANCH.key(), branch);
        for (AppName name : store.apps()) {
            repositories.defaultBranch(name, deployBranch(store.app(name)));
        }
    }

    private String deployBranch(App app) {
        return AppProperty.DEPLOY_BRANCH.text(app, store.globalProperties());
    }

    /** Ends an app with all that it has: processes, site, builds, repository, logs. */
    public void destroy(AppName name, Console console) {
        Runnable rest = () -> {
            repositories.destroy(name);
            logs.forget(name);
        };
        deployer.destroy(name, rest, console);
    }

    /** Whether something is being done to an app, a deploy for instance. */
    public boolean isBusy(AppName name) {
        return deployer.isBusy(name);
    }

    /** The app below each global domain that is a name; for an app whose name is a domain name itself, that name. */
    public List<Domain> domainsOfNew(AppName name) {
        if (name.value().contains(".")) {
            return List.of(new Domain(name.value()));
        }
        return globalDomains().stream()
                .filter(global -> !global.isAddress())
                .map(global -> new Domain(name + "." + global))
                .toList();
    }

    public List<Domain> globalDomains() {
        String joined = store.globalProperties().getOrDefault(Vhosts.GLOBAL_DOMAINS, "");
        return Arrays.stream(joined.split(" "))
                .filter(word -> !word.isEmpty())
                .map(Domain::new)
                .toList();
    }

    public void setGlobalDomains(List<Domain> domains) {
        String joined = domains.stream().map(Domain::value).collect(Collectors.joining(" "));
        store.setGlobalProperty(Vhosts.GLOBAL_DOMAINS, Optional.of(joined).filter(text -> !text.isEmpty()));
    }

    /** Changes an app's domains once nginx has taken them; an app that was served by a port is served by them from then on. */
    public void setDomains(AppName name, List<Domain> domains, Console console) {
        deployer.site().change(name, app -> Vhosts.enable(app, domains), console);
    }

    /** Where an app can be reached. */
    public List<String> urls(App app) {
        return deployer.urls(app);
    }

    /** Takes an app's domains away and serves it by a port of its own, whatever host is asked for. */
    public void disableDomains(AppName name, Console console) {
        int port = FreePort.find();
        deployer.site().change(name, app -> Vhosts.disable(app, port), console);
    }
}
