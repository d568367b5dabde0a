package dev.slipway.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line that a process printed, as conmon's {@code k8s-file} driver records it: {@code TIME STREAM F TEXT}, or {@code P} in
 * place of {@code F} for a part that the next record of the same stream goes on with.
 *
 * @param whole false where the line goes on in the next record
 */
public record LogLine(Instant time, String stream, boolean whole, String text) {

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
        Deque<LogLine> last = new ArrayDeque<>();
        Joining joining = new Joining();
        for (Path part : List.of(ProcessLog.before(file), file)) {
            readInto(
                    part,
                    line -> joining.add(line).ifPresent(whole -> {
                        last.addLast(whole);
                        if (last.size() > most) {
                            last.removeFirst();
                        }
                    }));
        }
        return List.copyOf(last);
    }

    private static void readInto(Path file, java.util.function.Consumer<LogLine> to) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                var reader = new java.io.BufferedReader(new java.io.InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String record = reader.readLine(); record != null; record = reader.readLine()) {
                parse(record).ifPresent(to);
            }
        } catch (NoSuchFileException e) {
            // A log that never grew too long has nothing before it.
            return;
        }
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
            @Nullable LogLine first = parts.getFirst();
            StringBuilder text = new StringBuilder();
            parts.forEach(part -> text.append(part.text()));
            parts.clear();
            return Optional.of(new LogLine(first.time(), line.stream(), true, text.toString()));
        }
    }
}
