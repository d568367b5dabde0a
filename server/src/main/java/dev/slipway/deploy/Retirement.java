package dev.slipway.deploy;

import dev.slipway.console.Console;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.Draining;
import dev.slipway.proxy.Proxy;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import dev.slipway.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets replaced processes go: when nobody is connected to them any more, and at their deadline whatever happens. What is draining stands
 * in the store, so a daemon that starts again goes on with it.
 */
final class Retirement implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

    /** The kernel tells nobody when a connection in another namespace ends, so it is looked for at this pace. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** How many looks in a row must find no connection: one that is being opened is not there yet. */
    private static final int QUIET_LOOKS = 2;

    /** What failed once, for want of memory or files, may well succeed after a while. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final Store store;
    private final Scheduler scheduler;
    private final Proxy proxy;
    private final Clock clock;
    private final Consumer<AppName> onGone;
    private final ConcurrentMap<String, Thread> waiting = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Draining> until = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** @param onGone told of each process that has retired, by its app */
    Retirement(Store store, Scheduler scheduler, Proxy proxy, Clock clock, Consumer<AppName> onGone) {
        this.store = store;
        this.scheduler = scheduler;
        this.proxy = proxy;
        this.clock = clock;
        this.onGone = onGone;
    }

    /** Goes on with whatever the store says is draining. */
    void resume() {
        begin(store.draining());
    }

    void begin(Map<String, Draining> draining) {
        draining.forEach((id, when) -> {
            until.put(id, when);
            waiting.computeIfAbsent(
                    id, fresh -> Thread.ofVirtual().name("retire-" + id).start(() -> retire(fresh)));
        });
    }

    /** The processes of an app that are on their way out. */
    List<Leaving> leaving(AppName app) {
        Map<String, Draining> draining = store.draining();
        return scheduler.running(app).stream()
                .filter(process -> draining.containsKey(process.id()))
                .map(process -> new Leaving(
                        process,
                        draining.getOrDefault(process.id(), Draining.at(clock.instant())),
                        scheduler.connections(process.id())))
                .toList();
    }

    /**
     * Makes room for one more draining generation of an app: beyond the most there may be, one goes now. That is one that has no sockets, if
     * there is any; else the oldest, and the user is told what that costs. Those that were told to go before count no more.
     */
    void makeRoom(AppName app, int most, Console console) {
        TreeMap<Instant, List<Leaving>> generations = new TreeMap<>();
        leaving(app).stream()
                .filter(one -> clock.instant().isBefore(one.until().deadline()))
                .forEach(one -> generations
                        .computeIfAbsent(one.until().since(), since -> new ArrayList<>())
                        .add(one));
        while (generations.size() >= most) {
            Instant next = generations.entrySet().stream()
                    .filter(generation -> sockets(generation.getValue()) == 0)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseGet(generations::firstKey);
            List<Leaving> going = generations.getOrDefault(next, List.of());
            generations.remove(next);
            int sockets = sockets(going);
            if (sockets > 0) {
                console.warn(app + " has " + most + " draining generations, the most that checks:set " + app + " "
                        + AppProperty.MAX_DRAINING.property() + " allows: the oldest is retired now, which costs "
                        + sockets + (sockets == 1 ? " socket" : " sockets"));
            }
            hasten(going);
        }
    }

    private static int sockets(Collection<Leaving> generation) {
        return generation.stream().mapToInt(Leaving::sockets).sum();
    }

    private void hasten(Collection<Leaving> oldest) {
        Map<String, Draining> now = new HashMap<>();
        oldest.forEach(one -> now.put(
                one.process().id(),
                new Draining(one.until().since(), one.until().late(), clock.instant())));
        store.drain(now);
        begin(now);
    }

    private void retire(String id) {
        try {
            while (!retired(id) && !closing.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("trying again to retire {}", id);
            }
        } catch (InterruptedException e) {
            LOG.debug("the daemon ends: {} goes on draining when it starts again", id);
        } finally {
            waiting.remove(id);
            until.remove(id);
        }
    }

    /** One try: whatever fails, the process is not left there for ever. */
    private boolean retired(String id) throws InterruptedException {
        try {
            Optional<Running> process = running(id);
            if (process.isPresent()) {
                await(id);
            }
            end(id, process.map(this::stopTimeout).orElse(Duration.ZERO));
            process.ifPresent(gone -> onGone.accept(gone.app()));
            return true;
        } catch (RuntimeException e) {
            LOG.error("process {} could not be retired", id, e);
            return false;
        }
    }

    private Duration stopTimeout(Running process) {
        return store.find(process.app())
                .map(app -> settings(app).stopTimeout())
                .orElse(Duration.ofSeconds(Long.parseLong(AppProperty.STOP_TIMEOUT.otherwise())));
    }

    private Settings settings(App app) {
        return new Settings(app, store.globalProperties());
    }

    private Optional<Running> running(String id) {
        return scheduler.running().stream()
                .filter(process -> process.id().equals(id))
                .findFirst();
    }

    private void end(String id, Duration grace) {
        scheduler.stop(id, grace);
        store.retired(id);
    }

    /** Ends processes now, side by side; returns when all are gone. One that cannot be ended stays on record as draining. */
    void end(Collection<String> ids, Duration grace) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ids.forEach(id -> threads.execute(() -> {
                try {
                    end(id, grace);
                } catch (RuntimeException e) {
                    LOG.error("process {} could not be ended; it is tried again when the daemon starts", id, e);
                }
            }));
        }
    }

    private void await(String id) throws InterruptedException {
        int quiet = 0;
        while (quiet < QUIET_LOOKS || !unreachable(id)) {
            quiet = scheduler.connections(id).isEmpty() ? quiet + 1 : 0;
            if (overdue(id) || running(id).isEmpty() || exits(id)) {
                return;
            }
        }
    }

    private boolean overdue(String id) {
        return !clock.instant().isBefore(draining(id).deadline());
    }

    /** Whether nobody can bring a connection any more: no worker of the proxy is left that knows of it, or they had their time. */
    private boolean unreachable(String id) {
        Draining when = draining(id);
        return !clock.instant().isBefore(when.late()) || proxy.settled(when.since());
    }

    private Draining draining(String id) {
        return until.getOrDefault(id, Draining.at(clock.instant()));
    }

    /** Waits for the next look, or for the process to exit by itself, which is what it tells. */
    private boolean exits(String id) throws InterruptedException {
        try {
            scheduler.exit(id).get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the scheduler lost " + id, e.getCause());
        }
    }

    /** Stops waiting; the processes live on, and the store remembers them. */
    @Override
    public void close() {
        closing.countDown();
        waiting.values().forEach(Thread::interrupt);
    }
}
