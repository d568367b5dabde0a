package dev.slipway.deploy;

import dev.slipway.build.BuildRequest;
import dev.slipway.build.Builder;
import dev.slipway.console.Console;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.Build;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Config;
import dev.slipway.model.Domain;
import dev.slipway.model.Formation;
import dev.slipway.model.HostPorts;
import dev.slipway.model.PortMapping;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Procfile;
import dev.slipway.model.Release;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Proxy;
import dev.slipway.proxy.Site;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import dev.slipway.source.Contents;
import dev.slipway.source.Layout;
import dev.slipway.source.Revisions;
import dev.slipway.source.Source;
import dev.slipway.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes apps from one state to another while they serve. Every method holds the app's lock, and either does all that it says or leaves
 * the app as it was.
 */
public final class Deployer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);
    private static final String PROCFILE = "Procfile";

    /** A build sees nothing of the app's config: it holds the secrets of what runs. */
    private static final Map<String, String> NO_BUILD_CONFIG = Map.of();

    private final Store store;
    private final Scheduler scheduler;
    private final Proxy proxy;
    private final Builder builder;
    private final Revisions revisions;
    private final Locks locks;
    private final Users users;
    private final Clock clock;
    private final Path workshop;
    private final Sites sites;
    private final Retirement retirement;
    private final Rollout rollout;

    public Deployer(Parts parts) {
        this.store = parts.store();
        this.scheduler = parts.scheduler();
        this.proxy = parts.proxy();
        this.builder = parts.builder();
        this.revisions = parts.revisions();
        this.locks = parts.locks();
        this.users = parts.users();
        this.clock = parts.clock();
        this.workshop = parts.workshop();
        this.sites = new Sites(store, parts.ports());
        this.retirement = new Retirement(store, scheduler, clock);
        this.rollout = new Rollout(new Rollout.Parts(store, scheduler, proxy, sites, retirement, users, clock));
    }

    /**
     * What a deploy works with.
     *
     * @param workshop a directory for trees that are being laid out and built
     * @param ports the host ports of apps that do not set their own
     */
    public record Parts(
            Store store,
            Scheduler scheduler,
            Proxy proxy,
            Builder builder,
            Revisions revisions,
            Locks locks,
            Users users,
            Clock clock,
            Path workshop,
            HostPorts ports) {}

    /** Deploys a revision: the whole way of a push, from the check of its files to the old processes' leave. */
    public void deploy(Source source, Console console) {
        try (Locks.Held _ = take(source.app(), "deploy of " + shortName(source), console)) {
            App app = store.app(source.app());
            Checked checked = check(app, source, console);
            Build build = build(checked, console);
            Release release = new Release(
                    app.release().map(last -> last.number() + 1).orElse(1),
                    source.revision(),
                    build,
                    checked.template(),
                    checked.appJson(),
                    now());
            App next = checked.app()
                    .withRelease(release)
                    .withConfig(withRevision(checked.app().config(), release));
            console.step("Releasing " + app.name() + " v" + release.number() + "...");
            runReleaseTask(next, release, console);
            App deployed = rollout.run(Plan.all(next.withProcesses(app.processes()), release), console);
            tell(deployed, console);
            builder.keep(app.name(), Set.of(build.key()));
        }
    }

    private static String shortName(Source source) {
        return source.revision().sha().substring(0, 7);
    }

    private static Config withRevision(Config config, Release release) {
        return config.with(Map.of(Release.REVISION_VARIABLE, release.revision().sha()));
    }

    /** What is known of a revision once its own files are found acceptable; the app has its formation and the new Procfile's types. */
    private record Checked(
            App app, Source source, String treeId, Optional<String> template, Optional<String> appJson) {}

    private Checked check(App app, Source source, Console console) {
        String templatePath = sites.templatePath(app);
        Contents files = revisions.read(source, List.of(PROCFILE, AppJson.FILE, templatePath));
        Procfile procfile = procfile(files);
        AppJson appJson = files.file(AppJson.FILE).map(AppJson::parse).orElse(AppJson.NONE);
        appJson.warnings().forEach(console::warn);
        Formation formation = formation(app, procfile, appJson);
        Optional<String> template = files.file(templatePath);
        App next = app.withFormation(formation);
        if (template.isPresent()) {
            console.step("Pre-validating custom " + templatePath);
        }
        proxy.test(sites.expected(next, template, formation)).forEach(console::warn);
        return new Checked(next, source, files.treeId(), template, files.file(AppJson.FILE));
    }

    private static Procfile procfile(Contents files) {
        return files.file(PROCFILE)
                .map(text -> Procfile.parse(PROCFILE, text))
                .orElseThrow(() -> UserException.invalid(
                        "The repository has no Procfile at its root: add one with a line TYPE: COMMAND for each process type,"
                                + " such as web: ./server"));
    }

    /** The release task is run once a deploy and kept out of the formation. */
    private static Formation formation(App app, Procfile procfile, AppJson appJson) {
        Formation fitted = app.formation().fit(procfile);
        TreeMap<ProcessType, Integer> counts = new TreeMap<>(fitted.counts());
        appJson.formation().forEach((type, count) -> counts.computeIfPresent(type, (known, before) -> count));
        counts.remove(ReleaseTask.TYPE);
        return new Formation(counts);
    }

    private Build build(Checked checked, Console console) {
        App app = checked.app();
        String key = builder.key(checked.treeId(), NO_BUILD_CONFIG);
        Optional<Build> present = builder.find(app.name(), key);
        if (present.isPresent()) {
            console.step("Using the build that is there: neither the files nor the builder changed");
            return present.get();
        }
        Path tree = workshop.resolve(app.name() + "-" + UUID.randomUUID());
        Layout layout = revisions.layOut(checked.source(), tree, users.builds(app));
        layout.submodules()
                .forEach(path -> console.warn("Submodule " + path + " is left out: git does not push its files"));
        return builder.build(
                new BuildRequest(app.name(), tree, checked.treeId(), NO_BUILD_CONFIG, users.builds(app)), console);
    }

    private void runReleaseTask(App app, Release release, Console console) {
        if (release.procfile().has(ReleaseTask.TYPE)) {
            new ReleaseTask(scheduler, users).run(app, release, console);
        }
    }

    private void tell(App app, Console console) {
        console.title("Application deployed:");
        List<String> urls = urls(app);
        if (urls.isEmpty()) {
            console.detail("no domain leads to it yet: dokku domains:add " + app.name() + " DOMAIN");
        }
        urls.forEach(console::detail);
        console.line("");
    }

    /** Where an app can be reached, most secure first for each of its domains. */
    public List<String> urls(App app) {
        Site site = sites.expected(app, Optional.empty(), Formation.EMPTY);
        return site.domains().stream()
                .flatMap(domain -> site.ports().stream()
                        .sorted((one, other) -> other.scheme().compareTo(one.scheme()))
                        .map(mapping -> url(domain, mapping)))
                .toList();
    }

    private static String url(Domain domain, PortMapping mapping) {
        boolean usual = mapping.hostPort() == (mapping.scheme() == PortMapping.Scheme.HTTP ? 80 : 443);
        return mapping.scheme() + "://" + domain + (usual ? "" : ":" + mapping.hostPort());
    }

    /** Changes how many processes of some types there are; starts what is missing and retires what is too much, and touches nothing else. */
    public void scale(AppName name, Map<ProcessType, Integer> changes, Console console) {
        try (Locks.Held _ = take(name, "scaling", console)) {
            App app = store.app(name);
            app.release().ifPresent(release -> refuseUnknown(release, changes));
            App next = app.withFormation(app.formation().with(changes));
            if (next.release().isEmpty() || next.stopped()) {
                store.update(name, before -> before.withFormation(next.formation()));
                return;
            }
            Release release = next.release().get();
            proxy.test(sites.expected(next, release.template(), next.formation()))
                    .forEach(console::warn);
            rollout.run(Plan.missing(next, release), console);
        }
    }

    private static void refuseUnknown(Release release, Map<ProcessType, Integer> changes) {
        AppJson appJson = release.appJson().map(AppJson::parse).orElse(AppJson.NONE);
        for (ProcessType type : changes.keySet()) {
            if (!release.procfile().has(type) || type.equals(ReleaseTask.TYPE)) {
                throw UserException.invalid(type + " is not a valid process name to scale up");
            }
            if (appJson.formation().containsKey(type)) {
                throw UserException.invalid(
                        "App " + "contains an app.json file with a formations key and cannot be manually scaled");
            }
        }
    }

    /** Replaces all processes of an app, or those of one type, by new ones of the same release. */
    public void restart(AppName name, Optional<ProcessType> type, Console console) {
        try (Locks.Held _ = take(name, "restart", console)) {
            App app = store.app(name);
            Release release = released(app);
            type.ifPresent(one -> {
                if (!release.procfile().has(one)) {
                    throw UserException.invalid("Process type " + one + " is not in the Procfile of " + name
                            + " (found: "
                            + String.join(
                                    ", ",
                                    release.procfile().types().stream()
                                            .map(ProcessType::value)
                                            .toList()) + ")");
                }
            });
            rollout.run(type.map(one -> Plan.type(app, release, one)).orElseGet(() -> Plan.all(app, release)), console);
        }
    }

    private static Release released(App app) {
        return app.release().orElseThrow(() -> UserException.failed("App " + app.name() + " has not been deployed"));
    }

    /** Starts what a user stopped; nothing if it runs. */
    public void start(AppName name, Console console) {
        try (Locks.Held _ = take(name, "start", console)) {
            App app = store.app(name);
            rollout.run(Plan.missing(app, released(app)), console);
        }
    }

    /** Stops all processes of an app; it stays stopped until it is started or deployed again. */
    public void stop(AppName name, Console console) {
        try (Locks.Held _ = take(name, "stop", console)) {
            App app = store.app(name);
            App stopped = store.update(
                    name, before -> before.withStopped(true).withProcesses(Map.of()), deadlines(app, clock.instant()));
            publish(stopped).warnings().forEach(console::warn);
            app.processes().values().forEach(id -> {
                scheduler.stop(id, Settings.stopTimeout(app));
                store.retired(id);
            });
        }
    }

    private static Map<String, Instant> deadlines(App app, Instant when) {
        TreeMap<String, Instant> deadlines = new TreeMap<>();
        app.processes().values().forEach(id -> deadlines.put(id, when));
        return deadlines;
    }

    /** Changes the config; with a restart the change holds only if the new processes become healthy. */
    public void changeConfig(AppName name, UnaryOperator<Config> change, boolean restart, Console console) {
        try (Locks.Held _ = take(name, "change of config", console)) {
            App app = store.app(name);
            App next = app.withConfig(change.apply(app.config()));
            if (!restart || next.release().isEmpty() || next.stopped()) {
                store.update(name, before -> before.withConfig(next.config()));
                return;
            }
            console.step("Restarting app " + name);
            rollout.run(Plan.all(next, next.release().get()), console);
        }
    }

    /**
     * Changes what only the proxy needs to know (domains, ports, properties, certificate): the change holds only if nginx takes it.
     *
     * @return whether anything was reloaded
     */
    public boolean changeSite(AppName name, UnaryOperator<App> change, Console console) {
        try (Locks.Held _ = take(name, "change of its site", console)) {
            App next = change.apply(store.app(name));
            Proxy.Published published = publish(next);
            published.warnings().forEach(console::warn);
            store.update(name, before -> change.apply(before));
            return published.changed();
        }
    }

    /** Changes what https is served with, none for no https, once nginx has taken it. */
    public void changeCertificate(AppName name, Optional<CertificatePem> certificate, Console console) {
        try (Locks.Held _ = take(name, "change of its certificate", console)) {
            App app = store.app(name);
            proxy.publish(sites.serving(app, app.release(), serving(app), certificate))
                    .warnings()
                    .forEach(console::warn);
            certificate.ifPresentOrElse(pem -> store.setCertificate(name, pem), () -> store.removeCertificate(name));
        }
    }

    /** Renders an app's site anew from what is settled. */
    public Proxy.Published rebuildSite(AppName name, Console console) {
        try (Locks.Held _ = take(name, "rebuild of its site", console)) {
            return publish(store.app(name));
        }
    }

    private Proxy.Published publish(App app) {
        return proxy.publish(site(app));
    }

    /** An app's site as its processes stand. */
    public Site site(App app) {
        return sites.serving(app, app.release(), serving(app));
    }

    private List<Running> serving(App app) {
        return scheduler.running(app.name()).stream()
                .filter(process -> app.processes().containsValue(process.id()))
                .toList();
    }

    /** The processes of an app that are on their way out. */
    public List<Running> retiring(App app) {
        Set<String> ids = store.retiring().keySet();
        return scheduler.running(app.name()).stream()
                .filter(process -> ids.contains(process.id()))
                .toList();
    }

    /** Ends everything of an app: its processes, its site and its builds. */
    public void destroy(AppName name, Console console) {
        try (Locks.Held _ = take(name, "destruction", console)) {
            App app = store.app(name);
            proxy.remove(name);
            for (Running process : scheduler.running(name)) {
                scheduler.stop(process.id(), Settings.stopTimeout(app));
                store.retired(process.id());
            }
            store.remove(name);
            builder.forget(name);
        }
    }

    /**
     * Takes up the work of a daemon that ended: what runs is adopted and served, what is missing is started, what nobody wants is
     * stopped. To be called once, before any other method.
     */
    public void resume() {
        Recovery recovery = new Recovery(store, scheduler, rollout, locks);
        scheduler.watch(new Reaction(store, scheduler, proxy, locks, this::site)::answer);
        recovery.settle();
        proxy.start(store.apps().stream().map(name -> site(store.app(name))).toList())
                .forEach(refusal -> LOG.warn("{}", refusal));
        retirement.resume();
        recovery.restore();
    }

    private Locks.Held take(AppName name, String what, Console console) {
        store.app(name);
        return locks.take(name, what, console);
    }

    private Instant now() {
        return Instant.ofEpochSecond(clock.instant().getEpochSecond());
    }

    @Override
    public void close() {
        retirement.close();
    }
}
