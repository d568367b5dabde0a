package dev.slipway.proxy.nginx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What nginx writes into its own log from a moment on. A signal tells nginx what to do and brings no answer; the log, at level
 * notice, does.
 */
final class Notices implements AutoCloseable {

    /** A worker may die without a word, so the caller looks around this often even if nothing is written. */
    private static final Duration LOOK_AROUND = Duration.ofMillis(250);

    private final Path log;
    private final long from;
    private final WatchService watch;

    private Notices(Path log, long from, WatchService watch) {
        this.log = log;
        this.from = from;
        this.watch = watch;
    }

    /** Listens from now on. */
    static Notices from(Path log) {
        try {
            WatchService watch = log.getFileSystem().newWatchService();
            Path directory = log.resolveSibling(".").normalize();
            directory.register(
                    watch,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            return new Notices(log, Files.exists(log) ? Files.size(log) : 0, watch);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot watch " + log, e);
        }
    }

    /** All that was written since; nothing if the log is gone. */
    String text() {
        if (!Files.exists(log)) {
            return "";
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(log, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(channel.size() - from, 1 << 20)));
            channel.position(from);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // read on until the part is whole
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    /** Waits until something changes in nginx's directory, or for a moment. */
    void awaitMore() {
        try {
            WatchKey key = watch.poll(LOOK_AROUND.toMillis(), TimeUnit.MILLISECONDS);
            if (key != null) {
                key.pollEvents();
                key.reset();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while nginx was to reload", e);
        }
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
