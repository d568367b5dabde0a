package dev.slipway.build;

import dev.slipway.console.Console;
import dev.slipway.model.AppName;
import dev.slipway.model.Build;
import dev.slipway.model.SandboxUser;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Turns source trees into builds, and keeps them for as long as releases need them. */
public interface Builder {

    /** What a build of this tree with this config is called: equal for two that would come out equal. */
    String key(String treeId, Map<String, String> config);

    /** The build of this name, if it was made already: then the tree need not even be laid out. */
    Optional<Build> find(AppName app, String key);

    /**
     * Builds, unless that was done already. What the build prints appears on the console line by line, as it happens. If the
     * calling thread is interrupted, all of the build is ended.
     *
     * @throws dev.slipway.model.UserException if the tree is of no kind that this builder knows, or the build fails
     */
    Build build(BuildRequest request, Console console);

    /**
     * Makes a build that is like another of the app's but for what somebody changes in its files; the other stays as it is.
     *
     * @param owner whom the new one belongs to
     * @param change given the new build's tree, a copy; if it throws, there is no new build
     * @return the new one, with a key of its own; {@link #keep} keeps the other with it
     * @throws dev.slipway.model.UserException if the disk has no room for the copy
     */
    Build amend(AppName app, Build build, SandboxUser owner, Consumer<Path> change);

    /** Removes one build that nothing runs from. */
    void discard(AppName app, Build build);

    /**
     * Gives an app a build of another that has the same users, without a copy of its files, and the caches that it was made with.
     *
     * @return the same build, its tree in the new app's place
     */
    Build carry(AppName from, AppName to, Build build);

    /** Removes an app's builds except those with these keys. */
    void keep(AppName app, Set<String> keys);

    /** Empties the cache that an app's builds are made with: the next one begins with nothing. */
    void purge(AppName app);

    /** Removes all that is kept for an app, caches included. */
    void forget(AppName app);
}
