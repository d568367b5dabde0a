package dev.slipway.proxy.nginx.site;

/** A template that cannot be rendered, or whose text nginx could not read; its message is without file and line. */
public final class Unreadable extends Exception {

    private final int line;

    Unreadable(int line, String message, Throwable cause) {
        super(message, cause);
        this.line = line;
    }

    /** The line of the template, counted from 1. */
    public int line() {
        return line;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
