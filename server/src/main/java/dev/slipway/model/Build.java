package dev.slipway.model;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

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

    /** The same under a key of its own, for one that is made from this one; its tree is still this one's. */
    public Build amended(UUID mark) {
        return new Build(base(key) + "." + mark, tree, procfile, environment);
    }

    /** Whether a build of one key is that of another one, or was made from it. */
    public static boolean isMadeFrom(String key, String other) {
        return key.equals(other) || base(key).equals(other);
    }

    private static String base(String key) {
        int mark = key.indexOf('.');
        return mark < 0 ? key : key.substring(0, mark);
    }

    public Build withTree(Path moved) {
        return new Build(key, moved, procfile, environment);
    }
}
