package dev.slipway.source;

import dev.slipway.model.AppName;
import dev.slipway.model.Revision;

/** One revision of an app, and where its objects are to be found. */
public record Source(AppName app, Revision revision, Quarantine quarantine) {

    /** A revision that the repository already has. */
    public static Source of(AppName app, Revision revision) {
        return new Source(app, revision, Quarantine.NONE);
    }
}
