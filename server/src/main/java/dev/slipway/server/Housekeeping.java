package dev.slipway.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does now and then what no event asks for: nginx never looks at the size of its logs. */
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());
    private final List<Runnable> chores;
    private @Nullable ScheduledFuture<?> rounds;

    Housekeeping(List<Runnable> chores) {
        this.chores = List.copyOf(chores);
    }

    void begin() {
        rounds = clock.scheduleWithFixedDelay(this::round, PAUSE.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Each chore once. */
    void round() {
        chores.forEach(Housekeeping::once);
    }

    /** A chore that fails is logged and tried again. */
    private static void once(Runnable chore) {
        try {
            chore.run();
        } catch (RuntimeException e) {
            LOG.error("a chore failed", e);
        }
    }

    @Override
    public void close() {
        if (rounds != null) {
            rounds.cancel(false);
        }
        clock.shutdown();
    }
}
