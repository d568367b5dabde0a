package dev.slipway.logs;

import dev.slipway.model.ProcessName;
import dev.slipway.sandbox.LogLine;
import dev.slipway.sandbox.ProcessLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Reads on in one process's log, over the places where conmon replaced it by an empty one. */
final class LogTail implements AutoCloseable {

    private static final long LEAST_REACH = 1024 * 1024;

    private final Path file;
    private final ProcessName process;
    private final LogLine.Joining joining = new LogLine.Joining();
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private SeekableByteChannel channel;
    private Object identity;

    private LogTail(Path file, ProcessName process, SeekableByteChannel channel) throws IOException {
        this.file = file;
        this.process = process;
        this.channel = channel;
        this.identity = identity(file);
    }

    /** Opens a log at its beginning. */
    static LogTail open(Path file, ProcessName process) throws IOException {
        return new LogTail(file, process, Files.newByteChannel(file));
    }

    private static Object identity(Path file) throws IOException {
        return Objects.requireNonNull(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    /** Gives the last lines that are there now; {@link #read} goes on where this ended, so that no line is lost or given twice. */
    List<LogEntry> last(int most) throws IOException {
        long reach = Math.max(LEAST_REACH, most * 256L);
        channel.position(Math.max(0, channel.size() - reach));
        List<LogEntry> entries = new ArrayList<>();
        drain(entries::add);
        if (entries.size() >= most) {
            return List.copyOf(entries.subList(entries.size() - most, entries.size()));
        }
        List<LogEntry> all = new ArrayList<>();
        for (LogLine line : LogLine.lastIn(ProcessLog.before(file), most - entries.size())) {
            all.add(new LogEntry(process, line));
        }
        all.addAll(entries);
        return all;
    }

    /** Gives every line that is whole and was not given yet. */
    void read(Consumer<LogEntry> to) throws IOException {
        drain(to);
        try {
            if (!identity(file).equals(identity)) {
                drain(to);
                channel.close();
                channel = Files.newByteChannel(file);
                identity = identity(file);
                drain(to);
            }
        } catch (NoSuchFileException e) {
            // It was removed as too old: what was open has been read to its end.
            return;
        }
    }

    private void drain(Consumer<LogEntry> to) throws IOException {
        for (int n = channel.read(buffer.clear()); n > 0; n = channel.read(buffer.clear())) {
            for (int i = 0; i < n; i++) {
                take(buffer.get(i), to);
            }
        }
    }

    private void take(byte next, Consumer<LogEntry> to) {
        if (next != '\n') {
            record.write(next);
            return;
        }
        String text = record.toString(StandardCharsets.UTF_8);
        record.reset();
        LogLine.parse(text).flatMap(joining::add).ifPresent(line -> to.accept(new LogEntry(process, line)));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
