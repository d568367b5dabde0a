package dev.slipway.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The end of a log file that somebody else writes, and what is added to it. */
public final class FileTail {

    /** Looking for the last lines goes back no further. */
    private static final long FURTHEST_BACK = 4L * 1024 * 1024;

    private final Path file;
    private final Consumer<String> lines;
    private long position;
    private final StringBuilder unfinished = new StringBuilder();

    /** @param file it need not be there yet */
    public FileTail(Path file, Consumer<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Gives the last lines. */
    public void last(int most) {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (FileChannel open = open()) {
            position = Math.max(0, open.size() - FURTHEST_BACK);
            String[] all = new String(readOn(open), StandardCharsets.UTF_8).split("\n");
            for (int i = Math.max(0, all.length - most); i < all.length; i++) {
                if (!all[i].isEmpty()) {
                    lines.accept(all[i]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever writes the log may also put a link in its place, to what only we may read. */
    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private byte[] readOn(FileChannel open) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(FURTHEST_BACK, open.size() - position));
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = open.read(bytes, position + bytes.position());
        }
        position += bytes.position();
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /**
     * Gives the last lines and then each that is added, until the thread is interrupted or nobody reads any more.
     *
     * @param deserted asked after each change of the file
     */
    public void follow(int most, BooleanSupplier deserted) {
        try (WatchService watch = file.getFileSystem().newWatchService()) {
            Path directory = file.toAbsolutePath().getParent();
            if (directory == null) {
                throw new IllegalArgumentException("not a file: " + file);
            }
            directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            last(most);
            while (!deserted.getAsBoolean()) {
                WatchKey key = watch.poll(1, TimeUnit.HOURS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
                added();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("nobody reads any more");
        }
    }

    private void added() throws IOException {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (FileChannel open = open()) {
            if (open.size() < position) {
                position = 0; // It was begun anew.
            }
            unfinished.append(new String(readOn(open), StandardCharsets.UTF_8));
        }
        for (int end = unfinished.indexOf("\n"); end >= 0; end = unfinished.indexOf("\n")) {
            lines.accept(unfinished.substring(0, end));
            unfinished.delete(0, end + 1);
        }
    }
}
