package dev.slipway.proxy;

import dev.slipway.model.AppName;
import java.util.List;

/** Serves the apps' sites over http and https. */
public interface Proxy extends AutoCloseable {

    /** Starts it, or adopts the one that still runs from before; publishes nothing by itself. */
    void start(List<Site> sites);

    /**
     * Renders a site and has the whole configuration tested with it, changing nothing.
     *
     * @return warnings for the user, each one or more lines
     * @throws dev.slipway.model.UserException that names the template's line
     */
    List<String> test(Site site);

    /**
     * Renders, tests, swaps and reloads, the last only if bytes changed; returns when the new configuration serves.
     *
     * @throws dev.slipway.model.UserException if it is refused: the files before are back, and serve
     */
    Published publish(Site site);

    /** Forgets an app's site. */
    void remove(AppName app);

    /** Stops watching; it goes on serving. */
    @Override
    void close();

    /** Ends it. */
    void stop();

    /** @param changed whether the rendered bytes differ from those before, so that there was a reload */
    record Published(boolean changed, List<String> warnings) {}
}
