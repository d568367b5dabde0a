package dev.slipway.e2e;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** So many requests a second against an app for as long as it is open, each of which must be answered with 200. */
final class Traffic implements AutoCloseable {

    private static final int USUAL = 20;

    private final Web web;
    private final int perSecond;
    private final long begun = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private long ended;
    private final ScheduledFuture<?> asking;
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> failures = new ArrayList<>();

    Traffic(Web web) {
        this(web, USUAL);
    }

    Traffic(Web web, int perSecond) {
        this.web = web;
        this.perSecond = perSecond;
        this.asking = clock.scheduleAtFixedRate(
                () -> requests.execute(this::ask), 0, 1_000 / perSecond, TimeUnit.MILLISECONDS);
    }

    private void ask() {
        try {
            HttpResponse<String> response = web.getAlone("/");
            if (response.statusCode() == 200) {
                answered.incrementAndGet();
            } else {
                fail("status " + response.statusCode());
            }
        } catch (IOException | RuntimeException e) {
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

    /** How many of those that were to be asked until the end were answered: 1 for all. */
    double share() {
        return answered() / (perSecond * (ended - begun) / 1e9);
    }

    /** Ends it, awaits what is under way, and gives what failed. */
    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        asking.cancel(false);
        ended = System.nanoTime();
        clock.close();
        requests.close();
    }
}
