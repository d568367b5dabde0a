package dev.slipway.logs;

import dev.slipway.sandbox.ProcessLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is told by the kernel of what happens to logs, and keeps their bounds. Of mere growth it is told only while somebody follows, for
 * that happens with every line.
 */
final class LogWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);

    private final LogFiles files;
    private final WatchService watch;
    private final Map<Path, List<BlockingQueue<Boolean>>> followers = new HashMap<>();

    LogWatch(LogFiles files) throws IOException {
        this.files = files;
        this.watch = files.directory().getFileSystem().newWatchService();
        register(files.directory());
        rescan(files.directory());
        Thread.ofVirtual().name("logs").start(this::loop);
    }

    /** A bell that rings when something has happened in the directory since it was last heard. */
    synchronized BlockingQueue<Boolean> add(Path directory) throws IOException {
        BlockingQueue<Boolean> bell = new ArrayBlockingQueue<>(1);
        followers.computeIfAbsent(directory, key -> new ArrayList<>()).add(bell);
        register(directory);
        return bell;
    }

    synchronized void remove(Path directory, BlockingQueue<Boolean> bell) throws IOException {
        List<BlockingQueue<Boolean>> left = followers.getOrDefault(directory, List.of());
        left.remove(bell);
        if (left.isEmpty()) {
            followers.remove(directory);
            register(directory);
        }
    }

    /** Registering again changes what is told. */
    private synchronized void register(Path directory) throws IOException {
        try {
            if (followers.containsKey(directory)) {
                directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            } else {
                directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            }
        } catch (NotDirectoryException | NoSuchFileException e) {
            // Not an app's directory, or removed with its app.
            return;
        }
    }

    private void loop() {
        try {
            while (true) {
                WatchKey key = watch.take();
                if (key.watchable() instanceof Path directory) {
                    answer(directory, key.pollEvents());
                }
                key.reset();
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            // Closed: whoever opens the logs next looks at everything.
            return;
        }
    }

    private void answer(Path directory, List<WatchEvent<?>> events) {
        try {
            for (WatchEvent<?> event : events) {
                if (event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE) && event.context() instanceof Path name) {
                    appeared(directory.resolve(name));
                } else if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
                    rescan(directory);
                }
            }
        } catch (ClosedWatchServiceException e) {
            throw e; // It ends the loop, and is no fault of the logs.
        } catch (IOException | RuntimeException e) {
            LOG.error("the logs in {} are not kept in bounds", directory, e);
        }
        ring(directory);
    }

    private void appeared(Path path) throws IOException {
        if (files.directory().equals(path.getParent())) {
            register(path);
            rescan(path);
        } else if (ProcessLog.of(path).isPresent()) {
            LogFiles.hold(path);
            files.prune(path);
        }
    }

    /** What appeared before it was watched. */
    private void rescan(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                for (Path entry : entries) {
                    appeared(entry);
                }
            }
        }
    }

    private synchronized void ring(Path directory) {
        followers.getOrDefault(directory, List.of()).forEach(bell -> bell.offer(true));
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
