package dev.slipway.deploy;

import dev.slipway.sandbox.PrivateFiles;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a build prints, kept in a file as it is printed, and read by whoever wants to watch. The file is not written through a channel: those
 * close when the build's thread is interrupted, and that a build was canceled is to be in it.
 */
final class Transcript extends OutputStream {

    /** What is printed beyond that is lost: nobody reads it, and disks are finite. */
    private static final long MOST = 16L * 1024 * 1024;

    private static final byte[] TOO_LONG =
            "\n !     What follows is not kept: it is too long\n".getBytes(StandardCharsets.UTF_8);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Path file;
    private final FileOutputStream out;
    private long length;
    private boolean full;
    private boolean ended;

    private Transcript(Path file, FileOutputStream out) {
        this.file = file;
        this.out = out;
    }

    /** @param file must not be there yet */
    static Transcript begin(Path file) {
        try {
            PrivateFiles.create(file);
            return new Transcript(file, new FileOutputStream(file.toFile(), true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        lock.lock();
        try {
            if (ended || full) {
                return;
            }
            full = length + count > MOST;
            int kept = full ? TOO_LONG.length : count;
            out.write(full ? TOO_LONG : bytes, full ? 0 : offset, kept);
            length += kept;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            ended = true;
            grown.signalAll();
            out.close();
        } finally {
            lock.unlock();
        }
    }

    /** Copies all of it, and goes on until the build has ended. */
    void follow(OutputStream to) {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            boolean more = true;
            while (more) {
                more = await(in.getChannel().position());
                pass(in, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("nobody reads any more");
        }
    }

    /** Waits until the file is longer than that; says whether there may be more to come after it. */
    private boolean await(long read) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!ended && length <= read) {
                grown.await();
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    /** @throws CancellationException if the reader is gone */
    static void pass(InputStream from, OutputStream to) throws IOException {
        byte[] bytes = new byte[8192];
        for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
            send(bytes, read, to);
        }
    }

    private static void send(byte[] bytes, int count, OutputStream to) {
        try {
            to.write(bytes, 0, count);
            to.flush();
        } catch (IOException e) {
            CancellationException gone = new CancellationException("nobody reads any more");
            gone.initCause(e);
            throw gone;
        }
    }
}
