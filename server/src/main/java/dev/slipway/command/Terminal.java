package dev.slipway.command;

import dev.slipway.exec.Screen;

/**
 * The terminal that a caller sits at. Its window may change while a command runs.
 */
public final class Terminal implements Screen {

    /** How large a window is, in characters. */
    public record Size(int columns, int rows) {}

    private final String type;
    private Size size;
    private Runnable resized = () -> {};
    private boolean raw;

    /** @param type what {@code $TERM} says, {@code xterm-256color} for instance */
    public Terminal(String type, Size size) {
        this.type = type;
        this.size = size;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public int columns() {
        return size().columns();
    }

    @Override
    public int rows() {
        return size().rows();
    }

    public synchronized Size size() {
        return size;
    }

    /**
     * Has the door pass bytes through as they are from now on, because a terminal inside a sandbox does what the door did until now:
     * echo, line ends, ^C.
     */
    public synchronized void passThrough() {
        raw = true;
    }

    /** Whether bytes are passed through as they are. */
    public synchronized boolean isPassedThrough() {
        return raw;
    }

    /** Called by the door when the window has changed. */
    public void resize(Size changed) {
        Runnable listener;
        synchronized (this) {
            size = changed;
            listener = resized;
        }
        listener.run();
    }

    @Override
    public synchronized void onResize(Runnable listener) {
        resized = listener;
    }
}
