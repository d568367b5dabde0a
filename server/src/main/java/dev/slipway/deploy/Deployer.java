package dev.slipway.deploy;

import dev.slipway.build.Builder;
import dev.slipway.console.Console;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.Build;
import dev.slipway.model.BuildRecord;
import dev.slipway.model.Config;
import dev.slipway.model.Formation;
import dev.slipway.model.HostPorts;
import dev.slipway.model.Release;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Proxy;
import dev.slipway.schedule.Scheduler;
import dev.slipway.source.Mirrors;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes apps from one state to another while they serve. Every method holds the app's lock, and either does all that it says or leaves
 * the app as it was.
 */
public final class Deployer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

    private final Store store;
    private final Scheduler scheduler;
    private final Proxy proxy;
    private final Builder builder;
    private final Locks locks;
    private final Users users;
    private final Clock clock;
    private final Sites sites;
    private final StartupChecks startupChecks;
    private final DeployTasks tasks;
    private final SiteChanges siteChanges;
    private final Preflight preflight;
    private final BuildStep buildStep;
    private final BuildHistory history;
    private final Retirement retirement;
    private final Rollout rollout;
    private final Processes processes;
    private final OneOffs oneOffs;
    private final List<Consumer<AppName>> watchers = new CopyOnWriteArrayList<>();

    public Deployer(Parts parts) {
        this.store = parts.store();
        this.scheduler = parts.scheduler();
        this.proxy = parts.proxy();
        this.builder = parts.builder();
        this.locks = parts.locks();
        this.users = parts.users();
        this.clock = parts.clock();
        this.sites = new Sites(store, parts.ports());
        this.startupChecks = new StartupChecks(sites, proxy);
        this.tasks = new DeployTasks(scheduler, builder, users, store);
        this.siteChanges = new SiteChanges(new SiteChanges.Parts(store, scheduler, proxy, locks, sites));
        this.preflight = new Preflight(store, parts.revisions(), proxy, sites);
        this.buildStep = new BuildStep(parts);
        this.history = new BuildHistory(store, parts.buildLogs(), clock);
        this.retirement = new Retirement(store, scheduler, proxy, clock, this::sweepBuilds);
        this.rollout = new Rollout(new Rollout.Parts(
                store, scheduler, sites, startupChecks, siteChanges, retirement, users, clock, parts.failures()));
        this.processes = new Processes(new Processes.Parts(
                store,
                scheduler,
                proxy,
                locks,
                sites,
                startupChecks,
                siteChanges,
                rollout,
                retirement,
                history,
                clock));
        this.oneOffs = new OneOffs(store, scheduler, users, clock);
    }

    /**
     * What a deploy works with.
     *
     * @param mirrors buildpacks that others publish
     * @param workshop a directory for trees that are being laid out and built
     * @param buildLogs a directory for what builds print
     * @param ports the host ports of apps that do not set their own
     * @param failures is told of deploys whose processes did not come up
     */
    public record Parts(
            Store store,
            Scheduler scheduler,
            Proxy proxy,
            Builder builder,
            Revisions revisions,
            Mirrors mirrors,
            Locks locks,
            Users users,
            Clock clock,
            Path workshop,
            Path buildLogs,
            HostPorts ports,
            FailureWatch failures) {}

    /** Deploys a pushed revision: the whole way, from the check of its files to the old processes' leave. */
    public void deploy(Source source, Console console) {
        deploy(source, BuildRecord.Origin.GIT_HOOK, console);
    }

    /** As above, for a revision that came otherwise. */
    public void deploy(Source source, BuildRecord.Origin origin, Console console) {
        try (Locks.Held _ = take(source.app(), "deploy of " + shortName(source), console)) {
            record(source, origin, "", console);
        }
    }

    /** Builds the revision that is deployed once more, whether or not there is a build of it, and deploys that. */
    public void rebuild(AppName name, Console console) {
        try (Locks.Held _ = take(name, "rebuild", console)) {
            Release last = Processes.released(store.app(name));
            Source source = Source.of(name, last.revision());
            record(source, BuildRecord.Origin.REBUILD, " again for " + (last.number() + 1), console);
        }
    }

    private void record(Source source, BuildRecord.Origin origin, String again, Console console) {
        DeployLock.refuse(store.app(source.app()));
        history.record(source, origin, console, recorded -> deploy(source, again, recorded));
    }

    private void deploy(Source source, String again, Console console) {
        App app = store.app(source.app());
        Preflight.Checked checked = preflight.check(app, source, console);
        Build build = buildStep.make(checked, again, console);
        App settled = preflight.settle(checked, build);
        Release release = new Release(
                app.release().map(last -> last.number() + 1).orElse(1),
                source.revision(),
                build,
                checked.template(),
                checked.appJson(),
                now());
        App next = settled.withConfig(withRevision(settled, release)).withProcesses(app.processes());
        console.step("Releasing " + app.name() + " v" + release.number() + "...");
        App deployed = tasks.deploy(
                next.withRelease(release),
                ready -> rollout.run(Plan.all(next.withRelease(ready), ready), console),
                console);
        Release serving = Processes.released(deployed);
        keepWhatRuns(deployed, serving);
        changed(deployed.name());
        tasks.after(deployed, serving, !app.deployed(), console);
        tell(deployed, console);
    }

    /** Has somebody told of each app whose release is another from now on, or that is gone. */
    public void watch(Consumer<AppName> watcher) {
        watchers.add(watcher);
    }

    /** Tells that what is to be known of an app may be another. */
    public void changed(AppName name) {
        watchers.forEach(watcher -> watcher.accept(name));
    }

    private static String shortName(Source source) {
        return source.revision().sha().substring(0, 7);
    }

    /** A variable of another name that still tells the revision of before would tell a lie. */
    private Config withRevision(App app, Release release) {
        Optional<String> variable = new Settings(app, store.globalProperties()).revisionVariable();
        String before = app.release().map(last -> last.revision().sha()).orElse("");
        Config config = before.equals(app.config().values().get(Release.REVISION_VARIABLE))
                ? app.config().without(Set.of(Release.REVISION_VARIABLE))
                : app.config();
        return variable.map(name -> config.with(Map.of(name, release.revision().sha())))
                .orElse(config);
    }

    /** Old processes read files of their build until they are gone, so it stays until then. */
    private void keepWhatRuns(App app, Release release) {
        if (new Settings(app, store.globalProperties()).keepsBuilds()) {
            return;
        }
        if (scheduler.running(app.name()).stream().allMatch(process -> process.release() == release.number())) {
            builder.keep(app.name(), Set.of(release.build().key()));
        }
    }

    private void sweepBuilds(AppName name) {
        try (Locks.Held _ = locks.take(name, "removal of old builds", Console.silent())) {
            removeOldBuilds(name);
        } catch (UserException e) {
            LOG.debug("the builds of {} are swept another time", name, e);
        }
    }

    private void removeOldBuilds(AppName name) {
        store.find(name).ifPresent(app -> app.release().ifPresent(release -> keepWhatRuns(app, release)));
        if (store.find(name).isEmpty() && scheduler.running(name).isEmpty()) {
            builder.forget(name); // The last process from before a change of name is gone.
        }
    }

    private void tell(App app, Console console) {
        console.title("Application deployed:");
        List<String> urls = urls(app);
        if (!SiteChanges.enabled(app)) {
            console.detail("the proxy is disabled for it: dokku proxy:enable " + app.name());
        } else if (urls.isEmpty()) {
            console.detail("no domain leads to it yet: dokku domains:add " + app.name() + " DOMAIN");
        }
        urls.forEach(console::detail);
        console.line("");
    }

    /** Where an app can be reached, most secure first for each of its domains. */
    public List<String> urls(App app) {
        if (!SiteChanges.enabled(app)) {
            return List.of();
        }
        String machine = store.globalProperties()
                .getOrDefault(Vhosts.GLOBAL_DOMAINS, "localhost")
                .split(" ", 2)[0];
        return Urls.of(sites.expected(app, Optional.empty(), Formation.EMPTY), machine);
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
            Plan plan = Plan.all(next, next.release().get());
            history.record(
                    app, plan.release(), BuildRecord.Origin.CONFIG, console, recorded -> rollout.run(plan, recorded));
        }
    }

    /** What runs of an app: how many, started, stopped, replaced. */
    public Processes processes() {
        return processes;
    }

    /** What is run once, beside what the release says. */
    public OneOffs oneOffs() {
        return oneOffs;
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
                Set<String> ids = processes.release(app);
                proxy.remove(name);
                retirement.end(ids, new Settings(app, store.globalProperties()).stopTimeout());
                builder.forget(name);
                history.forget(name);
                rest.run();
                oneOffs.running(name).forEach(oneOffs::stop); // Those that kept a name which the app had before.
                store.remove(name);
                oneOffs.running(name).forEach(oneOffs::stop); // Those that were begun meanwhile.
                changed(name);
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

    /** The builds of the apps: those that were, and those that are being made. */
    public BuildHistory builds() {
        return history;
    }

    /** Empties the cache of an app's builds, once nothing else is being done to the app. */
    public void purgeCache(AppName name, Console console) {
        exclusively(name, "removal of the build cache", () -> builder.purge(name), console);
    }

    /**
     * Removes what is left of an app's past: built trees that no process reads, and records of builds beyond those to be kept. An app to
     * which something is being done is left alone, with a word: a deploy cleans up at its own end.
     */
    public void cleanUp(AppName name, Console console) {
        Optional<Locks.Held> turn = locks.takeSoon(name, "cleanup");
        if (turn.isEmpty()) {
            console.detail(name + " is being changed by somebody else and left alone");
            return;
        }
        try (Locks.Held _ = turn.get()) {
            removeOldBuilds(name);
            history.prune(name);
        }
    }

    /** Removes the mirrors of buildpacks that no build has used since then. */
    public void forgetBuildpacks(Instant unusedSince) {
        buildStep.forgetBuildpacks(unusedSince);
    }

    /** Does something that must not meet a deploy of the app. */
    public void exclusively(AppName name, String what, Runnable work, Console console) {
        try (Locks.Held _ = take(name, what, console)) {
            work.run();
        }
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
        buildStep.sweep();
        history.resume();
        Recovery recovery = new Recovery(store, scheduler, rollout, locks);
        Reaction reaction = new Reaction(store, scheduler, locks, startupChecks, siteChanges::publish);
        scheduler.watch(reaction::answer);
        recovery.settle();
        proxy.start(store.apps().stream()
                        .map(store::app)
                        .filter(SiteChanges::enabled)
                        .map(siteChanges::of)
                        .toList())
                .forEach(refusal -> LOG.warn("{}", refusal));
        reaction.begin();
        retirement.resume();
        oneOffs.resume();
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
        oneOffs.close();
        retirement.close();
    }
}
