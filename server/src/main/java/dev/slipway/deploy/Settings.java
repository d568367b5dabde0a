package dev.slipway.deploy;

import dev.slipway.model.App;
import java.time.Duration;

/** The properties of an app that steer its deploys. */
final class Settings {

    private Settings() {}

    /** How long a process has between SIGTERM and SIGKILL: {@code ps:set stop-timeout-seconds}, 30 as in Dokku. */
    static Duration stopTimeout(App app) {
        return seconds(app, "ps.stop-timeout-seconds", 30);
    }

    /** How long replaced processes may keep their connections: {@code checks:set drain-timeout}, ten minutes. */
    static Duration longestDrain(App app) {
        return seconds(app, "checks.drain-timeout", 600);
    }

    private static Duration seconds(App app, String property, int otherwise) {
        return Duration.ofSeconds(app.property(property).map(Long::parseLong).orElse((long) otherwise));
    }
}
