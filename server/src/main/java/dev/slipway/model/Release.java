package dev.slipway.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A build with a number: what a deploy switches to. It holds all that is needed to run it again after the machine was off.
 *
 * @param number 1 for the first release of an app, one more for each after it
 * @param template the revision's own nginx.conf.sigil
 * @param appJson the revision's app.json
 */
public record Release(
        int number,
        Revision revision,
        Build build,
        Optional<String> template,
        Optional<String> appJson,
        Instant createdAt) {

    /** The environment variable that tells a process which revision it runs, as in Dokku. */
    public static final String REVISION_VARIABLE = "GIT_REV";

    /** The same release, its build in another place. */
    public Release withBuild(Build moved) {
        return new Release(number, revision, moved, template, appJson, createdAt);
    }

    public Procfile procfile() {
        return build.procfile();
    }
}
