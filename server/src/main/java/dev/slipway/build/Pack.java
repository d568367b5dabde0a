package dev.slipway.build;

import dev.slipway.model.Buildpack;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A buildpack that was chosen for a build.
 *
 * @param name as the user calls it
 * @param files where one that had to be fetched lies, readable for the build's user
 */
public record Pack(Buildpack name, Optional<Path> files) {

    public static Pack present(Buildpack name) {
        return new Pack(name, Optional.empty());
    }
}
