package dev.slipway.sigil;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** How far a template may reach. */
public sealed interface Mode {
    /**
     * Everything the {@code sigil} command can do: run programs, fetch pages, read any file and the standard input.
     *
     * @param directory where relative names start
     * @param searchPath further directories in which {@code include} and the like look
     * @param input what {@code stdin} reads
     */
    record Full(Path directory, List<String> searchPath, InputStream input) implements Mode {}

    /**
     * For a template that somebody pushed: no programs, no network, no standard input, no file outside the tree, and nothing
     * without end.
     *
     * @param tree the directory whose files the template may read
     */
    record Safe(Path tree, Bounds bounds) implements Mode {}

    /** The command's mode in the current directory. */
    static Mode full() {
        return new Full(Path.of(""), List.of(), System.in);
    }

    /** @param tree the directory whose files the template may read */
    static Mode safe(Path tree, Bounds bounds) {
        return new Safe(tree, bounds);
    }
}
