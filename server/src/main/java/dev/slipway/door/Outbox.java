package dev.slipway.door;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The frames on their way to a client, written by a thread of their own: a thread that is interrupted in the middle of writing
 * to a channel closes it, and commands are interrupted while they have more to say.
 */
final class Outbox {

    private static final int MOST = 256 * 1024;

    private final OutputStream to;
    private final Runnable onGone;
    private final Queue<byte[]> frames = new ArrayDeque<>();
    private int held;
    private boolean ended;

    /** @param onGone run when the client turns out to be gone */
    Outbox(OutputStream to, Runnable onGone) {
        this.to = to;
        this.onGone = onGone;
    }

    /** Takes a frame, waiting for room; an interrupted command does not wait, and its frame is dropped. */
    synchronized void put(byte[] frame) {
        try {
            while (held + frame.length > MOST && !ended) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        add(frame);
    }

    /** Takes the last frame, for which there is always room. */
    synchronized void last(byte[] frame) {
        add(frame);
        ended = true;
    }

    private void add(byte[] frame) {
        if (!ended) {
            frames.add(frame);
            held += frame.length;
            notifyAll();
        }
    }

    /** Drops what is left and takes nothing more. */
    synchronized void abandon() {
        ended = true;
        frames.clear();
        notifyAll();
    }

    /** Writes frames until the last. */
    void run() {
        try {
            for (byte[] frame = next(); frame.length > 0; frame = next()) {
                to.write(frame);
            }
        } catch (IOException | InterruptedException e) {
            abandon();
            onGone.run();
        }
    }

    /** The next frame; an empty one at the end. */
    private synchronized byte[] next() throws InterruptedException {
        while (frames.isEmpty() && !ended) {
            wait();
        }
        byte[] frame = frames.poll();
        if (frame == null) {
            return new byte[0];
        }
        held -= frame.length;
        notifyAll();
        return frame;
    }
}
