package dev.slipway.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What happened to the apps, one line an event. Two files of bounded size; who follows is told of each line as it is written. */
public final class EventLog {

    /** One file; there are two at most. */
    private static final long LARGEST = 2L << 20;

    /** Lines that wait for somebody who reads too slowly. */
    private static final int MOST_WAITING = 10_000;

    private final Path file;
    private final List<BlockingQueue<String>> followers = new CopyOnWriteArrayList<>();

    /** @param file its directory is there */
    public EventLog(Path file) {
        this.file = file;
    }

    /** @param line what must be no secret; a line break in it is none of the log's */
    public synchronized void append(String line) {
        String clean = line.replaceAll("\\p{Cntrl}", "?");
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > LARGEST) {
                Files.move(file, before(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
            }
            Files.writeString(file, clean + "\n", StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        followers.forEach(follower -> follower.offer(clean));
    }

    private Path before() {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    /** The last lines, the newest last. */
    public synchronized List<String> last(int most) {
        List<String> lines = new ArrayList<>();
        for (Path part : List.of(before(), file)) {
            if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    // Decoded so, a half-written character costs itself and not the whole log.
                    lines.addAll(new String(Files.readAllBytes(part), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return List.copyOf(lines.subList(Math.max(0, lines.size() - most), lines.size()));
    }

    /**
     * Gives the last lines and then each that is written, until the thread is interrupted or nobody reads any more.
     *
     * @param deserted asked after each line
     */
    public void follow(int most, Consumer<String> to, BooleanSupplier deserted) {
        BlockingQueue<String> queue = new LinkedBlockingQueue<>(MOST_WAITING);
        List<String> lines;
        synchronized (this) {
            lines = last(most);
            followers.add(queue);
        }
        try {
            lines.forEach(to);
            while (!deserted.getAsBoolean()) {
                to.accept(queue.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("nobody reads any more");
        } finally {
            followers.remove(queue);
        }
    }
}
