package dev.slipway.server;

import java.util.Optional;

/** The version of this build. */
final class Version {

    private Version() {}

    /** From the jar's manifest; classes that were not packed have none. */
    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("unreleased");
    }
}
