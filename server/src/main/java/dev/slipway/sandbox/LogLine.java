package dev.slipway.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line that a process printed, as conmon's {@code k8s-file} driver records it: {@code TIME STREAM F TEXT}, or {@code P} in
 * place of {@code F} for a part that the next record of the same stream goes on with.
 *
 * @param whole false where the line goes on in the next record
 */
public record LogLine(Instant time, String stream, boolean whole, String text) {

    private static final int BLOCK = 64 * 1024;

    /** Reads one record; empty for what is none, such as the rest of one that was cut. */
    public static Optional<LogLine> parse(String record) {
        String[] fields = record.split(" ", 4);
        if (fields.length < 4 || !(fields[2].equals("F") || fields[2].equals("P"))) {
            return Optional.empty();
        }
        try {
            Instant time = OffsetDateTime.parse(fields[0]).toInstant();
            return Optional.of(new LogLine(time, fields[1], fields[2].equals("F"), fields[3]));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The last whole lines of a log, older first, what it was before included. */
    public static List<LogLine> last(Path file, int most) throws IOException {
        List<LogLine> current = lastIn(file, most);
        if (current.size() >= most) {
            return current;
        }
        List<LogLine> lines = new ArrayList<>(lastIn(ProcessLog.before(file), most - current.size()));
        lines.addAll(current);
        return List.copyOf(lines);
    }

    /** The last whole lines of one file; none if it is not there. */
    public static List<LogLine> lastIn(Path file, int most) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            // From the end, ever more until it is enough: a log is long and what is wanted of it short.
            long size = channel.size();
            for (long length = BLOCK; ; length *= 4) {
                long from = Math.max(0, size - length);
                List<LogLine> lines = lines(channel.position(from), (int) (size - from));
                if (lines.size() > most || from == 0) {
                    return List.copyOf(lines.subList(Math.max(0, lines.size() - most), lines.size()));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static List<LogLine> lines(SeekableByteChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes) > 0) {}
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        List<LogLine> lines = new ArrayList<>();
        Joining joining = new Joining();
        text.lines().forEach(record -> parse(record).flatMap(joining::add).ifPresent(lines::add));
        return lines;
    }

    /** Puts the parts of long lines together again, each stream for itself. */
    public static final class Joining {

        private static final int MOST_PARTS = 64;

        private final List<LogLine> out = new ArrayList<>();
        private final List<LogLine> err = new ArrayList<>();

        /** The whole line that this record completes; a line without end is given in pieces. */
        public Optional<LogLine> add(LogLine line) {
            List<LogLine> parts = line.stream().equals("stderr") ? err : out;
            parts.add(line);
            if (!line.whole() && parts.size() < MOST_PARTS) {
                return Optional.empty();
            }
            LogLine first = parts.getFirst();
            StringBuilder text = new StringBuilder();
            parts.forEach(part -> text.append(part.text()));
            parts.clear();
            return Optional.of(new LogLine(first.time(), line.stream(), true, text.toString()));
        }
    }
}
