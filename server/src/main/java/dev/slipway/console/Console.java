package dev.slipway.console;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Where a command writes for its user, in the grammar of Dokku: {@code =====> } and {@code -----> } head a part, seven spaces
 * begin a detail, {@code  !     } marks what is wrong. Each line is flushed as it is written, whole, from whatever thread.
 */
public final class Console {

    /** The most bytes that are held back where lines are written together. */
    private static final int TOGETHER = 64 * 1024;

    private final OutputStream out;
    private final OutputStream err;
    private final boolean eager;
    private volatile boolean deserted;

    public Console(OutputStream out, OutputStream err) {
        this(out, err, true);
    }

    private Console(OutputStream out, OutputStream err, boolean eager) {
        this.out = out;
        this.err = err;
        this.eager = eager;
    }

    /** One whose words nobody hears, for what is done without anybody asking. */
    public static Console silent() {
        return new Console(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    }

    /** One that also writes all of it to a copy, and goes on with that when the reader goes away. */
    public Console copiedTo(OutputStream copy) {
        return new Console(new Copied(out, copy), new Copied(err, copy));
    }

    /**
     * Runs what says thousands of lines at once, to a console that writes them many at a time: each that is written alone goes its own
     * way to the reader.
     */
    public void together(Consumer<Console> talk) {
        if (!eager) {
            talk.accept(this);
            return;
        }
        OutputStream lines = new BufferedOutputStream(out, TOGETHER);
        Console gathering = new Console(lines, err, false);
        try {
            talk.accept(gathering);
        } finally {
            deserted |= gathering.deserted;
            flush(lines);
        }
    }

    /** One whose lines are kept in memory, to be written all at once; what is wrong is told at once all the same. */
    public Console into(ByteArrayOutputStream lines) {
        return new Console(lines, err, false);
    }

    /** {@code =====> text}. */
    public void title(String text) {
        write(out, "=====> " + text);
    }

    /** {@code -----> text}. */
    public void step(String text) {
        write(out, "-----> " + text);
    }

    /** Seven spaces and the text; each of its lines. */
    public void detail(String text) {
        text.lines().forEach(line -> write(out, "       " + line));
    }

    /** The text alone: for what scripts read. */
    public void line(String text) {
        write(out, text);
    }

    /** What was gathered elsewhere, as it is. */
    public void bytes(byte[] gathered) {
        write(out, gathered);
    }

    /** {@code  !     text} on standard error; each of its lines, without what a terminal would act upon. */
    public void warn(String text) {
        text.lines().forEach(line -> write(err, " !     " + line.replaceAll("[\\p{Cntrl}&&[^\t]]", "?")));
        flush(err);
    }

    /** Bytes as they are, for what is passed through. */
    public OutputStream out() {
        return out;
    }

    public OutputStream err() {
        return err;
    }

    /**
     * Whether the reader went away. What is written from then on is dropped: a deploy that has begun to switch must not stop half-way
     * because nobody watches it.
     */
    public boolean deserted() {
        return deserted;
    }

    private void write(OutputStream to, String line) {
        write(to, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private synchronized void write(OutputStream to, byte[] bytes) {
        if (deserted) {
            return;
        }
        try {
            to.write(bytes);
            if (eager) {
                to.flush();
            }
        } catch (IOException e) {
            deserted = true;
        }
    }

    private synchronized void flush(OutputStream to) {
        if (deserted) {
            return;
        }
        try {
            to.flush();
        } catch (IOException e) {
            deserted = true;
        }
    }
}
