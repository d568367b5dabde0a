package dev.slipway.proxy.nginx;

import dev.slipway.model.AppName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** nginx would not have a configuration; nothing was changed, or what was is back. */
final class Refused extends Exception {

    private final transient @Nullable AppName guilty;

    Refused(String message) {
        this(null, message);
    }

    /** @param guilty the app whose part it is, if that is known */
    Refused(@Nullable AppName guilty, String message) {
        super(message);
        this.guilty = guilty;
    }

    Optional<AppName> guilty() {
        return Optional.ofNullable(guilty);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
