package dev.slipway.sigil;

import dev.slipway.sigil.functions.FunctionException;
import dev.slipway.sigil.functions.TemplateFiles;
import dev.slipway.sigil.value.Bytes;
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

    private @Nullable Path look(String name) {
        if (name.startsWith("/")) {
            return existing(Path.of(name));
        }
        Path found = existing(directory.resolve(name));
        for (String place : path) {
            if (found == null) {
                found = existing(directory.resolve(place).resolve(name));
            }
        }
        return found;
    }

    private static @Nullable Path existing(Path file) {
        return Files.exists(file) ? file : null;
    }

    @Override
    public String read(Path file) {
        return FileErrors.read(file, Bytes.of(file.toString()));
    }

    @Override
    public List<Entry> list(String name) {
        if (name.isEmpty()) {
            throw new FunctionException("open : no such file or directory");
        }
        return FileErrors.list(directory.resolve(Bytes.text(name)), name);
    }

    @Override
    public <T> T within(Path file, Supplier<T> work) {
        Path parent = file.toAbsolutePath().getParent();
        path.addFirst(String.valueOf(parent));
        try {
            return work.get();
        } finally {
            path.removeFirst();
        }
    }
}
