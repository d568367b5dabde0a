package dev.slipway.sigil.limit;

/** A rendering that asks for more than it may have; the message says of what. */
public final class LimitExceeded extends RuntimeException {
    LimitExceeded(String message) {
        super(message, null, false, false);
    }
}
