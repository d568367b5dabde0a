package dev.slipway.sigil;

import dev.slipway.sigil.functions.TemplateFiles;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
        if (isNoPath(name)) {
            String whole = name.startsWith("/") ? name : Bytes.of(directory() + "/") + name;
            throw new FunctionException("open " + whole + ": invalid argument");
        }
        Path found = look(Bytes.text(name));
        if (found == null) {
            throw new FunctionException("Not found in path: " + name + " [" + Bytes.of(String.join(" ", path)) + "]");
        }
        return found;
    }

    @Override
    public boolean has(String name) {
        return isNoPath(name) || look(Bytes.text(name)) != null;
    }

    /** A zero byte cannot be in a path. Go finds that out only when it opens the file. */
    private static boolean isNoPath(String name) {
        return name.indexOf(0) >= 0;
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

    /** As sigil: what is there but cannot be looked at, such as a link to itself, counts as found, and says so when it is read. */
    private @Nullable Path existing(Path file) {
        try {
            Files.readAttributes(directory.resolve(file), BasicFileAttributes.class);
        } catch (NoSuchFileException missing) {
            return null;
        } catch (IOException hidden) {
            return file;
        }
        return file;
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
        if (isNoPath(name)) {
            throw new FunctionException("open " + name + ": invalid argument");
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
