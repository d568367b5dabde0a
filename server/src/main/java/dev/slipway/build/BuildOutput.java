package dev.slipway.build;

import dev.slipway.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Passes on what a build prints, empty lines apart, each line as it is complete, in the console's grammar: what a buildpack marked as a heading, a
 * detail or an error stays as it is, all else becomes a detail.
 */
final class BuildOutput {

    private static final int LONGEST_LINE = 8 * 1024;

    private static final int REMEMBERED = 10;

    private static final String ERROR = " !     ";

    private static final List<String> MARKS = List.of("-----> ", "=====> ", "       ", ERROR);

    private final Console console;
    private final Deque<String> last = new ArrayDeque<>();
    private final Deque<String> errors = new ArrayDeque<>();

    BuildOutput(Console console) {
        this.console = console;
    }

    /** A stream whose lines are passed on; each program stream has one of its own. */
    Lines stream() {
        return new Lines();
    }

    /** What to tell of a build that failed: what its buildpack marked as errors, or else its last lines. */
    synchronized List<String> complaint() {
        return List.copyOf(errors.isEmpty() ? last : errors);
    }

    private synchronized void pass(String line) {
        if (line.startsWith(ERROR)) {
            remember(errors, line.substring(ERROR.length()));
            console.warn(line.substring(ERROR.length()));
        } else if (MARKS.stream().anyMatch(line::startsWith)) {
            console.line(line);
        } else {
            console.detail(line);
        }
        remember(last, line.strip());
    }

    private static void remember(Deque<String> lines, String line) {
        lines.addLast(line);
        if (lines.size() > REMEMBERED) {
            lines.removeFirst();
        }
    }

    /** Cuts bytes into lines; a carriage return ends one too, so that a progress bar does not hold the others up. */
    final class Lines extends OutputStream {

        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            try {
                take(b);
            } catch (UncheckedIOException e) {
                throw new IOException("the console is gone", e);
            }
        }

        private void take(int b) {
            if (b == '\n' || b == '\r') {
                endIfAny();
            } else {
                line.write(b);
                if (line.size() >= LONGEST_LINE) {
                    end();
                }
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int i = offset; i < offset + length; i++) {
                write(bytes[i]);
            }
        }

        private void endIfAny() {
            if (line.size() > 0) {
                end();
            }
        }

        private void end() {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            pass(text);
        }

        /** Passes on a last line that has no end. */
        @Override
        public void close() {
            endIfAny();
        }
    }
}
