package dev.slipway.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs programs on this machine. */
public final class SystemRunner implements Runner {

    /** More output than this from a program that is not streamed means something is wrong with it. */
    private static final int MOST_OUTPUT = 64 * 1024 * 1024;

    /** How long the pipes may stay open once the program has ended. */
    static final Duration LAST_WORDS = Duration.ofSeconds(10);

    @Override
    public Result run(Command command) {
        BoundedOutput out = new BoundedOutput();
        BoundedOutput err = new BoundedOutput();
        InputStream in = new java.io.ByteArrayInputStream(command.input().getBytes(StandardCharsets.UTF_8));
        int exitCode = stream(command, new Streams(in, out, err));
        return new Result(exitCode, out.text(), err.text());
    }

    @Override
    public int stream(Command command, Streams streams) {
        Process process = start(command);
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>(null);
        Thread feeding = pump(command, () -> feed(process, streams.in()));
        List<Thread> draining = List.of(
                pump(command, () -> drain(process.getInputStream(), streams.out(), failure)),
                pump(command, () -> drain(process.getErrorStream(), streams.err(), failure)));
        try {
            if (!process.waitFor(command.limit().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProgramFailure(command.program() + " took longer than "
                        + command.limit().toSeconds() + " s and was stopped");
            }
            for (Thread drain : draining) {
                if (!drain.join(LAST_WORDS)) {
                    throw new ProgramFailure(command.program() + " ended but left a child that holds its output open");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProgramFailure(command.program() + " was interrupted", e);
        } finally {
            feeding.interrupt();
            stopTree(process);
        }
        IOException failed = failure.get();
        if (failed != null) {
            throw new ProgramFailure(
                    "the output of " + command.program() + " could not be passed on: " + failed, failed);
        }
        return process.exitValue();
    }

    @Override
    public int attach(Command command, Attachment caller) {
        return new AttachedProgram(command, caller.streams()).run(caller.screen());
    }

    /**
     * A platform thread: reading a pipe blocks in the kernel, where a virtual thread holds its carrier, and there are only as many
     * carriers as processors. A few quiet programs would stop every virtual thread of the server.
     */
    static Thread pump(Command command, Runnable work) {
        return Thread.ofPlatform().daemon().name(command.program() + " pipe").start(work);
    }

    static Process start(Command command) {
        ProcessBuilder builder = new ProcessBuilder(command.argv());
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        builder.directory(command.directory().orElse(java.nio.file.Path.of("/")).toFile());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ProgramFailure(command.program() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Passes input on until it ends or the program wants no more of it; the program's end closes the pipe. */
    static void feed(Process process, InputStream from) {
        try (OutputStream to = process.getOutputStream()) {
            byte[] buffer = new byte[32 * 1024];
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                to.flush();
            }
        } catch (IOException e) {
            // The program closed its standard input, or its caller went away: its exit code tells what became of it.
            return;
        }
    }

    static void drain(InputStream from, OutputStream to, AtomicReference<@Nullable IOException> failure) {
        byte[] buffer = new byte[32 * 1024];
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                if (failure.get() == null) {
                    pass(buffer, n, to, failure);
                }
            }
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** A reader that went away must not stop the draining: a full pipe would stop the program. */
    static void pass(byte[] buffer, int length, OutputStream to, AtomicReference<@Nullable IOException> failure) {
        try {
            to.write(buffer, 0, length);
            to.flush();
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        }
    }

    static void stopTree(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static final class BoundedOutput extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] from, int offset, int length) throws IOException {
            if (bytes.size() + length > MOST_OUTPUT) {
                throw new IOException("more than " + MOST_OUTPUT + " bytes");
            }
            bytes.write(from, offset, length);
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
