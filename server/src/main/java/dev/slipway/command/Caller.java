package dev.slipway.command;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who calls, and through which door.
 *
 * @param name the name of the ssh key, or {@code root} at the local door
 * @param terminal the terminal that the caller sits at, if there is one
 * @param directory the caller's working directory on this machine; none over ssh
 */
public record Caller(String name, Door door, Optional<Terminal> terminal, Optional<Path> directory) {

    /** The ways in. */
    public enum Door {
        /** Over ssh, with a key that an administrator let in. */
        SSH,
        /** Through the unix socket, which only root can open. */
        LOCAL
    }

    /** Somebody at the other end of an ssh connection. */
    public static Caller remote(String name, Optional<Terminal> terminal) {
        return new Caller(name, Door.SSH, terminal, Optional.empty());
    }

    /** Whether this is the machine's administrator, who may do what a key may not: add the first key, for instance. */
    public boolean local() {
        return door == Door.LOCAL;
    }
}
