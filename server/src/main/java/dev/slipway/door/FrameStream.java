package dev.slipway.door;

import java.io.OutputStream;

/** One of a command's output streams; what is written leaves at once. */
final class FrameStream extends OutputStream {

    private final Outbox outbox;
    private final byte type;

    FrameStream(Outbox outbox, byte type) {
        this.outbox = outbox;
        this.type = type;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        for (int sent = 0; sent < length; sent += Frame.MOST_BYTES) {
            outbox.put(Frame.encode(type, from, offset + sent, Math.min(Frame.MOST_BYTES, length - sent)));
        }
    }
}
