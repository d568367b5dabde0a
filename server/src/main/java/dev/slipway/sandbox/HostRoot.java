package dev.slipway.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a sandbox shows of the host's own root file system: programs and libraries, and of {@code /etc} what they need to run;
 * no accounts, no keys, no {@code /run}, no sockets.
 *
 * @param mounts what is bound, for reading only
 * @param links symbolic links that stand at the same place as on the host, with where they lead
 */
public record HostRoot(List<Mount> mounts, Map<String, String> links) {

    private static final List<String> SYSTEM =
            List.of("usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32", "libo32");

    private static final String ETC =
            "{alternatives,ssl,pki,ca-certificates,crypto-policies,java*,maven,ld.so.cache,localtime,timezone,python*,perl,"
                    + "mime.types,nsswitch.conf,protocols,services,os-release,fonts,ImageMagick*,gitconfig,npmrc,pip.conf}";

    public HostRoot {
        mounts = List.copyOf(mounts);
        links = Map.copyOf(links);
    }

    /**
     * Looks at the host.
     *
     * @param also directories outside {@code /usr} that programs need, a JDK for instance
     */
    public static HostRoot scan(List<Path> also) {
        List<Mount> mounts = new ArrayList<>();
        Map<String, String> links = new TreeMap<>();
        SYSTEM.forEach(name -> add(Path.of("/").resolve(name), mounts, links));
        try (DirectoryStream<Path> etc = Files.newDirectoryStream(Path.of("/etc"), ETC)) {
            etc.forEach(path -> add(path, mounts, links));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Path path : also) {
            if (!path.startsWith("/usr")) {
                mounts.add(Mount.readOnly(path, path.toString()));
            }
        }
        return new HostRoot(mounts, links);
    }

    private static void add(Path path, List<Mount> mounts, Map<String, String> links) {
        try {
            if (Files.isSymbolicLink(path)) {
                links.put(path.toString(), Files.readSymbolicLink(path).toString());
            } else if (Files.exists(path)) {
                mounts.add(Mount.readOnly(path, path.toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the directory that all sandboxes share as their root: places to mount on, and the links. What is there already stays,
     * for sandboxes that run have it as their root.
     */
    void layOut(Path root) throws IOException {
        for (String name : List.of("proc", "sys", "dev", "tmp", "app", "etc", "var", OciConfig.LAYER)) {
            place(root.resolve(name));
        }
        Files.setAttribute(root.resolve("tmp"), "unix:mode", 01777);
        for (String name : OciConfig.WRITTEN) {
            touch(root.resolve("etc").resolve(name));
        }
        for (Mount mount : mounts) {
            layOut(root, mount);
        }
        for (Map.Entry<String, String> link : links.entrySet()) {
            link(root.resolve(link.getKey().substring(1)), Path.of(link.getValue()));
        }
        link(root.resolve("var/tmp"), Path.of("/tmp"));
    }

    /** Makes the place that something of the host is mounted on. */
    static void layOut(Path root, Mount mount) throws IOException {
        Path target = root.resolve(mount.destination().substring(1));
        if (Files.isDirectory(Path.of(mount.source()))) {
            place(target);
        } else {
            place(PrivateFiles.parent(target));
            touch(target);
        }
    }

    /** Modes are set one by one: the daemon's umask must not decide what an app may see. */
    private static void place(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            place(PrivateFiles.parent(directory));
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void link(Path at, Path to) throws IOException {
        boolean there = Files.isSymbolicLink(at);
        if (there && Files.readSymbolicLink(at).equals(to)) {
            return;
        }
        place(PrivateFiles.parent(at));
        Files.deleteIfExists(at);
        Files.createSymbolicLink(at, to);
    }

    private static void touch(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.write(file, new byte[0]);
        }
    }
}
