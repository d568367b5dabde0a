package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Knows when replaced processes are gone: each sandbox has a directory, which goes last. */
record Sandboxed(Path bundles) {

    /** More than the ten seconds without a connection that the platform waits for, and a process's end. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** @param data the server's data directory */
    static Sandboxed of(Path data) {
        return new Sandboxed(data.resolve("run/sandboxes/bundles"));
    }

    /** Waits until there are that many sandboxes, no more and no fewer. */
    void await(int count) {
        long end = System.nanoTime() + LONGEST.toNanos();
        try (WatchService watch = bundles.getFileSystem().newWatchService()) {
            bundles.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
            while (present() != count) {
                WatchKey key = watch.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (key == null) {
                    throw new IllegalStateException("there are " + present() + " sandboxes, not " + count);
                }
                key.pollEvents();
                key.reset();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private long present() throws IOException {
        try (Stream<Path> all = Files.list(bundles)) {
            return all.count();
        }
    }
}
