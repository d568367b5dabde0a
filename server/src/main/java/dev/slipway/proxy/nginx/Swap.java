package dev.slipway.proxy.nginx;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Files that change together: until they are known to work, what was there before can come back. */
final class Swap {

    private final ConfigurationFiles files;
    private final Map<Path, Optional<String>> before = new LinkedHashMap<>();

    Swap(ConfigurationFiles files) {
        this.files = files;
    }

    /** @param text what the file shall hold; empty if it shall not be there */
    void put(Path file, Optional<String> text) {
        before.putIfAbsent(file, files.read(file));
        files.put(file, text);
    }

    void undo() {
        before.forEach(files::put);
        before.clear();
    }
}
