package dev.slipway.store;

import dev.slipway.model.App;
import dev.slipway.model.AppName;
import java.util.Optional;

/** Is told of what is settled, once it is; on the thread that did it, so it must be quick, and what it throws is logged and no more. */
public interface Watcher {

    /** @param before absent for an app that was made, as {@code after} is for one that is gone */
    void app(Optional<App> before, Optional<App> after);

    /** @param there whether the app has a certificate now */
    void certificate(AppName app, boolean there);
}
