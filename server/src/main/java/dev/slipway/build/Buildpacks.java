package dev.slipway.build;

import dev.slipway.sandbox.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The buildpacks that come with the platform, in the order in which they look at a tree; the last takes any with a Procfile. */
final class Buildpacks {

    static final List<String> NAMES = List.of("maven", "nodejs", "python", "go", "procfile");

    static final String DRIVER = "driver.sh";

    private static final String LIBRARY = "lib.sh";

    private final Map<String, byte[]> files = new TreeMap<>();

    Buildpacks() {
        List<String> paths = new ArrayList<>(List.of(DRIVER, LIBRARY));
        for (String name : NAMES) {
            for (String script : List.of("detect", "compile", "release")) {
                paths.add(name + "/bin/" + script);
            }
        }
        paths.forEach(path -> files.put(path, read(path)));
    }

    private static byte[] read(String path) {
        try (InputStream in = Buildpacks.class.getResourceAsStream("/buildpacks/" + path)) {
            if (in == null) {
                throw new IllegalStateException("no resource buildpacks/" + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes when any of the scripts does: a build made by other scripts is another build. */
    String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((path, bytes) -> {
                digest.update((path + "\0" + bytes.length + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the scripts where a sandbox can have them, in a directory named by their fingerprint. */
    Path writeBelow(Path parent) throws IOException {
        Path directory = parent.resolve(fingerprint());
        if (Files.exists(directory)) {
            return directory;
        }
        PrivateFiles.deleteTree(parent);
        Path beside = parent.resolve("new");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = beside.resolve(file.getKey());
            Files.createDirectories(PrivateFiles.parent(path));
            Files.write(path, file.getValue());
        }
        open(beside);
        Files.move(beside, directory);
        return directory;
    }

    /** The build's own user reads and runs them. */
    private static void open(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (Path path : paths.toList()) {
                Files.setAttribute(path, "unix:mode", 0755);
            }
        }
    }
}
