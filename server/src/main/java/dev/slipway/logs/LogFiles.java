package dev.slipway.logs;

import dev.slipway.model.AppName;
import dev.slipway.sandbox.PrivateFiles;
import dev.slipway.sandbox.ProcessLog;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The logs of all apps' processes on disk, and their bounds: of each process two files of conmon's limit, of each process name the
 * last few processes.
 */
record LogFiles(Path directory) {

    /** How many processes of one name keep their logs: those of the last releases. */
    static final int GENERATIONS = 5;

    /** How many one-offs of one type keep theirs: each has a name of its own. */
    static final int ONE_OFFS = 50;

    /** One log and whose it is. */
    record File(Path path, ProcessLog log, FileTime changed) {}

    Path app(AppName app) throws IOException {
        return PrivateFiles.directory(directory.resolve(app.value()));
    }

    /** The logs that the filter takes, that which was written to last being last. */
    List<File> of(Path app, LogFilter filter) throws IOException {
        List<File> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(app, "*.log")) {
            for (Path path : entries) {
                ProcessLog log = ProcessLog.of(path).orElse(null);
                if (log != null && filter.takes(log.name())) {
                    addIfThere(path, log, files);
                }
            }
        }
        files.sort(Comparator.comparing(File::changed));
        return files;
    }

    private static void addIfThere(Path path, ProcessLog log, List<File> files) throws IOException {
        try {
            files.add(new File(path, log, Files.getLastModifiedTime(path)));
        } catch (NoSuchFileException e) {
            // Removed as too old since it was listed.
            return;
        }
    }

    /**
     * conmon replaces a log that is full by an empty one. A second name holds on to the file, so that what is replaced can become
     * the log's older part instead of being lost.
     */
    static void hold(Path log) throws IOException {
        Path held = held(log);
        try {
            if (Files.exists(held) && !same(held, log)) {
                Files.move(
                        held,
                        ProcessLog.before(log),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            Files.createLink(held, log);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            // Held already, or removed as too old: there is nothing to do.
            return;
        }
    }

    private static boolean same(Path one, Path other) throws IOException {
        return key(one).equals(key(other));
    }

    private static Object key(Path path) throws IOException {
        return Objects.requireNonNull(
                Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    }

    private static Path held(Path log) {
        return log.resolveSibling(log.getFileName() + ".held");
    }

    /** Removes the logs of older processes that had the same name. */
    void prune(Path newest) throws IOException {
        ProcessLog log = ProcessLog.of(newest).orElseThrow();
        boolean oneOff = log.name().isOneOff();
        List<File> files = of(
                PrivateFiles.parent(newest),
                oneOff ? new LogFilter.OneOffs(Optional.of(log.name().type())) : new LogFilter.OneProcess(log.name()));
        for (File file : files.subList(0, Math.max(0, files.size() - (oneOff ? ONE_OFFS : GENERATIONS)))) {
            Files.deleteIfExists(file.path());
            Files.deleteIfExists(ProcessLog.before(file.path()));
            Files.deleteIfExists(held(file.path()));
        }
    }
}
