package dev.slipway.source;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the objects of a push are while it is being judged: beside the repository, which a refused push leaves untouched.
 *
 * @param objects git's directory of incoming objects; absent once the push is taken, or when there was none
 * @see <a href="https://git-scm.com/docs/git-receive-pack#_quarantine_environment">git's quarantine environment</a>
 */
public record Quarantine(Optional<Path> objects) {

    /** The repository alone. */
    public static final Quarantine NONE = new Quarantine(Optional.empty());
}
