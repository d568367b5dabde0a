package dev.slipway.deploy;

import dev.slipway.console.Console;
import dev.slipway.model.App;
import dev.slipway.model.ProcessName;
import dev.slipway.model.UserException;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import dev.slipway.store.Store;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what runs and what is settled together again when the daemon starts, after whatever ended the one before it. */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Store store;
    private final Scheduler scheduler;
    private final Rollout rollout;
    private final Locks locks;

    Recovery(Store store, Scheduler scheduler, Rollout rollout, Locks locks) {
        this.store = store;
        this.scheduler = scheduler;
        this.rollout = rollout;
        this.locks = locks;
    }

    /** Forgets the processes that are gone, and stops those of deploys that never came to their switch. */
    void settle() {
        scheduler.recover();
        Set<String> alive = scheduler.running().stream().map(Running::id).collect(Collectors.toSet());
        Set<String> wanted = new HashSet<>(store.draining().keySet());
        scheduler.running().stream()
                .filter(process -> process.oneOff().isPresent())
                .filter(process -> OneOffs.hasApp(store, process))
                .forEach(process -> wanted.add(process.id()));
        for (App app : store.all()) {
            SortedMap<ProcessName, String> present = new TreeMap<>(app.processes());
            present.values().retainAll(alive);
            if (!present.equals(app.processes())) {
                forget(app, present);
                store.update(app.name(), before -> before.withProcesses(present));
            }
            wanted.addAll(present.values());
            present.values().forEach(scheduler::keep);
        }
        alive.stream().filter(id -> !wanted.contains(id)).forEach(id -> {
            LOG.info("stopping {}, which was left behind by a deploy that did not come to its end", id);
            Thread.startVirtualThread(() -> scheduler.stop(id, GRACE));
        });
    }

    /** A process that exited for good is still in the scheduler's record. */
    private void forget(App app, SortedMap<ProcessName, String> present) {
        app.processes().values().stream()
                .filter(id -> !present.containsValue(id))
                .forEach(id -> scheduler.stop(id, Duration.ZERO));
    }

    /** Starts, in the background, what should run and does not: after the machine was off, for instance. */
    void restore() {
        for (App app : store.all()) {
            if (app.deployed()
                    && !app.stopped()
                    && AppProperty.RESTORE.text(app, store.globalProperties()).equals("true")
                    && !app.processes().keySet().containsAll(app.formation().processes())) {
                Thread.ofVirtual().name("restore-" + app.name()).start(() -> restore(app));
            }
        }
    }

    private void restore(App noticed) {
        Console silent = Console.silent();
        try (Locks.Held _ = locks.take(noticed.name(), "restoring after a start of Slipway", silent)) {
            App app = store.app(noticed.name());
            app.release().ifPresent(release -> rollout.run(Plan.missing(app, release, process -> false), silent));
        } catch (UserException e) {
            LOG.warn("app {} could not be restored: {}", noticed.name(), e.text());
        } catch (RuntimeException e) {
            LOG.error("app {} could not be restored", noticed.name(), e);
        }
    }
}
