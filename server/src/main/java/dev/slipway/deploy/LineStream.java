package dev.slipway.deploy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Makes lines of what two pipes of a program bring, each told as soon as it is whole. */
final class LineStream extends OutputStream {

    /** A line without end is told in pieces. */
    private static final int LONGEST = 16 * 1024;

    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineStream(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n' || line.size() == LONGEST) {
            tell();
        }
        if (b != '\n') {
            line.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] from, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(from[i]);
        }
    }

    private void tell() {
        lines.accept(line.toString(StandardCharsets.UTF_8));
        line.reset();
    }

    /** Tells the last line, which has no end. */
    @Override
    public synchronized void close() {
        if (line.size() > 0) {
            tell();
        }
    }
}
