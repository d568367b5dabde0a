package dev.slipway.source;

import dev.slipway.model.AppName;
import dev.slipway.model.Revision;

/**
 * One revision of an app, and where its objects are to be found.
 *
 * @param directory the part of the tree that the app is made of; empty for all of it
 */
public record Source(AppName app, Revision revision, Quarantine quarantine, String directory) {

    public Source(AppName app, Revision revision, Quarantine quarantine) {
        this(app, revision, quarantine, "");
    }

    /** A revision that the repository already has. */
    public static Source of(AppName app, Revision revision) {
        return new Source(app, revision, Quarantine.NONE);
    }

    /** The same revision, of which only a directory counts. */
    public Source within(String part) {
        return new Source(app, revision, quarantine, part);
    }

    /** What names a file of it to git; the tree itself for an empty path. */
    String object(String path) {
        String joined = directory.isEmpty() || path.isEmpty() ? directory + path : directory + "/" + path;
        return joined.isEmpty() ? revision + "^{tree}" : revision + ":" + joined;
    }
}
