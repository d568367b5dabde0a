package dev.slipway.build;

import dev.slipway.console.Console;
import dev.slipway.model.AppName;
import dev.slipway.model.Build;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes builds of source trees, and keeps them so that an equal tree is not built twice. */
public interface Builder {

    /** The key of the build that a tree would have with this builder: equal keys, equal builds. */
    String key(String treeId, Map<String, String> config);

    /** The build of that key, if it was made before and is still there. */
    Optional<Build> find(AppName app, String key);

    /**
     * Builds a tree; what the build prints goes to the console line by line as it comes.
     *
     * @throws dev.slipway.model.UserException if it fails; nothing is left of it then
     */
    Build build(BuildRequest request, Console console);

    /** Forgets the builds of an app save those of the given keys. */
    void keep(AppName app, Set<String> keys);

    /** Forgets all that there is of an app, its cache too. */
    void destroy(AppName app);
}
