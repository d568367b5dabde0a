package dev.slipway.build;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CancellationException;

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
        void make(Path file, BasicFileAttributes attributes, Path second) throws IOException;
    }

    /**
     * One that takes no room, of files that nobody writes to.
     *
     * @param to an empty directory of the same file system
     */
    static void linked(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SecondTree(from, to, (file, _, second) -> Files.createLink(second, file)));
    }

    /**
     * One of which each file may be changed without the other; file systems that can share what is equal do. Pipes and sockets are left
     * out: nobody listens there any more, and to open a pipe waits for whoever does.
     *
     * @param to an empty directory
     * @throws CancellationException if the thread is interrupted
     */
    static void copied(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SecondTree(from, to, SecondTree::copy));
    }

    private static void copy(Path file, BasicFileAttributes attributes, Path second) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the copy is not wanted any more");
        }
        if (!attributes.isOther()) {
            Files.copy(file, second, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** How many bytes a copy takes. */
    static long size(Path tree) throws IOException {
        long[] size = {0};
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                size[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }
        });
        return size[0];
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
        making.make(file, attributes, place(file));
        return FileVisitResult.CONTINUE;
    }

    private Path place(Path path) {
        return to.resolve(from.relativize(path));
    }
}
