package dev.slipway.deploy;

import dev.slipway.console.Console;
import dev.slipway.deploy.appjson.AppJson;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.Draining;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessSpec;
import dev.slipway.proxy.Proxy;
import dev.slipway.proxy.Site;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import dev.slipway.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts what a plan asks for, checks it, switches to it and retires what it replaces: all of it, or nothing. */
final class Rollout {

    private static final Logger LOG = LoggerFactory.getLogger(Rollout.class);

    /** What a process that never served gets to end by itself. */
    private static final Duration SHORT_GRACE = Duration.ofSeconds(3);

    /** Of each process of a failed deploy. */
    private static final int MOST_LINES = 1_000;

    private final Store store;
    private final Scheduler scheduler;
    private final Sites sites;
    private final Checks checks;
    private final StartupChecks startupChecks;
    private final SiteChanges siteChanges;
    private final Retirement retirement;
    private final Users users;
    private final Clock clock;
    private final FailureWatch failures;

    Rollout(Parts parts) {
        this.store = parts.store();
        this.scheduler = parts.scheduler();
        this.sites = parts.sites();
        this.siteChanges = parts.siteChanges();
        this.retirement = parts.retirement();
        this.users = parts.users();
        this.clock = parts.clock();
        this.failures = parts.failures();
        this.checks = new Checks(scheduler);
        this.startupChecks = parts.startupChecks();
    }

    /** What a rollout works with. */
    record Parts(
            Store store,
            Scheduler scheduler,
            Sites sites,
            StartupChecks startupChecks,
            SiteChanges siteChanges,
            Retirement retirement,
            Users users,
            Clock clock,
            FailureWatch failures) {}

    /**
     * Carries a plan out.
     *
     * @return the app as it is now
     * @throws dev.slipway.model.UserException if a process does not become healthy or nginx refuses: nothing has changed then, except
     *     that processes without checks, which were to stop first, have stopped
     */
    App run(Plan wanted, Console console) {
        announce(wanted, console);
        Plan plan = ToTheEnd.run(() -> stopFirst(wanted, console));
        List<Running> started = Collections.synchronizedList(new ArrayList<>());
        boolean switched = false;
        try {
            startAll(plan, started, console);
            App app = ToTheEnd.run(() -> switchTo(plan, started, console));
            switched = true;
            return app;
        } finally {
            if (!switched) {
                ToTheEnd.run(() -> {
                    tellOfFailure(plan, started);
                    stopAll(started);
                });
            }
        }
    }

    private static void announce(Plan plan, Console console) {
        plan.formation().counts().forEach((type, count) -> {
            boolean touched =
                    plan.fresh().stream().anyMatch(process -> process.type().equals(type));
            if (touched || count == 0) {
                console.step("Deploying " + type + " (count=" + count + ")");
            }
        });
    }

    /** Where checks are disabled there must never be two generations of a process, whatever that costs. */
    private Plan stopFirst(Plan plan, Console console) {
        ChecksLists lists = ChecksLists.of(plan.app());
        TreeMap<ProcessName, String> going = new TreeMap<>(plan.app().processes());
        going.keySet().removeAll(plan.kept().keySet());
        going.keySet()
                .removeIf(name -> lists.mode(name.type()) != ChecksLists.Mode.DISABLED
                        || plan.fresh().stream().noneMatch(fresh -> fresh.type().equals(name.type())));
        if (going.isEmpty()) {
            return plan;
        }
        going.keySet().forEach(name -> console.detail("Stopping " + name + " first: checks are disabled"));
        TreeMap<ProcessName, String> staying = new TreeMap<>(plan.app().processes());
        staying.keySet().removeAll(going.keySet());
        Map<String, Draining> now = new HashMap<>();
        going.values().forEach(id -> now.put(id, Draining.at(clock.instant())));
        App app = store.update(plan.app().name(), before -> before.withProcesses(staying), now);
        siteChanges.withdraw(app, console);
        retirement.end(going.values(), new Settings(app, store.globalProperties()).stopTimeout());
        return new Plan(plan.app().withProcesses(staying), plan.release(), plan.fresh());
    }

    private void startAll(Plan plan, Collection<Running> started, Console console) {
        AppJson appJson = plan.release().appJson().map(AppJson::parse).orElse(AppJson.NONE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> starting = new ArrayList<>();
            for (ProcessName name : plan.fresh()) {
                starting.add(threads.submit(() -> startOne(plan, name, appJson, started, console)));
            }
            awaitAll(starting);
        }
    }

    /** Waits for all; the first that fails, in time or not, ends the others. */
    private static void awaitAll(List<Future<?>> starting) {
        try {
            for (Future<?> one : starting) {
                one.get();
            }
        } catch (ExecutionException e) {
            starting.forEach(other -> other.cancel(true));
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            starting.forEach(other -> other.cancel(true));
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("the deploy was cancelled");
        }
    }

    private void startOne(Plan plan, ProcessName name, AppJson appJson, Collection<Running> started, Console console) {
        App app = plan.app();
        Running process = scheduler.start(new ProcessSpec(
                app.name(),
                name,
                plan.release().number(),
                plan.release().build().tree(),
                plan.release().procfile().command(name.type()),
                plan.environment(name, store.globalConfig()),
                users.runs(app),
                Resource.limits(app, name.type()),
                new Settings(app, store.globalProperties()).restartPolicy()));
        started.add(process);
        if (ChecksLists.of(app).mode(name.type()) != ChecksLists.Mode.CHECKED) {
            console.detail("Skipping pre-flight checks (" + name + ")");
            return;
        }
        checks.await(process, startupChecks.of(name.type(), app, plan.release(), appJson), console);
    }

    /** Either all of it, or nginx leads to where it led before. */
    private App switchTo(Plan plan, List<Running> started, Console console) {
        Map<ProcessName, String> serving = new TreeMap<>(plan.kept());
        started.forEach(process -> serving.put(process.name(), process.id()));
        List<Running> processes = scheduler.running(plan.app().name()).stream()
                .filter(process -> serving.containsValue(process.id()))
                .toList();
        App before = store.app(plan.formerly());
        Site site =
                sites.serving(plan.app(), Optional.of(plan.release()), processes, store.certificate(plan.formerly()));
        if (SiteChanges.enabled(plan.app())) {
            site.own().ifPresent(own -> console.step("Overriding default nginx.conf with detected " + own.path()));
        }
        Proxy.Published published = siteChanges.publish(plan.app(), site);
        App app;
        try {
            app = settle(plan, serving, published, console);
        } catch (RuntimeException e) {
            publishAgain(before, plan.app().name());
            throw e;
        }
        started.forEach(process -> scheduler.keep(process.id()));
        return app;
    }

    private App settle(Plan plan, Map<ProcessName, String> serving, Proxy.Published published, Console console) {
        published.warnings().forEach(console::warn);
        Settings settings = new Settings(plan.app(), store.globalProperties());
        Map<String, Draining> draining = replaced(plan.app(), serving, settings, published.changed());
        if (!draining.isEmpty()) {
            retirement.makeRoom(plan.app().name(), settings.mostDraining(), console);
        }
        App app = settled(plan, serving, draining);
        retirement.begin(draining);
        return app;
    }

    /** What nginx was switched to could not be settled and is about to be stopped: it must not lead there. */
    private void publishAgain(App before, AppName served) {
        try {
            if (served.equals(before.name())) {
                siteChanges.publish(before);
            } else {
                siteChanges.takeDown(served);
            }
        } catch (RuntimeException e) {
            LOG.error("the site of {} could not be published as it was", before.name(), e);
        }
    }

    private App settled(Plan plan, Map<ProcessName, String> serving, Map<String, Draining> draining) {
        UnaryOperator<App> change = before -> before.withConfig(plan.app().config())
                .withFormation(plan.formation())
                .withRelease(plan.release())
                .withProcesses(serving)
                .withStopped(false);
        AppName name = plan.app().name();
        return plan.formerly().equals(name)
                ? store.update(name, change, draining)
                : store.rename(
                        plan.formerly(),
                        name,
                        before -> Renaming.unfinished(change.apply(before), plan.formerly())
                                .withDomains(plan.app().domains()),
                        draining);
    }

    private Map<String, Draining> replaced(
            App before, Map<ProcessName, String> serving, Settings settings, boolean reloaded) {
        Draining until = settings.drain(clock.instant(), reloaded);
        Map<String, Draining> replaced = new HashMap<>();
        before.processes().values().stream()
                .filter(id -> !serving.containsValue(id))
                .forEach(id -> replaced.put(id, until));
        return replaced;
    }

    /** Before they are stopped: what they printed tells why they failed. */
    private void tellOfFailure(Plan plan, List<Running> started) {
        Map<ProcessName, List<String>> printed = new TreeMap<>();
        try {
            List.copyOf(started)
                    .forEach(process -> printed.put(process.name(), scheduler.lastLines(process.id(), MOST_LINES)));
            failures.failed(plan.app().name(), plan.release().number(), printed);
        } catch (RuntimeException e) {
            LOG.error("what the processes of {} printed is not kept", plan.app().name(), e);
        }
    }

    private void stopAll(List<Running> started) {
        for (Running process : List.copyOf(started)) {
            try {
                scheduler.stop(process.id(), SHORT_GRACE);
            } catch (RuntimeException e) {
                LOG.error(
                        "process {} of a failed deploy could not be stopped; the next start sweeps it",
                        process.id(),
                        e);
            }
        }
    }
}
