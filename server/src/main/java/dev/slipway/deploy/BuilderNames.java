package dev.slipway.deploy;

import dev.slipway.model.UserException;
import java.util.List;

/** What can be said of builders: there is one, and those that Dokku has beside it have something else in its place here. */
final class BuilderNames {

    /** The one builder: buildpacks in a sandbox of the machine's own system. */
    static final String BUILDPACKS = "buildpacks";

    private static final List<String> OF_BUILDPACKS = List.of("herokuish", "pack", "nixpacks", "railpack");

    private static final List<String> OF_IMAGES = List.of("dockerfile", "lambda", "null");

    private BuilderNames() {}

    static String check(String text) {
        if (text.equals(BUILDPACKS)) {
            return text;
        }
        if (OF_BUILDPACKS.contains(text)) {
            throw UserException.invalid("The builder " + text + " is not part of Slipway: use " + BUILDPACKS
                    + ", which runs Heroku's buildpacks without Docker (buildpacks:add names them)");
        }
        if (OF_IMAGES.contains(text)) {
            throw UserException.invalid("The builder " + text + " is not part of Slipway, which makes no images: use "
                    + BUILDPACKS + ", with the commands to run in a Procfile");
        }
        throw UserException.invalid(
                "Invalid value for selected: this server has the builder " + BUILDPACKS + " and no other");
    }
}
