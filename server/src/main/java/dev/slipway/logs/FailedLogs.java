package dev.slipway.logs;

import dev.slipway.model.AppName;
import dev.slipway.model.ProcessName;
import dev.slipway.sandbox.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the processes of each app's last failed deploy printed: they are gone, and nobody may have watched. */
public final class FailedLogs {

    /** Of one app; the last part is what tells why. */
    private static final int MOST_CHARACTERS = 1 << 20;

    private final Path directory;

    /** @param directory of all apps' logs: what is kept here goes with them */
    public FailedLogs(Path directory) {
        this.directory = directory;
    }

    /** Keeps them in the place of those that are there. */
    public void keep(AppName app, Map<ProcessName, List<String>> printed) {
        String text = printed.entrySet().stream()
                .map(process -> process.getValue().stream()
                        .map(line -> "app[" + process.getKey() + "]: " + line + "\n")
                        .collect(Collectors.joining()))
                .collect(Collectors.joining());
        try {
            PrivateFiles.directory(PrivateFiles.parent(file(app)));
            PrivateFiles.replace(file(app), text.substring(Math.max(0, text.length() - MOST_CHARACTERS)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines, each with its process; empty if no deploy failed. */
    public Optional<List<String>> of(AppName app) {
        try {
            return Files.exists(file(app)) ? Optional.of(Files.readAllLines(file(app))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(AppName app) {
        return directory.resolve(app.value()).resolve("failed-deploy");
    }
}
