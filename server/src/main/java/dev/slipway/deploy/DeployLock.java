package dev.slipway.deploy;

import dev.slipway.model.App;
import dev.slipway.model.UserException;
import java.util.Optional;

/**
 * The lock that a user puts on an app, so that nobody deploys it: it stays until it is lifted, whatever becomes of the daemon. The one that
 * a deploy itself holds is {@link Locks}.
 */
public final class DeployLock {

    private static final String PROPERTY = "apps.locked";

    private DeployLock() {}

    public static boolean isSet(App app) {
        return app.property(PROPERTY).isPresent();
    }

    public static App set(App app, boolean locked) {
        return app.withProperty(PROPERTY, locked ? Optional.of("true") : Optional.empty());
    }

    /** @throws UserException if the app is locked */
    public static void refuse(App app) {
        if (isSet(app)) {
            throw new UserException(
                    UserException.Kind.BUSY,
                    "App " + app.name() + " is locked and takes no deploys: lift the lock with apps:unlock "
                            + app.name());
        }
    }
}
