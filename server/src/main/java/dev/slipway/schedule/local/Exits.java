package dev.slipway.schedule.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of exits as they happen: conmon leaves a file, and the kernel tells of the file. */
final class Exits implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Exits.class);

    private static final Pattern CODE = Pattern.compile("[0-9]{1,3}");

    private final Path directory;
    private final WatchService watch;
    private final BiConsumer<String, Integer> listener;

    /** @param listener is given the sandbox's id and its exit code, perhaps more than once */
    Exits(Path directory, BiConsumer<String, Integer> listener) {
        this.directory = directory;
        this.listener = listener;
        try {
            this.watch = directory.getFileSystem().newWatchService();
            directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To be called when exits can be answered; those before it are found by {@link #code}. */
    void begin() {
        Thread.ofVirtual().name("exits").start(this::loop);
    }

    private void loop() {
        try {
            while (true) {
                WatchKey key = watch.take();
                for (WatchEvent<?> event : key.pollEvents()) {
                    if (event.context() instanceof Path name) {
                        tell(name.toString());
                    } else {
                        tellAll();
                    }
                }
                key.reset();
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            // The scheduler was closed: exits are found when it is opened again.
            return;
        }
    }

    /** Whatever is wrong with one exit, those that follow are told. */
    private void tell(String id) {
        try {
            code(id).ifPresent(code -> listener.accept(id, code));
        } catch (RuntimeException e) {
            LOG.error("the exit of {} could not be answered", id, e);
        }
    }

    /** Events were lost: look at everything. */
    private void tellAll() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            files.forEach(file -> tell(file.getFileName().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With what code a sandbox exited; empty if it did not, or was removed since. */
    OptionalInt code(String id) {
        try {
            String text = Files.readString(directory.resolve(id)).strip();
            // conmon writes beside and renames: what it has not yet written reads as zero bytes, and counts for
            // nothing.
            return CODE.matcher(text).matches() ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
        } catch (NoSuchFileException e) {
            return OptionalInt.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
