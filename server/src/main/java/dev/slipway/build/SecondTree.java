package dev.slipway.build;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** A second tree of the same files, with their owners and modes: links stay links, so nothing outside is ever reached. */
final class SecondTree extends SimpleFileVisitor<Path> {

    private final Path from;
    private final Path to;
    private final Making making;

    private SecondTree(Path from, Path to, Making making) {
        this.from = from;
        this.to = to;
        this.making = making;
    }

    /** Makes one file of the second tree. */
    private interface Making {
        void make(Path file, Path second) throws IOException;
    }

    /**
     * One that takes no room, of files that nobody writes to.
     *
     * @param to an empty directory of the same file system
     */
    static void linked(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SecondTree(from, to, (file, second) -> Files.createLink(second, file)));
    }

    /**
     * One of which each file may be changed without the other; file systems that can share what is equal do.
     *
     * @param to an empty directory
     */
    static void copied(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SecondTree(
                        from,
                        to,
                        (file, second) -> Files.copy(
                                file, second, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS)));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        Path made = place(directory);
        if (!directory.equals(from)) {
            Files.createDirectory(made);
        }
        for (String attribute : new String[] {"unix:uid", "unix:gid", "unix:mode"}) {
            Files.setAttribute(made, attribute, Files.getAttribute(directory, attribute));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        making.make(file, place(file));
        return FileVisitResult.CONTINUE;
    }

    private Path place(Path path) {
        return to.resolve(from.relativize(path));
    }
}
