package dev.slipway.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The control groups that runc leaves behind: the parents of those that it made; one hierarchy, or version 1 with many. */
final class Cgroups {

    private static final Path TOP = Path.of("/sys/fs/cgroup");

    private Cgroups() {}

    /** Removes the group of this name from every hierarchy; a group that still has processes is refused by the kernel. */
    static void remove(String name) throws IOException {
        Files.deleteIfExists(TOP.resolve(name));
        try (DirectoryStream<Path> hierarchies = Files.newDirectoryStream(TOP, Files::isDirectory)) {
            for (Path hierarchy : hierarchies) {
                Files.deleteIfExists(hierarchy.resolve(name));
            }
        }
    }
}
