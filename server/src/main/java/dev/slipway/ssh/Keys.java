package dev.slipway.ssh;

import java.util.Optional;

/** The keys that are let in. */
public interface Keys {

    /**
     * The name under which a key was added; empty for one that was not.
     *
     * @param fingerprint as {@link dev.slipway.model.AuthorizedKey#fingerprint()} gives it
     */
    Optional<String> nameOf(String fingerprint);
}
