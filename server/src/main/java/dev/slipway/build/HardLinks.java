package dev.slipway.build;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A second tree of the same files: links are linked as links, so nothing outside is ever reached. */
final class HardLinks extends SimpleFileVisitor<Path> {

    private final Path from;
    private final Path to;

    private HardLinks(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /** @param to an empty directory of the same file system */
    static void of(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new HardLinks(from, to));
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
        Files.createLink(place(file), file);
        return FileVisitResult.CONTINUE;
    }

    private Path place(Path path) {
        return to.resolve(from.relativize(path));
    }
}
