package dev.slipway.logs;

import dev.slipway.model.AppName;
import dev.slipway.sandbox.LogLine;
import dev.slipway.sandbox.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/** What the apps' processes print: the last lines, and those to come. */
public final class AppLogs implements AutoCloseable {

    private final LogFiles files;
    private final LogWatch watch;

    /** @param directory of all apps' logs: one directory for each app; processes print there whether this is open or not */
    public AppLogs(Path directory) {
        try {
            this.files = new LogFiles(PrivateFiles.directory(directory));
            this.watch = new LogWatch(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of all the processes that the filter takes, merged by time. */
    public List<LogEntry> tail(AppName app, LogFilter filter, int most) {
        try {
            List<LogEntry> entries = new ArrayList<>();
            for (LogFiles.File file : files.of(files.app(app), filter)) {
                for (LogLine line : LogLine.last(file.path(), most)) {
                    entries.add(new LogEntry(file.log().name(), line));
                }
            }
            return merged(entries, most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<LogEntry> merged(List<LogEntry> entries, int most) {
        entries.sort(Comparator.comparing(entry -> entry.line().time()));
        return List.copyOf(entries.subList(Math.max(0, entries.size() - most), entries.size()));
    }

    /**
     * Gives the last lines and then each new one as it is printed, also those of processes that start later. Returns when the
     * calling thread is interrupted; ends too with what the taker throws.
     */
    public void follow(AppName app, LogFilter filter, int most, Consumer<LogEntry> to) {
        Map<Path, LogTail> tails = new LinkedHashMap<>();
        try {
            Path directory = files.app(app);
            BlockingQueue<Boolean> bell = watch.add(directory);
            try {
                List<LogEntry> entries = new ArrayList<>();
                for (LogFiles.File file : files.of(directory, filter)) {
                    LogTail tail = LogTail.open(file.path(), file.log().name());
                    tails.put(file.path(), tail);
                    entries.addAll(tail.last(most));
                }
                merged(entries, most).forEach(to);
                while (true) {
                    bell.take();
                    readOn(directory, filter, tails, to);
                }
            } finally {
                watch.remove(directory, bell);
                for (LogTail tail : tails.values()) {
                    tail.close();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readOn(Path directory, LogFilter filter, Map<Path, LogTail> tails, Consumer<LogEntry> to)
            throws IOException {
        List<LogFiles.File> logs = files.of(directory, filter);
        for (LogFiles.File file : logs) {
            if (!tails.containsKey(file.path())) {
                tails.put(file.path(), LogTail.open(file.path(), file.log().name()));
            }
        }
        for (LogTail tail : tails.values()) {
            tail.read(to);
        }
        List<Path> there = logs.stream().map(LogFiles.File::path).toList();
        for (Path gone :
                tails.keySet().stream().filter(path -> !there.contains(path)).toList()) {
            LogTail tail = tails.remove(gone);
            if (tail != null) {
                tail.close();
            }
        }
    }

    /** Removes all the logs of an app. */
    public void forget(AppName app) {
        try {
            PrivateFiles.deleteTree(files.directory().resolve(app.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
