package dev.slipway.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart what {@code git cat-file --batch} prints: for each object that was asked for a line, then its bytes and a newline.
 *
 * @see <a href="https://git-scm.com/docs/git-cat-file#_batch_output">git cat-file, batch output</a>
 */
final class BatchReply extends OutputStream {

    /** Told of each object in the order in which they were asked for. */
    interface Sink {

        /** What an object is, before its bytes: {@code blob} or {@code tree}, or {@code missing}, {@code symlink} and so on. */
        void begin(String type, String id, long size) throws IOException;

        void bytes(byte[] from, int offset, int length) throws IOException;

        void end() throws IOException;
    }

    /** Longer than any path that git prints back. */
    private static final int LONGEST_HEADER = 16 * 1024;

    private static final Pattern OBJECT = Pattern.compile("([0-9a-f]{40,64}) ([a-z]+) ([0-9]+)");
    private static final Pattern DEAD_LINK = Pattern.compile("(symlink|dangling|loop|notdir) ([0-9]+)");

    private final Sink sink;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private long left = -1;
    private @Nullable RuntimeException refusal;

    BatchReply(Sink sink) {
        this.sink = sink;
    }

    /** What the sink threw: the runner passes on I/O errors alone. */
    @Nullable
    RuntimeException refusal() {
        return refusal;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        try {
            int at = offset;
            int end = offset + length;
            while (at < end) {
                at += left >= 0 ? content(from, at, end - at) : headline(from, at, end);
            }
        } catch (RuntimeException e) {
            refusal = e;
            throw new IOException("refused", e);
        }
    }

    private int headline(byte[] from, int at, int end) throws IOException {
        int newline = at;
        while (newline < end && from[newline] != '\n') {
            newline++;
        }
        header.write(from, at, newline - at);
        if (header.size() > LONGEST_HEADER) {
            throw new IOException("git printed a line that is too long");
        }
        if (newline < end) {
            begin(header.toString(StandardCharsets.UTF_8));
            header.reset();
            newline++;
        }
        return newline - at;
    }

    private void begin(String line) throws IOException {
        Matcher object = OBJECT.matcher(line);
        Matcher dead = DEAD_LINK.matcher(line);
        if (object.matches()) {
            left = Long.parseLong(object.group(3));
            sink.begin(object.group(2), object.group(1), left);
        } else if (dead.matches()) {
            left = Long.parseLong(dead.group(2));
            sink.begin(dead.group(1), "", left);
        } else {
            sink.begin(line.substring(line.lastIndexOf(' ') + 1), "", 0);
            sink.end();
        }
    }

    /** The bytes of an object; the newline behind them ends it. */
    private int content(byte[] from, int at, int available) throws IOException {
        if (left == 0) {
            left = -1;
            sink.end();
            return 1;
        }
        int length = (int) Math.min(left, available);
        sink.bytes(from, at, length);
        left -= length;
        return length;
    }
}
