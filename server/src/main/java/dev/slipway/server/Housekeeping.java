package dev.slipway.server;

import java.time.Duration;
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
    private final Runnable chore;
    private @Nullable ScheduledFuture<?> chores;

    Housekeeping(Runnable chore) {
        this.chore = chore;
    }

    void begin() {
        chores = clock.scheduleWithFixedDelay(this::once, PAUSE.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
    }

    /** A chore that fails is logged and tried again. */
    private void once() {
        try {
            chore.run();
        } catch (RuntimeException e) {
            LOG.error("a chore failed", e);
        }
    }

    @Override
    public void close() {
        if (chores != null) {
            chores.cancel(false);
        }
        clock.shutdown();
    }
}
