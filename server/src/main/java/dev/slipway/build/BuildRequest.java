package dev.slipway.build;

import dev.slipway.model.AppName;
import dev.slipway.model.SandboxUser;
import java.nio.file.Path;
import java.util.Map;

/**
 * A source tree to be built.
 *
 * @param source the laid-out tree; the builder takes it over, so it is gone from there afterwards
 * @param treeId names the tree's content: git's own id of it
 * @param config what the builder is given of configuration; nothing else of the app's reaches it
 * @param user who builds, and whom the result belongs to
 */
public record BuildRequest(AppName app, Path source, String treeId, Map<String, String> config, SandboxUser user) {

    public BuildRequest {
        config = Map.copyOf(config);
    }
}
