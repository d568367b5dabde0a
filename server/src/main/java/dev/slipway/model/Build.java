package dev.slipway.model;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a builder made of a revision: a tree that a scheduler can run, never changed once it is there.
 *
 * @param key names the build by what went in (tree, builder, build config): an equal key means that it can be used again
 * @param tree the directory that a process sees as {@code /app}
 * @param environment what the build adds to every process's environment, below the app's own config
 */
public record Build(String key, Path tree, Procfile procfile, Map<String, String> environment) {

    public Build {
        environment = Map.copyOf(environment);
    }

    public Build withTree(Path moved) {
        return new Build(key, moved, procfile, environment);
    }
}
