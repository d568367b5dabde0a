package dev.slipway.deploy;

import dev.slipway.build.BuildRequest;
import dev.slipway.build.Builder;
import dev.slipway.console.Console;
import dev.slipway.deploy.appjson.AppJson;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.Build;
import dev.slipway.model.Config;
import dev.slipway.model.Draining;
import dev.slipway.model.Formation;
import dev.slipway.model.HostPorts;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Release;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Proxy;
import dev.slipway.schedule.Scheduler;
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
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes apps from one state to another while they serve. Every method holds the app's lock, and either does all that it says or leaves
 * the app as it was.
 */
public final class Deployer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

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
    private final SiteChanges siteChanges;
    private final Preflight preflight;
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
        this.siteChanges = new SiteChanges(new SiteChanges.Parts(store, scheduler, proxy, locks, sites));
        this.preflight = new Preflight(parts.revisions(), proxy, sites);
        this.retirement = new Retirement(store, scheduler, proxy, clock, this::sweepBuilds);
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
            DeployLock.refuse(app);
            Preflight.Checked checked = preflight.check(app, source, console);
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
            keepWhatRuns(deployed, release);
        }
    }

    private static String shortName(Source source) {
        return source.revision().sha().substring(0, 7);
    }

    private static Config withRevision(Config config, Release release) {
        return config.with(Map.of(Release.REVISION_VARIABLE, release.revision().sha()));
    }

    /** Old processes read files of their build until they are gone, so it stays until then. */
    private void keepWhatRuns(App app, Release release) {
        if (scheduler.running(app.name()).stream().allMatch(process -> process.release() == release.number())) {
            builder.keep(app.name(), Set.of(release.build().key()));
        }
    }

    private void sweepBuilds(AppName name) {
        try (Locks.Held _ = locks.take(name, "removal of old builds", Console.silent())) {
            store.find(name).ifPresent(app -> app.release().ifPresent(release -> keepWhatRuns(app, release)));
            if (store.find(name).isEmpty() && scheduler.running(name).isEmpty()) {
                builder.forget(name); // The last process from before a change of name is gone.
            }
        } catch (UserException e) {
            LOG.debug("the builds of {} are swept another time", name, e);
        }
    }

    private Build build(Preflight.Checked checked, Console console) {
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
            new ReleaseTask(scheduler, users, store.globalConfig()).run(app, release, console);
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
        String machine = store.globalProperties()
                .getOrDefault(Vhosts.GLOBAL_DOMAINS, "localhost")
                .split(" ", 2)[0];
        return Urls.of(sites.expected(app, Optional.empty(), Formation.EMPTY), machine);
    }

    /** Changes how many processes of some types there are; starts what is missing and retires what is too much, and touches nothing else. */
    public void scale(AppName name, Map<ProcessType, Integer> changes, Console console) {
        try (Locks.Held _ = take(name, "scaling", console)) {
            App next = scaled(store.app(name), changes);
            Optional<Release> release = next.release();
            if (release.isEmpty() || next.stopped()) {
                store.update(name, before -> before.withFormation(next.formation()));
                return;
            }
            proxy.test(sites.expected(next, release.get().template(), next.formation()))
                    .forEach(console::warn);
            Predicate<ProcessName> gone = process -> changes.containsKey(process.type()) && !runs(next, process);
            rollout.run(Plan.missing(next, release.get(), gone), console);
        }
    }

    /** Settles how many processes of some types there shall be from the next deploy, start or restart on. */
    public void scaleLater(AppName name, Map<ProcessType, Integer> changes, Console console) {
        try (Locks.Held _ = take(name, "scaling", console)) {
            store.update(name, before -> scaled(before, changes));
        }
    }

    private boolean runs(App app, ProcessName process) {
        String id = app.processes().get(process);
        return scheduler.running(app.name()).stream()
                .anyMatch(running -> running.id().equals(id));
    }

    private static App scaled(App app, Map<ProcessType, Integer> changes) {
        refuseFixedScale(app);
        app.release()
                .ifPresent(release -> changes.keySet().forEach(type -> {
                    if (!release.procfile().has(type) || type.equals(ReleaseTask.TYPE)) {
                        throw UserException.invalid(type + " is not a valid process name to scale up");
                    }
                }));
        return app.withFormation(app.formation().with(changes));
    }

    /** @throws UserException if an app cannot be scaled by hand */
    public static void refuseFixedScale(App app) {
        if (!canScale(app)) {
            throw UserException.invalid("App " + app.name()
                    + " contains an app.json file with a formation key and cannot be manually scaled");
        }
    }

    /** Whether an app's scale is set by hand and not by the app.json of its release. */
    public static boolean canScale(App app) {
        return app.release()
                .flatMap(Release::appJson)
                .map(text -> AppJson.parse(text).formation().isEmpty())
                .orElse(true);
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

    /** Starts what a user stopped, or what exited and was given up; what runs is left alone. */
    public void start(AppName name, Console console) {
        try (Locks.Held _ = take(name, "start", console)) {
            App app = store.app(name);
            rollout.run(Plan.missing(app, released(app), process -> !runs(app, process)), console);
        }
    }

    /** Stops all processes of an app; it stays stopped until it is started or deployed again. */
    public void stop(AppName name, Console console) {
        try (Locks.Held _ = take(name, "stop", console)) {
            App app = store.app(name);
            released(app);
            ToTheEnd.run(() -> {
                Set<String> ids = release(app);
                siteChanges.withdraw(store.app(name), console);
                retirement.end(ids, new Settings(app, store.globalProperties()).stopTimeout());
            });
        }
    }

    /** Settles that an app is stopped and that all it runs, draining processes included, is to go; gives what that is. */
    private Set<String> release(App app) {
        TreeSet<String> ids = new TreeSet<>(app.processes().values());
        scheduler.running(app.name()).forEach(process -> ids.add(process.id()));
        TreeMap<String, Draining> now = new TreeMap<>();
        ids.forEach(id -> now.put(id, Draining.at(clock.instant())));
        store.update(app.name(), before -> before.withStopped(true).withProcesses(Map.of()), now);
        return ids;
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

    /** The processes of an app that are on their way out. */
    public List<Leaving> leaving(App app) {
        return retirement.leaving(app.name());
    }

    /**
     * Ends everything of an app: its processes, its site, its builds, and at last its place in the store.
     *
     * @param rest what else belongs to the app and goes with it, run while its name is still taken
     */
    public void destroy(AppName name, Runnable rest, Console console) {
        try (Locks.Held _ = take(name, "destruction", console)) {
            App app = store.app(name);
            ToTheEnd.run(() -> {
                Set<String> ids = release(app);
                proxy.remove(name);
                retirement.end(ids, new Settings(app, store.globalProperties()).stopTimeout());
                builder.forget(name);
                rest.run();
                store.remove(name);
            });
        }
    }

    /** How apps are served, and the changes to it that leave their processes alone. */
    public SiteChanges site() {
        return siteChanges;
    }

    /** Which paths of the apps lead to which of their process types. */
    public RouteChanges routes() {
        return new RouteChanges(store, scheduler, siteChanges);
    }

    /** The names of apps, and the change of them. */
    public Renaming names() {
        return new Renaming(
                new Renaming.Parts(store, scheduler, proxy, builder, locks, siteChanges, rollout, retirement, clock));
    }

    /** Whether nothing runs under a name, neither of an app that has it nor of one that had it. */
    public boolean isIdle(AppName name) {
        return scheduler.running(name).isEmpty();
    }

    /** Whether something is being done to an app, so that whatever comes next waits. */
    public boolean isBusy(AppName name) {
        return locks.isHeld(name);
    }

    /**
     * Takes up the work of a daemon that ended: what runs is adopted and served, what is missing is started, what nobody wants is
     * stopped. To be called once, before any other method.
     */
    public void resume() {
        Recovery recovery = new Recovery(store, scheduler, rollout, locks);
        Reaction reaction = new Reaction(store, scheduler, proxy, locks, siteChanges::of);
        scheduler.watch(reaction::answer);
        recovery.settle();
        proxy.start(store.apps().stream()
                        .map(name -> siteChanges.of(store.app(name)))
                        .toList())
                .forEach(refusal -> LOG.warn("{}", refusal));
        reaction.begin();
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
