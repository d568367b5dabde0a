package dev.slipway.proxy.nginx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes what nginx reads: owned by us, readable by nginx's group and by nobody else, never seen half written.
 *
 * @param gid nginx's group
 */
record ConfigurationFiles(int gid) {

    /** A directory that nginx may pass through and read. */
    void readable(Path directory) {
        directory(directory, "rwxr-x---", 0);
    }

    /** A directory that everybody may pass through, and nobody list. */
    void passable(Path directory) {
        if (!Files.isDirectory(directory)) {
            directory(directory, "rwx--x--x", 0);
        }
    }

    /** A directory that belongs to nginx's user. */
    void writable(Path directory) {
        directory(directory, "rwxr-x---", gid);
    }

    void write(Path file, String text) {
        try {
            if (read(file).filter(text::equals).isPresent()) {
                return;
            }
            Path beside = file.resolveSibling("." + file.getFileName() + ".next");
            Files.deleteIfExists(beside);
            EnumSet<StandardOpenOption> create = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (SeekableByteChannel channel = Files.newByteChannel(
                    beside,
                    create,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                own(beside, "rw-r-----", 0);
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** A file's text, if there is such a file. */
    Optional<String> read(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    void put(Path file, Optional<String> text) {
        text.ifPresentOrElse(present -> write(file, present), () -> delete(file));
    }

    void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    /** Deletes a directory of ours and all that is in it; links are deleted, not followed. */
    void deleteTree(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            deepestFirst.forEach(this::delete);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }

    private void directory(Path directory, String mode, int owner) {
        try {
            Files.createDirectories(directory);
            own(directory, mode, owner);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
    }

    private void own(Path path, String mode, int owner) throws IOException {
        Files.setAttribute(path, "unix:uid", owner);
        Files.setAttribute(path, "unix:gid", gid);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
