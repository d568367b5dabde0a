package dev.slipway.deploy;

import dev.slipway.model.AppName;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import dev.slipway.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets replaced processes go: when nobody is connected to them any more, and at their deadline whatever happens. What is retiring stands
 * in the store, so a daemon that starts again goes on with it.
 */
final class Retirement implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

    /** The kernel tells nobody when a connection in another namespace ends, so it is looked for at this pace. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /**
     * How many looks in a row must find no connection. An old nginx worker that still receives a large upload connects only when it has
     * it all.
     */
    private static final int QUIET_LOOKS = 10;

    private final Store store;
    private final Scheduler scheduler;
    private final Clock clock;
    private final Consumer<AppName> onGone;
    private final ConcurrentMap<String, Thread> waiting = new ConcurrentHashMap<>();

    /** @param onGone told of each process that has retired, by its app */
    Retirement(Store store, Scheduler scheduler, Clock clock, Consumer<AppName> onGone) {
        this.store = store;
        this.scheduler = scheduler;
        this.clock = clock;
        this.onGone = onGone;
    }

    /** Goes on with whatever the store says is retiring. */
    void resume() {
        store.retiring().forEach((id, deadline) -> begin(id, deadline, Duration.ofSeconds(30)));
    }

    void begin(Map<String, Instant> deadlines, Duration grace) {
        deadlines.forEach((id, deadline) -> begin(id, deadline, grace));
    }

    private void begin(String id, Instant deadline, Duration grace) {
        waiting.computeIfAbsent(
                id, fresh -> Thread.ofVirtual().name("retire-" + id).start(() -> retire(fresh, deadline, grace)));
    }

    private void retire(String id, Instant deadline, Duration grace) {
        try {
            Optional<Running> process = running(id);
            if (process.isPresent()) {
                await(id, deadline);
            }
            end(id, grace);
            process.ifPresent(gone -> onGone.accept(gone.app()));
        } catch (InterruptedException e) {
            LOG.debug("the daemon ends: {} goes on retiring when it starts again", id);
        } catch (RuntimeException e) {
            LOG.error("process {} could not be retired; it is tried again when the daemon starts", id, e);
        } finally {
            waiting.remove(id);
        }
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

    /** Ends processes now, side by side; returns when all are gone. One that cannot be ended stays on record as retiring. */
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

    private void await(String id, Instant deadline) throws InterruptedException {
        int quiet = 0;
        while (quiet < QUIET_LOOKS
                && clock.instant().isBefore(deadline)
                && running(id).isPresent()) {
            quiet = scheduler.connections(id).isEmpty() ? quiet + 1 : 0;
            if (exits(id)) {
                return;
            }
        }
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
        waiting.values().forEach(Thread::interrupt);
    }
}
