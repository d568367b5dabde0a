package dev.slipway.console;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/**
 * A command's output to somebody who may go away. Once they have, they are reported gone, once, and what is written goes nowhere: a
 * command learns of it by being interrupted, and then has things to undo, which a failing write in their middle would not help.
 */
public final class Outlet extends OutputStream {

    private final OutputStream to;
    private final Runnable onGone;
    private volatile boolean gone;

    /** @param onGone run by the first write that fails; it interrupts the command, for instance */
    public Outlet(OutputStream to, Runnable onGone) {
        this.to = to;
        this.onGone = onGone;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        attempt(() -> to.write(from, offset, length));
    }

    @Override
    public void flush() {
        attempt(to::flush);
    }

    private interface Attempt {
        void make() throws IOException;
    }

    private void attempt(Attempt attempt) {
        if (gone) {
            return;
        }
        try {
            attempt.make();
        } catch (InterruptedIOException e) {
            // The command was cancelled while its reader was slow: these bytes are lost, the interrupt is not.
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            gone = true;
            onGone.run();
        }
    }
}
