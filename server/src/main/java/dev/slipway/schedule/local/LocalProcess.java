package dev.slipway.schedule.local;

import dev.slipway.model.ProcessSpec;
import dev.slipway.model.StorageMount;
import dev.slipway.sandbox.Mount;
import dev.slipway.sandbox.PrivateFiles;
import dev.slipway.sandbox.ProcessLog;
import dev.slipway.sandbox.ProcessStat;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandboxes;
import dev.slipway.schedule.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process through all its runs. Each change of its state is recorded before the world is made to follow. */
final class LocalProcess {

    /** How an exit is counted that nobody saw: its conmon went with it. */
    static final int UNSEEN = 255;

    private static final Logger LOG = LoggerFactory.getLogger(LocalProcess.class);

    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    private final Parts parts;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile ProcessRecord record;
    private volatile CompletableFuture<Integer> exit = new CompletableFuture<>();
    private Future<?> pending = CompletableFuture.completedFuture(null);

    LocalProcess(Parts parts, ProcessRecord record) {
        this.parts = parts;
        this.record = record;
    }

    ProcessRecord record() {
        return record;
    }

    CompletableFuture<Integer> exit() {
        return exit.copy();
    }

    Path log() {
        return record.log().file(parts.logs());
    }

    /** The first start: nothing is left of it if it fails. */
    void start() {
        locked(() -> {
            write(record);
            try {
                launch();
            } catch (RuntimeException e) {
                parts.records().delete(record.id());
                throw e;
            }
        });
    }

    /** Under the lock: an exit that follows at once waits until its start is recorded. */
    private void launch() {
        ProcessSpec spec = record.spec();
        Sandbox sandbox = new Sandbox(
                record.id(),
                spec.name().toString(),
                spec.user(),
                spec.limits(),
                Sandbox.shell(spec.command(), spec.words()),
                spec.environment(),
                new Sandbox.App.Layered(spec.tree()),
                spec.mounts().stream().map(LocalProcess::mount).toList());
        exit = new CompletableFuture<>();
        Sandboxes.Started started = parts.sandboxes().start(sandbox, openLog(), spec.logBytes());
        write(record.to(
                ProcessRecord.Phase.RUNNING,
                ProcessRecord.Run.of(started, parts.clock().instant())));
    }

    private static Mount mount(StorageMount mount) {
        String inside = mount.inside().toString();
        return mount.readOnly() ? Mount.readOnly(mount.host(), inside) : Mount.writable(mount.host(), inside);
    }

    private Path openLog() {
        Path log = log();
        try {
            PrivateFiles.directory(PrivateFiles.parent(log));
            // Each conmon counts from zero: what runs before it printed counts too.
            if (Files.exists(log) && Files.size(log) > record.spec().logBytes() / 2) {
                Files.move(log, ProcessLog.before(log), StandardCopyOption.REPLACE_EXISTING);
            }
            if (!Files.exists(log)) {
                PrivateFiles.create(log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return log;
    }

    void keep() {
        locked(() -> {
            if (record.phase() == ProcessRecord.Phase.EXITED && !record.kept()) {
                write(record.keeping());
                answer(exit.getNow(UNSEEN));
            } else {
                write(record.keeping());
            }
        });
    }

    /** Answers an exit; one that was told of twice, or that is no more true, is passed over. */
    void exited(int code) {
        locked(() -> {
            boolean running = record.phase() == ProcessRecord.Phase.RUNNING;
            boolean stopping = record.phase() == ProcessRecord.Phase.STOPPING;
            if (stopping) {
                exit.complete(code);
            } else if (running && !record.current().alive(ProcessStat.boot())) {
                answer(code);
            }
        });
    }

    private void answer(int code) {
        Instant now = parts.clock().instant();
        boolean longRun =
                !record.current().startedAt().plus(parts.pauses().recovered()).isAfter(now);
        int failures = longRun ? 1 : record.failures() + 1;
        if (record.kept() && record.spec().restart().again(code, failures)) {
            waitFor(failures, code, now);
        } else {
            write(record.failed(failures)
                    .to(ProcessRecord.Phase.EXITED, record.current().over(Instant.EPOCH)));
            exit.complete(code);
            clear();
        }
        parts.changes().accept(new Change.Exited(record.view(), code));
    }

    private void waitFor(int failures, int code, Instant now) {
        Duration pause = parts.pauses().after(failures);
        write(record.failed(failures)
                .to(ProcessRecord.Phase.WAITING, record.current().over(now.plus(pause))));
        exit.complete(code);
        clear();
        schedule(pause);
    }

    /** What cannot be removed now is removed before the next start, or by the next daemon. */
    private void clear() {
        try {
            parts.sandboxes().remove(record.id());
        } catch (RuntimeException e) {
            LOG.error("the sandbox of {} cannot be removed", record.id(), e);
        }
    }

    private void schedule(Duration pause) {
        pending = parts.timer()
                .schedule(() -> Thread.startVirtualThread(this::restart), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void restart() {
        locked(() -> {
            if (record.phase() != ProcessRecord.Phase.WAITING) {
                return;
            }
            write(record.restarting());
            try {
                parts.sandboxes().remove(record.id());
                launch();
                parts.changes().accept(new Change.Restarted(record.view()));
            } catch (RuntimeException e) {
                LOG.error("{} cannot be started again", record.id(), e);
                answer(UNSEEN);
            }
        });
    }

    /** Finishes or undoes what a killed daemon began; gives whether the process is still to be looked after. */
    boolean recover(java.util.OptionalInt exitCode) {
        String boot = ProcessStat.boot();
        return switch (record.phase()) {
            case STARTING -> record.kept() ? again() : forget();
            case RUNNING -> {
                if (record.current().alive(boot) && exitCode.isEmpty()) {
                    yield true;
                } else if (!record.kept()) {
                    yield forget();
                } else if (!record.current().boot().equals(boot)) {
                    yield again();
                }
                Thread.startVirtualThread(() -> exited(exitCode.orElse(UNSEEN)));
                yield true;
            }
            case WAITING -> again();
            case STOPPING -> {
                stop(Duration.ZERO);
                yield false;
            }
            case EXITED -> record.kept() || forget();
        };
    }

    /** What waited, or was interrupted while it was started, or ran when the machine went down, is started when its time has come. */
    private boolean again() {
        Instant now = parts.clock().instant();
        Instant next = record.current().next();
        parts.sandboxes().remove(record.id());
        write(record.to(ProcessRecord.Phase.WAITING, record.current().over(next)));
        schedule(next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO);
        return true;
    }

    private boolean forget() {
        parts.sandboxes().remove(record.id());
        parts.records().delete(record.id());
        return false;
    }

    /** Ends it and gives back all that it had. */
    void stop(Duration grace) {
        locked(() -> {
            write(record.to(ProcessRecord.Phase.STOPPING));
            pending.cancel(false);
        });
        ProcessRecord.Run run = record.current();
        if (run.alive(ProcessStat.boot()) && !grace.isZero()) {
            ProcessStat.signal(run.pid(), run.startTicks(), false);
            await(exit, grace);
        }
        if (run.alive(ProcessStat.boot())) {
            ProcessStat.signal(run.pid(), run.startTicks(), true);
            await(exit, AFTER_KILL);
        }
        forget();
        exit.complete(UNSEEN);
    }

    /** Whether it came to that in time is seen by whether the process still runs. */
    private static void await(CompletableFuture<Integer> exit, Duration longest) {
        try {
            exit.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("no exit within {}", longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(ProcessRecord next) {
        parts.records().write(next);
        record = next;
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }
}
