package dev.slipway.sigil.eval;

import org.jspecify.annotations.Nullable;

/** A template that fails while it runs; the message is Go's, whole. */
public final class ExecutionError extends RuntimeException {
    private final int position;

    ExecutionError(String message, int position, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.position = position;
    }

    /** Byte offset in the template's text. */
    public int position() {
        return position;
    }
}
