package dev.slipway.sigil;

import dev.slipway.sigil.functions.TemplateFiles;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The files of one tree, links followed as long as they stay in it. Nothing outside is touched, nor its existence told. */
final class TreeFiles implements TemplateFiles {
    private final Path tree;
    private final Deque<Path> path = new ArrayDeque<>();

    private final long maxBytes;

    /** @param maxBytes larger files are refused */
    TreeFiles(Path tree, long maxBytes) {
        this.tree = tree.toAbsolutePath().normalize();
        this.maxBytes = maxBytes;
    }

    @Override
    public Path find(String name) {
        Path found = look(name);
        if (found == null) {
            throw new FunctionException("Not found in path: " + name);
        }
        return found;
    }

    @Override
    public boolean has(String name) {
        return look(name) != null;
    }

    private @Nullable Path look(String name) {
        Path found = existing(tree, name);
        for (Path place : path) {
            if (found == null) {
                found = existing(place, name);
            }
        }
        return found;
    }

    private @Nullable Path existing(Path start, String name) {
        Path named = resolve(start, name);
        try {
            Path real = named.toRealPath();
            if (!real.startsWith(tree.toRealPath())) {
                throw outside(name);
            }
            return real;
        } catch (NoSuchFileException missing) {
            return null;
        } catch (IOException unreadable) {
            throw new FunctionException("open " + name + ": " + FileErrors.reason(unreadable));
        }
    }

    private Path resolve(Path start, String name) {
        try {
            Path named = start.resolve(Bytes.text(name)).normalize();
            if (named.startsWith(tree)) {
                return named;
            }
        } catch (InvalidPathException notOne) {
            throw new FunctionException("open " + name + ": invalid argument");
        }
        throw outside(name);
    }

    private static FunctionException outside(String name) {
        return new FunctionException(name + " is outside the app's files, which are all that its templates may read");
    }

    @Override
    public Path directory() {
        return tree;
    }

    @Override
    public String read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new FunctionException("read " + shown(file) + ": not a regular file");
        }
        if (sizeOf(file) > maxBytes) {
            throw new FunctionException("read " + shown(file) + ": larger than " + maxBytes + " bytes");
        }
        return FileErrors.read(file, shown(file));
    }

    private long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw new FunctionException("open " + shown(file) + ": " + FileErrors.reason(unreadable));
        }
    }

    @Override
    public List<Entry> list(String directory) {
        Path found = existing(tree, directory);
        if (found == null || directory.isEmpty()) {
            throw new FunctionException("open " + directory + ": no such file or directory");
        }
        return FileErrors.list(found, directory);
    }

    private String shown(Path file) {
        return Bytes.of(String.valueOf(file.getFileName()));
    }

    @Override
    public <T> T within(Path file, Supplier<T> work) {
        path.addFirst(Objects.requireNonNull(file.getParent()));
        try {
            return work.get();
        } finally {
            path.removeFirst();
        }
    }
}
