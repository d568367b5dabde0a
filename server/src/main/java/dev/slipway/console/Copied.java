package dev.slipway.console;

import java.io.IOException;
import java.io.OutputStream;

/** A stream that is written to a copy too; when its own reader is gone, the copy alone goes on. */
final class Copied extends OutputStream {

    private final OutputStream own;
    private final OutputStream copy;
    private boolean deserted;

    Copied(OutputStream own, OutputStream copy) {
        this.own = own;
        this.copy = copy;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        copy.write(bytes, offset, length);
        toOwn(() -> own.write(bytes, offset, length));
    }

    @Override
    public synchronized void flush() throws IOException {
        copy.flush();
        toOwn(own::flush);
    }

    private void toOwn(Writing writing) {
        if (deserted) {
            return;
        }
        try {
            writing.run();
        } catch (IOException e) {
            deserted = true;
        }
    }

    @FunctionalInterface
    private interface Writing {

        void run() throws IOException;
    }
}
