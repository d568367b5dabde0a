package dev.slipway.proxy.nginx.syntax;

/** Text that nginx could not read either; its message is in nginx's words, without file and line. */
public final class SyntaxFailure extends Exception {

    private final int line;

    SyntaxFailure(String message, int line) {
        super(message);
        this.line = line;
    }

    /** The line of the text, counted from 1. */
    public int line() {
        return line;
    }
}
