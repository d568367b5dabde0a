package dev.slipway.sigil;

import dev.slipway.sigil.functions.TemplateFiles;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sigil command's files: any, looked up in the working directory and then along a path. */
final class SearchPath implements TemplateFiles {
    private final Path directory;
    private final Deque<String> path;

    SearchPath(Path directory, List<String> path) {
        this.directory = directory;
        this.path = new ArrayDeque<>(path);
    }

    @Override
    public Path find(String name) {
        Path found = look(Bytes.text(name));
        if (found == null) {
            throw new FunctionException("Not found in path: " + name + " [" + Bytes.of(String.join(" ", path)) + "]");
        }
        return found;
    }

    @Override
    public boolean has(String name) {
        return look(Bytes.text(name)) != null;
    }

    /** What is found by the working directory is absolute; what is found along the path is as the path says. */
    private @Nullable Path look(String name) {
        if (name.startsWith("/")) {
            return existing(Path.of(name));
        }
        Path found = existing(directory.toAbsolutePath().resolve(name).normalize());
        for (String place : path) {
            if (found == null) {
                found = existing(Path.of(place, name).normalize());
            }
        }
        return found;
    }

    private @Nullable Path existing(Path file) {
        return Files.exists(directory.resolve(file)) ? file : null;
    }

    @Override
    public Path directory() {
        return directory.toAbsolutePath();
    }

    @Override
    public String read(Path file) {
        return FileErrors.read(directory.resolve(file), Bytes.of(file.toString()));
    }

    @Override
    public List<Entry> list(String name) {
        if (name.isEmpty()) {
            throw new FunctionException("open : no such file or directory");
        }
        return FileErrors.list(directory.resolve(Bytes.text(name)), name);
    }

    private static String parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? "." : parent.toString();
    }

    @Override
    public <T> T within(Path file, Supplier<T> work) {
        path.addFirst(parent(file));
        try {
            return work.get();
        } finally {
            path.removeFirst();
        }
    }
}
