package dev.slipway.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files and directories that only root may read: modes are given at creation, never widened by a umask. */
public final class PrivateFiles {

    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private PrivateFiles() {}

    /** Creates the directory and its parents with mode 0700, if they are not there. */
    public static Path directory(Path directory) throws IOException {
        return Files.createDirectories(directory, DIRECTORY);
    }

    /** Writes a file whole, mode 0600: whoever reads it finds the old text or the new one, never a part. */
    public static void replace(Path file, String text) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        create(beside);
        Files.writeString(beside, text, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Creates an empty file, mode 0600, that must not be there. */
    public static void create(Path file) throws IOException {
        Files.createFile(file, FILE);
    }

    /** The directory that a file is in. */
    public static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent(), "the root directory has no parent");
    }

    /** Deletes a tree, if it is there, without following links out of it. */
    public static void deleteTree(Path root) throws IOException {
        try {
            Files.walkFileTree(root, new Deletion());
        } catch (NoSuchFileException e) {
            // It is not there, or somebody else deletes it too: either way nothing is left to do.
            return;
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
