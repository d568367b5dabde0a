package dev.slipway.source;

import dev.slipway.console.Console;
import dev.slipway.console.Outlet;
import dev.slipway.model.AppName;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The thread that waits for the hook of one push, lets the handler judge it, and tells the hook. */
final class Reception {

    private final AppName app;
    private final Rendezvous rendezvous;
    private final PushHandler handler;
    private final Thread thread;
    private volatile @Nullable RuntimeException bug;

    Reception(AppName app, Rendezvous rendezvous, PushHandler handler) {
        this.app = app;
        this.rendezvous = rendezvous;
        this.handler = handler;
        // Not a virtual thread: it blocks in the kernel on a pipe, and would hold its carrier meanwhile.
        this.thread = Thread.ofPlatform().daemon().name("push to " + app).start(this::serve);
    }

    /**
     * Called when git has ended: a handler that is still at work has lost its client, so it is interrupted; waits until it is
     * done, because what it undoes belongs to the push. Gives the bug that ended it, if one did.
     */
    Optional<RuntimeException> end() throws IOException {
        rendezvous.abandon();
        thread.interrupt();
        boolean interrupted = Thread.interrupted();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return Optional.ofNullable(bug);
    }

    private void serve() {
        try {
            Optional<Rendezvous.Request> request = rendezvous.await();
            if (request.isPresent()) {
                answer(request.get());
            }
        } catch (IOException e) {
            // The hook is gone: git has ended or is about to, and its client hears of it from git.
            return;
        }
    }

    private void answer(Rendezvous.Request request) throws IOException {
        try (OutputStream pipe = rendezvous.progress()) {
            // Where the hook has died git ends soon, which interrupts the handler.
            rendezvous.decide(judge(request, new Outlet(pipe, () -> {})));
        }
    }

    private int judge(Rendezvous.Request request, OutputStream progress) {
        try {
            return handler.receive(request.push(app), progress);
        } catch (UserException e) {
            new Console(progress, progress).warn(e.text());
            return e.exitCode();
        } catch (RuntimeException e) {
            bug = e;
            return 1;
        }
    }
}
