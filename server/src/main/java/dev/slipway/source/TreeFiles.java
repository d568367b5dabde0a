package dev.slipway.source;

import dev.slipway.model.SandboxUser;
import dev.slipway.model.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the files of a tree as their bytes come in; directories and files are always new ones. */
final class TreeFiles implements BatchReply.Sink {

    private static final int MOST_FILES = 100_000;
    private static final long MOST_BYTES = 1L << 30;

    /** The longest text of a link on Linux. */
    private static final int LONGEST_LINK = 4096;

    private final List<TreeEntry> blobs;
    private final List<String> submodules;
    private final long size;
    private final Path into;
    private final SandboxUser owner;
    private final Set<String> directories = new HashSet<>();
    private final Map<Path, String> links = new LinkedHashMap<>();
    private OutputStream current = OutputStream.nullOutputStream();
    private int at;

    TreeFiles(List<TreeEntry> entries, Path into, SandboxUser owner) {
        this.into = into;
        this.owner = owner;
        this.blobs = entries.stream()
                .filter(entry -> entry.kind() != TreeEntry.Kind.SUBMODULE)
                .toList();
        this.submodules = entries.stream()
                .filter(entry -> entry.kind() == TreeEntry.Kind.SUBMODULE)
                .map(TreeEntry::path)
                .toList();
        this.size = blobs.stream().mapToLong(TreeEntry::size).sum();
        if (entries.size() > MOST_FILES || size > MOST_BYTES) {
            throw UserException.invalid("The revision has " + entries.size() + " files of " + size
                    + " bytes in all; at most " + MOST_FILES + " files and " + MOST_BYTES + " bytes are laid out");
        }
    }

    /** What to ask git for. */
    String objects() {
        return blobs.stream().map(entry -> entry.id() + "\n").collect(Collectors.joining());
    }

    @Override
    public void begin(String type, String id, long length) throws IOException {
        TreeEntry entry = blobs.get(at);
        if (!id.equals(entry.id())) {
            throw UserException.failed("The repository lacks the contents of " + entry.path());
        }
        Path path = place(entry);
        current = switch (entry.kind()) {
            case FILE -> create(path, "rw-r--r--");
            case EXECUTABLE -> create(path, "rwxr-xr-x");
            case LINK -> new ByteArrayOutputStream();
            case SUBMODULE -> throw new IllegalStateException("a submodule has no contents");
        };
        if (entry.kind() == TreeEntry.Kind.LINK && length > LONGEST_LINK) {
            throw UserException.invalid(entry.path() + " is a link of " + length + " bytes");
        }
    }

    @Override
    public void bytes(byte[] from, int offset, int length) throws IOException {
        current.write(from, offset, length);
    }

    @Override
    public void end() throws IOException {
        if (current instanceof ByteArrayOutputStream target) {
            links.put(place(blobs.get(at)), target.toString(StandardCharsets.UTF_8));
        }
        current.close();
        at++;
    }

    Layout finish() {
        try {
            directory("");
            for (Map.Entry<Path, String> link : links.entrySet()) {
                Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
                Owned.own(link.getKey(), owner);
            }
            return new Layout(blobs.size(), size, submodules);
        } catch (IOException | InvalidPathException e) {
            throw refused("a link", e);
        }
    }

    private Path place(TreeEntry entry) throws IOException {
        try {
            directory(parent(entry.path()));
            return into.resolve(entry.path());
        } catch (InvalidPathException e) {
            throw refused(entry.path(), e);
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    /** Makes a directory and those above it, up to the one that everything is laid out in, whose path is empty. */
    private void directory(String relative) throws IOException {
        if (directories.add(relative)) {
            if (!relative.isEmpty()) {
                directory(parent(relative));
            }
            Path path = into.resolve(relative);
            Files.createDirectory(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            Owned.own(path, owner);
        }
    }

    private OutputStream create(Path path, String mode) throws IOException {
        OutputStream file = Files.newOutputStream(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        Owned.own(path, owner);
        return file;
    }

    private static RuntimeException refused(String what, Exception cause) {
        if (cause instanceof IOException failed) {
            return new UncheckedIOException("cannot lay out " + what, failed);
        }
        return new UserException(
                UserException.Kind.INVALID, "The name " + what + " cannot be a file's name here", cause);
    }
}
