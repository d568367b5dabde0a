package dev.slipway.deploy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Work that no client can interrupt by going away: from its first step on, an app is left consistent only by its last. */
final class ToTheEnd {

    private ToTheEnd() {}

    /** Does it on a thread of its own and waits for it, whatever happens to the calling one. */
    static <T> T run(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(
                            work,
                            task -> Thread.ofVirtual()
                                    .name(Thread.currentThread().getName() + " to the end")
                                    .start(task))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    static void run(Runnable work) {
        run(() -> {
            work.run();
            return true;
        });
    }
}
