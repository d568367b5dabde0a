package dev.slipway.sigil.syntax;

/** A template that does not parse; the message is Go's, without the {@code template: NAME:LINE: } in front. */
public final class SyntaxError extends RuntimeException {
    private final int line;

    SyntaxError(int line, String message) {
        super(message, null, false, false);
        this.line = line;
    }

    /** Go's line, from 1. */
    public int line() {
        return line;
    }
}
