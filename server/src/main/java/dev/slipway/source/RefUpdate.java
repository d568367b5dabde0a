package dev.slipway.source;

import dev.slipway.model.Revision;
import dev.slipway.model.UserException;

/**
 * One ref that a push wants to create, move or delete.
 *
 * <p>A revision here is what the ref points at: for an annotated tag the tag object, not yet its commit.
 */
public sealed interface RefUpdate {

    Ref ref();

    /**
     * Reads a line that git gives to a {@code pre-receive} hook: old object, new object and ref, parted by one space.
     *
     * @throws UserException if it is not such a line
     */
    static RefUpdate parse(String line) {
        String[] words = line.split(" ", 3);
        if (words.length != 3 || !words[2].startsWith("refs/")) {
            throw UserException.invalid("git sent a ref update that cannot be read: " + line);
        }
        Ref ref = Ref.of(words[2]);
        if (Revision.isZero(words[0])) {
            return new Created(ref, new Revision(words[1]));
        }
        if (Revision.isZero(words[1])) {
            return new Deleted(ref, new Revision(words[0]));
        }
        return new Moved(ref, new Revision(words[0]), new Revision(words[1]));
    }

    /** A ref that was not there before. */
    record Created(Ref ref, Revision after) implements RefUpdate {}

    /** A ref that gets another revision; a forced push too, whose new revision does not descend from the old. */
    record Moved(Ref ref, Revision before, Revision after) implements RefUpdate {}

    /** A ref that goes away. */
    record Deleted(Ref ref, Revision before) implements RefUpdate {}
}
