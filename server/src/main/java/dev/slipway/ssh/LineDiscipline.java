package dev.slipway.ssh;

import dev.slipway.command.Inlet;
import dev.slipway.command.Terminal;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * What a terminal's driver does on a machine of one's own: shows what is typed, hands it over line by line, turns ^C into an
 * interrupt and line feeds into line ends. A client that asked for a terminal leaves all of that to the server.
 */
final class LineDiscipline {

    private static final int INTERRUPT = 3;
    private static final int END = 4;
    private static final int BACKSPACE = 8;
    private static final int DELETE = 127;

    /** A typed line that is longer loses its end. */
    private static final int LONGEST_LINE = 4096;

    private final Terminal terminal;
    private final OutputStream screen;
    private final Runnable interrupt;
    private final Inlet typed = new Inlet(() -> {});
    private final byte[] line = new byte[LONGEST_LINE];
    private int length;

    LineDiscipline(Terminal terminal, OutputStream screen, Runnable interrupt) {
        this.terminal = terminal;
        this.screen = screen;
        this.interrupt = interrupt;
    }

    /** What the command reads. */
    InputStream input() {
        return typed;
    }

    /** What the command writes to, for one of the client's streams. */
    OutputStream output(OutputStream to) {
        return new LineEnds(to);
    }

    /** Reads what is typed until there is no more; runs in a thread of its own. */
    void pump(InputStream keys) {
        byte[] buffer = new byte[4096];
        try {
            for (int n = keys.read(buffer); n >= 0; n = keys.read(buffer)) {
                if (terminal.isPassedThrough()) {
                    if (length > 0) {
                        hand(); // Begun while the program was on its way.
                    }
                    typed.put(Arrays.copyOf(buffer, n));
                } else {
                    for (int i = 0; i < n; i++) {
                        key(buffer[i]);
                    }
                }
            }
        } catch (IOException | InterruptedException e) {
            // The client is gone: the door interrupts the command.
            return;
        } finally {
            typed.end();
        }
    }

    private void key(byte key) throws IOException {
        switch (key) {
            case INTERRUPT -> {
                echo("^C\r\n");
                interrupt.run();
            }
            case END -> end();
            case BACKSPACE, DELETE -> erase();
            case '\r', '\n' -> {
                echo("\r\n");
                add((byte) '\n');
                hand();
            }
            default -> {
                if (add(key)) {
                    screen.write(key);
                    screen.flush();
                }
            }
        }
    }

    /** ^D hands over what is there; on an empty line it is the end. */
    private void end() {
        if (length == 0) {
            typed.end();
        } else {
            hand();
        }
    }

    private void erase() throws IOException {
        if (length > 0) {
            do {
                length--;
            } while (length > 0 && (line[length] & 0xC0) == 0x80);
            echo("\b \b");
        }
    }

    private boolean add(byte key) {
        if (length == line.length - 1 && key != '\n') {
            return false;
        }
        line[length++] = key;
        return true;
    }

    /** As a terminal does: what is typed ahead of a command that does not read is lost when it is too much. */
    private void hand() {
        typed.offer(Arrays.copyOf(line, length));
        length = 0;
    }

    private void echo(String text) throws IOException {
        screen.write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        screen.flush();
    }

    private final class LineEnds extends FilterOutputStream {

        private LineEnds(OutputStream to) {
            super(to);
        }

        @Override
        public void write(int b) throws IOException {
            if (b == '\n' && !terminal.isPassedThrough()) {
                out.write('\r');
            }
            out.write(b);
        }

        @Override
        public void write(byte[] from, int offset, int count) throws IOException {
            if (terminal.isPassedThrough()) {
                out.write(from, offset, count);
            } else {
                super.write(from, offset, count);
            }
        }
    }
}
