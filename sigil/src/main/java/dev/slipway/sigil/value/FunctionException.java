package dev.slipway.sigil.value;

/** A function that cannot do what it was asked; the message is what Go shows after {@code error calling NAME: }. */
public final class FunctionException extends RuntimeException {
    public FunctionException(String message) {
        super(message, null, false, false);
    }
}
