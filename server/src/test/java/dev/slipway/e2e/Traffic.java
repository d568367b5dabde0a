package dev.slipway.e2e;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** So many requests a second against an app for as long as it is open, each of which must be answered with 200. */
final class Traffic implements AutoCloseable {

    private static final int USUAL = 20;

    private final Web web;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
    private final ScheduledFuture<?> asking;
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> failures = new ArrayList<>();

    Traffic(Web web) {
        this(web, USUAL);
    }

    Traffic(Web web, int perSecond) {
        this.web = web;
        this.asking = clock.scheduleAtFixedRate(this::ask, 0, 1_000 / perSecond, TimeUnit.MILLISECONDS);
    }

    private void ask() {
        try {
            HttpResponse<String> response = web.get("/");
            if (response.statusCode() == 200) {
                answered.incrementAndGet();
            } else {
                fail("status " + response.statusCode());
            }
        } catch (IOException e) {
            fail(e.toString());
        }
    }

    private synchronized void fail(String what) {
        failures.add(what);
    }

    /** How many were answered. */
    int answered() {
        return answered.get();
    }

    /** Ends it, awaits what is under way, and gives what failed. */
    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        asking.cancel(false);
        clock.shutdown();
        try {
            if (!clock.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("requests do not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
