package dev.slipway.build;

import dev.slipway.model.AppName;
import dev.slipway.model.SandboxUser;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is to be built.
 *
 * @param source the laid-out tree, which belongs to the user and becomes the build's own
 * @param treeId the name of the tree, by which its build is found again
 * @param config what the build may know of the app's settings
 * @param user who builds
 */
public record BuildRequest(AppName app, Path source, String treeId, Map<String, String> config, SandboxUser user) {}
