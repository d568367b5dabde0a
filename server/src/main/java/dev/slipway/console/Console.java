package dev.slipway.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes for its user, in the grammar of Dokku: {@code =====> } and {@code -----> } head a part, seven spaces
 * begin a detail, {@code  !     } marks what is wrong. Each line is flushed as it is written, whole, from whatever thread.
 */
public final class Console {

    private final OutputStream out;
    private final OutputStream err;

    public Console(OutputStream out, OutputStream err) {
        this.out = out;
        this.err = err;
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

    /** {@code  !     text} on standard error; each of its lines. */
    public void warn(String text) {
        text.lines().forEach(line -> write(err, " !     " + line));
    }

    /** Bytes as they are, for what is passed through. */
    public OutputStream out() {
        return out;
    }

    public OutputStream err() {
        return err;
    }

    private synchronized void write(OutputStream to, String line) {
        try {
            to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the reader of this command's output is gone", e);
        }
    }
}
