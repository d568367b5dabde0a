package dev.slipway.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;

/**
 * A command's standard input, which a door fills from another thread. Reading waits until something is there, and can be
 * interrupted.
 */
public final class Inlet extends InputStream {

    /** What waits here for a command that does not read. */
    private static final int MOST = 256 * 1024;

    private final Runnable wanted;
    private final Queue<byte[]> chunks = new ArrayDeque<>();
    private int held;
    private int at;
    private boolean ended;

    /** @param wanted run by a reader that finds nothing, before it waits */
    public Inlet(Runnable wanted) {
        this.wanted = wanted;
    }

    /** Adds bytes; false, and nothing added, where too much waits already. */
    public synchronized boolean offer(byte[] bytes) {
        if (held + bytes.length > MOST) {
            return false;
        }
        if (bytes.length > 0) {
            chunks.add(bytes.clone());
            held += bytes.length;
            notifyAll();
        }
        return true;
    }

    /** Adds bytes, waiting for room; gives up once the input has been ended. */
    public synchronized void put(byte[] bytes) throws InterruptedException {
        while (!ended && !offer(bytes)) {
            wait();
        }
    }

    /** Tells the reader that nothing more will come. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (available() == 0 && !hasEnded()) {
            wanted.run();
        }
        return take(into, offset, length);
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    private synchronized int take(byte[] into, int offset, int length) throws IOException {
        try {
            while (chunks.isEmpty() && !ended) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting for input");
            interrupted.initCause(e);
            throw interrupted;
        }
        byte[] first = chunks.peek();
        if (first == null) {
            return -1;
        }
        int taken = Math.min(length, first.length - at);
        System.arraycopy(first, at, into, offset, taken);
        at += taken;
        held -= taken;
        if (at == first.length) {
            chunks.remove();
            at = 0;
        }
        notifyAll();
        return taken;
    }

    @Override
    public synchronized int available() {
        return held;
    }
}
