package dev.slipway.command;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands that a door runs at the moment, each on a virtual thread of its own. */
public final class Underway {

    private static final Logger LOG = LoggerFactory.getLogger(Underway.class);

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** Runs a command; the thread may be interrupted to cancel it. */
    public Thread start(String name, Runnable command) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                command.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Interrupts what runs and waits for its end, since it may have something to undo; no longer than is given. */
    public void stop(Duration longest) {
        threads.forEach(Thread::interrupt);
        long end = System.nanoTime() + longest.toNanos();
        try {
            for (Thread thread : threads) {
                if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    LOG.warn("{} did not stop within {}", thread.getName(), longest);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
