package dev.slipway.sandbox;

import dev.slipway.model.AppName;
import dev.slipway.model.ProcessName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log of one process, all its runs: where it is, and from that whose it is. What was in it before it grew too long is beside it.
 *
 * @param run tells it from other processes that had the same name
 */
public record ProcessLog(AppName app, ProcessName name, String run) {

    private static final Pattern FILE = Pattern.compile("(.+\\.[0-9]+)\\.([0-9a-z]+)\\.log");

    /** Below the directory of all apps' logs. */
    public Path file(Path logs) {
        return logs.resolve(app.value()).resolve(name + "." + run + ".log");
    }

    /** What a log was before conmon replaced it by an empty one. */
    public static Path before(Path file) {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    /** Whose log a file is; empty if it is none. */
    public static Optional<ProcessLog> of(Path file) {
        Matcher matcher = FILE.matcher(file.getFileName().toString());
        return matcher.matches()
                ? Optional.of(new ProcessLog(
                        new AppName(PrivateFiles.parent(file).getFileName().toString()),
                        ProcessName.parse(matcher.group(1)),
                        matcher.group(2)))
                : Optional.empty();
    }
}
