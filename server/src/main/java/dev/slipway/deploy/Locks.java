package dev.slipway.deploy;

import dev.slipway.console.Console;
import dev.slipway.model.AppName;
import dev.slipway.model.UserException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One lock an app: deploys, scalings and restarts of an app follow one another in the order in which they came. Held by the daemon, so it
 * ends with it.
 */
public final class Locks {

    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /** What the daemon does by itself, such as removing an old build, takes less: nobody needs to hear of that. */
    private static final Duration UNTOLD = Duration.ofSeconds(1);

    private final ConcurrentMap<AppName, Lock> locks = new ConcurrentHashMap<>();
    private final Clock clock;

    public Locks(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes an app's lock, waiting for whoever has it, and telling the user who that is if it takes more than a moment.
     *
     * @param what what it is taken for, shown to others: {@code deploy of 46f569b}
     */
    public Held take(AppName app, String what, Console console) {
        Lock lock = locks.computeIfAbsent(app, name -> new Lock());
        try {
            if (!lock.turn.tryLock(0, TimeUnit.SECONDS) && !await(lock, console)) {
                throw new UserException(
                        UserException.Kind.BUSY,
                        "App " + app + " is still busy with the " + lock.holder() + ": try again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException(UserException.Kind.BUSY, "Gave up waiting for the lock of " + app, e);
        }
        return held(lock, what);
    }

    /** Takes an app's lock if it is free within a moment. */
    Optional<Held> takeSoon(AppName app, String what) {
        Lock lock = locks.computeIfAbsent(app, name -> new Lock());
        try {
            return lock.turn.tryLock(UNTOLD.toMillis(), TimeUnit.MILLISECONDS)
                    ? Optional.of(held(lock, what))
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException(UserException.Kind.BUSY, "Gave up waiting for the lock of " + app, e);
        }
    }

    private Held held(Lock lock, String what) {
        lock.what = what;
        lock.since = clock.instant();
        return lock.turn::unlock;
    }

    /** Waits in the queue, to which a second try would come last; another thread tells the user. */
    private static boolean await(Lock lock, Console console) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Thread.ofVirtual().name("waiting for a lock").start(() -> {
            try {
                if (!over.await(UNTOLD.toMillis(), TimeUnit.MILLISECONDS)) {
                    console.step("Waiting for the " + lock.holder() + " to end");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this thread", e);
            }
        });
        try {
            return lock.turn.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            over.countDown();
        }
    }

    /** Whether somebody holds an app's lock at the moment. */
    boolean isHeld(AppName app) {
        Lock lock = locks.get(app);
        return lock != null && lock.turn.isLocked();
    }

    /** A lock that is held until it is closed, by the thread that took it. */
    @FunctionalInterface
    public interface Held extends AutoCloseable {

        @Override
        void close();
    }

    private static final class Lock {

        private final ReentrantLock turn = new ReentrantLock(true);
        private volatile String what = "";
        private volatile Instant since = Instant.EPOCH;

        String holder() {
            return what + " that began at " + since;
        }
    }
}
