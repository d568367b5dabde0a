package dev.slipway.sigil.functions;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** The files that a template may look up; names are byte strings. */
public interface TemplateFiles {
    /**
     * Finds a file by the search path.
     *
     * @throws FunctionException if it is not there or not to be read
     */
    Path find(String name);

    /** Whether the search path has it. */
    boolean has(String name);

    /** @throws FunctionException with Go's text for the failure */
    String read(Path file);

    /** Where relative names start. */
    Path directory();

    /** The names in a directory, sorted by bytes. */
    List<Entry> list(String directory);

    /** Runs with the file's directory first on the search path. */
    <T> T within(Path file, Supplier<T> work);

    /** A name in a directory. */
    record Entry(String name, boolean isDirectory) {}
}
