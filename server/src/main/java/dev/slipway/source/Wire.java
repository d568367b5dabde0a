package dev.slipway.source;

import dev.slipway.exec.Runner;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The other end of a git conversation.
 *
 * @param protocol what the client sent as {@code GIT_PROTOCOL}, {@code version=2} for instance
 */
public record Wire(Runner.Streams streams, Optional<String> protocol) {

    private static final Pattern PROTOCOL = Pattern.compile("version=[0-9]");

    /** A protocol that git would not know is left out: it is an offer, not a demand. */
    public Wire {
        protocol = protocol.filter(offer -> PROTOCOL.matcher(offer).matches());
    }
}
