package dev.slipway.schedule.local;

import dev.slipway.exec.Attachment;
import dev.slipway.model.OneOff;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.UserException;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandboxes;
import dev.slipway.schedule.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that is attached to its caller. No record is kept of it: it does not outlive this daemon, and a sandbox of which there is no
 * record is swept by the next one.
 */
final class AttendedProcess {

    private static final Logger LOG = LoggerFactory.getLogger(AttendedProcess.class);

    /** Who has a process that says nothing of it. */
    private static final Duration USUAL = Duration.ofDays(1);

    private final Sandboxes sandboxes;
    private final ProcessRecord record;
    private final Instant startedAt;
    private final Duration longest;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private volatile Thread attending = Thread.currentThread();

    AttendedProcess(Sandboxes sandboxes, ProcessRecord record, Instant startedAt) {
        this.sandboxes = sandboxes;
        this.record = record;
        this.startedAt = startedAt;
        this.longest = record.spec().oneOff().map(OneOff::longest).orElse(USUAL);
    }

    CompletableFuture<Integer> exit() {
        return exit.copy();
    }

    Running view() {
        ProcessSpec spec = record.spec();
        return new Running(
                record.id(),
                spec.app(),
                spec.name(),
                spec.release(),
                "",
                0,
                startedAt,
                Running.State.RUNNING,
                0,
                spec.oneOff());
    }

    /** Runs it on a thread of its own: the caller's may be interrupted because they left, this one also because somebody stops it. */
    int run(Attachment caller) {
        long begun = System.nanoTime();
        attending = Thread.ofVirtual().name("attend-" + record.id()).start(() -> attend(caller));
        try {
            int code = exit.get();
            if (System.nanoTime() - begun >= longest.toNanos()) {
                throw UserException.failed(
                        record.spec().app() + "." + record.spec().name() + " was ended: it ran for "
                                + longest.toSeconds() + " seconds, which is all that it was given");
            }
            return code;
        } catch (InterruptedException e) {
            attending.interrupt();
            LOG.debug(
                    "the caller of {} is gone, and so is it: {}",
                    record.id(),
                    exit.exceptionally(x -> -1).join());
            Thread.currentThread().interrupt();
            throw new CancellationException("the caller is gone");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private void attend(Attachment caller) {
        try {
            ProcessSpec spec = record.spec();
            Map<String, String> environment = new HashMap<>(spec.environment());
            caller.screen().ifPresent(screen -> environment.put("TERM", screen.type()));
            Sandbox sandbox = new Sandbox(
                    record.id(),
                    spec.name().toString(),
                    spec.user(),
                    spec.limits(),
                    Sandbox.shell(spec.command(), spec.words()),
                    environment,
                    spec.keeps() ? new Sandbox.App.Writable(spec.tree()) : new Sandbox.App.Layered(spec.tree()),
                    spec.mounts().stream().map(LocalProcess::mount).toList());
            exit.complete(sandboxes.attend(sandbox, caller, longest));
        } catch (RuntimeException | Error e) {
            // The caller waits for it, and has it thrown there.
            exit.completeExceptionally(e);
        }
    }

    /** Ends it and returns when all that it had is given back. */
    void stop(Duration grace) {
        attending.interrupt();
        if (!ended(grace)) {
            sandboxes.remove(record.id());
            ended(Duration.ofSeconds(10));
        }
    }

    private boolean ended(Duration longest) {
        try {
            exit.exceptionally(failure -> -1).get(longest.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
