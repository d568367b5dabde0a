package dev.slipway.exec;

/** The window of a terminal at the caller's end: how large it is, and that it changes. */
public interface Screen {

    /** What {@code $TERM} is to be, {@code xterm-256color} for instance. */
    String type();

    int columns();

    int rows();

    /** Has something run after each change of the size; one listener, the last. */
    void onResize(Runnable listener);
}
