package dev.slipway.app;

import dev.slipway.console.Console;
import dev.slipway.deploy.Deployer;
import dev.slipway.deploy.Vhosts;
import dev.slipway.logs.AppLogs;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.Domain;
import dev.slipway.source.Repositories;
import dev.slipway.store.Store;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
            repositories.create(name, Pushes.DEFAULT_BRANCH);
            return store.update(name, app -> app.withDomains(domains));
        } catch (RuntimeException e) {
            store.remove(name);
            throw new IllegalStateException("the repository of " + created.name() + " cannot be made", e);
        }
    }

    /** @throws dev.slipway.model.UserException if there is none of that name */
    public App find(AppName name) {
        return store.app(name);
    }

    /** The app of that name, made if it is not there yet: a first push does that. */
    public App findOrCreate(AppName name, Console console) {
        return store.find(name).orElseGet(() -> {
            console.step("Creating " + name + "...");
            return create(name);
        });
    }

    /** Sets which branch deploys, and which one a clone of the repository checks out; empty for master. */
    public void setDeployBranch(AppName name, Optional<String> branch) {
        store.update(name, app -> app.withProperty(Pushes.DEPLOY_BRANCH, branch));
        repositories.defaultBranch(name, branch.orElse(Pushes.DEFAULT_BRANCH));
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

    /** The app below each global domain; for an app whose name is a domain name itself, that name. */
    public List<Domain> domainsOfNew(AppName name) {
        if (name.value().contains(".")) {
            return List.of(new Domain(name.value()));
        }
        return globalDomains().stream()
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
        int port = Vhosts.freePort();
        deployer.site().change(name, app -> Vhosts.disable(app, port), console);
    }
}
