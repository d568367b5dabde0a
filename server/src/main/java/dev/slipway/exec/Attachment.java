package dev.slipway.exec;

import java.util.Optional;

/**
 * The caller's end of a program that is attached to them: streams, and the terminal that they sit at.
 *
 * @param screen what the program gets a terminal of its own for; without it, the streams are pipes
 */
public record Attachment(Runner.Streams streams, Optional<Screen> screen) {

    /** Streams alone. */
    public static Attachment of(Runner.Streams streams) {
        return new Attachment(streams, Optional.empty());
    }
}
