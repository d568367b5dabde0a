package dev.slipway.deploy;

import dev.slipway.console.Console;
import dev.slipway.deploy.appjson.AppJson;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.BuildRecord;
import dev.slipway.model.Draining;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Release;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Proxy;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import dev.slipway.store.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Starts, stops, replaces and multiplies the processes of the release that an app has. */
public final class Processes {

    private final Store store;
    private final Scheduler scheduler;
    private final Proxy proxy;
    private final Locks locks;
    private final Sites sites;
    private final SiteChanges siteChanges;
    private final Rollout rollout;
    private final Retirement retirement;
    private final BuildHistory history;
    private final Clock clock;
    private final Checks checks;
    private final StartupChecks startupChecks;

    Processes(Parts parts) {
        this.store = parts.store();
        this.scheduler = parts.scheduler();
        this.proxy = parts.proxy();
        this.locks = parts.locks();
        this.sites = parts.sites();
        this.siteChanges = parts.siteChanges();
        this.rollout = parts.rollout();
        this.retirement = parts.retirement();
        this.history = parts.history();
        this.clock = parts.clock();
        this.checks = new Checks(parts.scheduler());
        this.startupChecks = parts.startupChecks();
    }

    /** What works on processes. */
    record Parts(
            Store store,
            Scheduler scheduler,
            Proxy proxy,
            Locks locks,
            Sites sites,
            StartupChecks startupChecks,
            SiteChanges siteChanges,
            Rollout rollout,
            Retirement retirement,
            BuildHistory history,
            Clock clock) {}

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

    /** Of what never runs, the release task and types that the Procfile lacks, there are none: to ask for none changes nothing. */
    private static App scaled(App app, Map<ProcessType, Integer> wanted) {
        refuseFixedScale(app);
        Map<ProcessType, Integer> changes = new TreeMap<>(wanted);
        app.release()
                .ifPresent(release -> wanted.forEach((type, count) -> {
                    boolean runs = release.procfile().has(type) && !type.equals(DeployTasks.RELEASE);
                    if (!runs && count != 0) {
                        throw UserException.invalid(type + " is not a valid process name to scale up");
                    }
                    if (!runs && !app.formation().counts().containsKey(type)) {
                        changes.remove(type);
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
            type.ifPresent(one -> refuseUnknown(one, app, release));
            Plan plan = type.map(one -> Plan.type(app, release, one)).orElseGet(() -> Plan.all(app, release));
            history.record(app, release, BuildRecord.Origin.RESTART, console, recorded -> rollout.run(plan, recorded));
        }
    }

    private static void refuseUnknown(ProcessType type, App app, Release release) {
        if (!release.procfile().has(type)) {
            String found =
                    release.procfile().types().stream().map(ProcessType::value).collect(Collectors.joining(", "));
            throw UserException.invalid(
                    "Process type " + type + " is not in the Procfile of " + app.name() + " (found: " + found + ")");
        }
    }

    /** @throws UserException if the app was never deployed */
    static Release released(App app) {
        return app.release().orElseThrow(() -> UserException.failed("App " + app.name() + " has not been deployed"));
    }

    /** Starts what a user stopped, or what exited and was given up; what runs is left alone. */
    public void start(AppName name, Console console) {
        try (Locks.Held _ = take(name, "start", console)) {
            App app = store.app(name);
            Plan plan = missing(app);
            if (plan.fresh().isEmpty() && !app.stopped()) {
                rollout.run(plan, console);
                return; // Whoever makes sure that it runs leaves no trace where it does.
            }
            history.record(
                    app, plan.release(), BuildRecord.Origin.START, console, recorded -> rollout.run(plan, recorded));
        }
    }

    /**
     * As {@link #start}, but what a user stopped stays so.
     *
     * @return whether the app is one that should run
     */
    public boolean restore(AppName name, Console console) {
        try (Locks.Held _ = take(name, "restoring", console)) {
            App app = store.app(name);
            if (!app.deployed() || app.stopped()) {
                return false;
            }
            rollout.run(missing(app), console);
            return true;
        }
    }

    private Plan missing(App app) {
        return Plan.missing(app, released(app), process -> !runs(app, process));
    }

    /** Stops all processes of an app; it stays stopped until it is started or deployed again. */
    public void stop(AppName name, Console console) {
        try (Locks.Held _ = take(name, "stop", console)) {
            App app = store.app(name);
            released(app);
            ToTheEnd.run(() -> {
                Set<String> ids = release(app, process -> process.oneOff().isEmpty());
                siteChanges.withdraw(store.app(name), console);
                retirement.end(ids, new Settings(app, store.globalProperties()).stopTimeout());
            });
        }
    }

    /**
     * Runs the startup checks against processes that serve, one after the other; nothing changes, whatever they say.
     *
     * @throws UserException if one fails, or is of a process that does not run: the others are checked all the same
     */
    public void check(App app, List<ProcessName> names, Console console) {
        Release release = released(app);
        AppJson appJson = release.appJson().map(AppJson::parse).orElse(AppJson.NONE);
        List<ProcessName> failed = new ArrayList<>();
        for (ProcessName name : names) {
            try {
                checks.await(serving(app, name), startupChecks.of(name.type(), app, release, appJson), console);
            } catch (UserException e) {
                console.warn(e.text());
                failed.add(name);
            }
        }
        if (!failed.isEmpty()) {
            throw UserException.failed("Checks of " + app.name() + " failed: "
                    + failed.stream().map(ProcessName::toString).collect(Collectors.joining(", ")));
        }
    }

    private Running serving(App app, ProcessName name) {
        return scheduler.running(app.name()).stream()
                .filter(process -> process.id().equals(app.processes().get(name)))
                .filter(process -> process.state() == Running.State.RUNNING)
                .findFirst()
                .orElseThrow(() -> UserException.failed("Process " + name + " does not run"));
    }

    /** Settles that an app is stopped and that all it runs, draining processes included, is to go; gives what that is. */
    Set<String> release(App app) {
        return release(app, process -> true);
    }

    private Set<String> release(App app, Predicate<Running> which) {
        TreeSet<String> ids = new TreeSet<>(app.processes().values());
        scheduler.running(app.name()).stream().filter(which).forEach(process -> ids.add(process.id()));
        TreeMap<String, Draining> now = new TreeMap<>();
        ids.forEach(id -> now.put(id, Draining.at(clock.instant())));
        store.update(app.name(), before -> before.withStopped(true).withProcesses(Map.of()), now);
        return ids;
    }

    private Locks.Held take(AppName name, String what, Console console) {
        store.app(name);
        return locks.take(name, what, console);
    }
}
