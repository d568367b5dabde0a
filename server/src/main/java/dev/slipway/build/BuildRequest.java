package dev.slipway.build;

import dev.slipway.model.AppName;
import dev.slipway.model.SandboxUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A source tree to be built.
 *
 * @param source the laid-out tree; the builder takes it over, so it is gone from there afterwards
 * @param treeId names the tree's content, and what else the build depends on: git's own id of it at least
 * @param config what the builder is given of configuration; nothing else of the app's reaches it
 * @param packs the buildpacks to run in turn; none to take the first of the platform's own that knows the tree
 * @param user who builds
 * @param owner whom the result belongs to: who runs it, and writes to what they see of it
 */
public record BuildRequest(
        AppName app,
        Path source,
        String treeId,
        Map<String, String> config,
        List<Pack> packs,
        SandboxUser user,
        SandboxUser owner) {

    public BuildRequest {
        config = Map.copyOf(config);
        packs = List.copyOf(packs);
    }

    /** For the first of the platform's own buildpacks that knows the tree. */
    public BuildRequest(
            AppName app, Path source, String treeId, Map<String, String> config, SandboxUser user, SandboxUser owner) {
        this(app, source, treeId, config, List.of(), user, owner);
    }
}
