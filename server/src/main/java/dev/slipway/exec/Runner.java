package dev.slipway.exec;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** Runs outside programs. The one real implementation is {@link SystemRunner}; tests script their own. */
public interface Runner {

    /**
     * Runs a program to its end.
     *
     * @throws ProgramFailure if it cannot be started, exceeds its time limit or prints without bound
     */
    Result run(Command command);

    /** Runs a program that must succeed, and gives what it printed. */
    default String out(Command command) {
        Result result = run(command);
        if (!result.ok()) {
            throw new ProgramFailure(
                    command.program() + " exited with " + result.exitCode() + ": " + result.complaint());
        }
        return result.out();
    }

    /**
     * Runs a program whose streams are connected to the given ones while it runs, and gives its exit code.
     *
     * <p>If the calling thread is interrupted, the program's whole process tree is stopped.
     */
    int stream(Command command, Streams streams);

    /**
     * Runs a program that is attached to a caller: with their streams, or on a terminal of its own that theirs is connected to. Children
     * that it leaves behind are not waited for.
     *
     * <p>If the calling thread is interrupted, or the limit is over, the program is told to end (SIGTERM, on a terminal SIGHUP) and killed
     * after {@link #GRACE}; the exit code is given all the same, and the thread stays interrupted.
     *
     * @throws ProgramFailure if it cannot be started
     */
    default int attach(Command command, Attachment caller) {
        if (caller.screen().isPresent()) {
            throw new ProgramFailure("there are no terminals here");
        }
        return stream(command, caller.streams());
    }

    /** What an attached program gets to end by itself. */
    Duration GRACE = Duration.ofSeconds(10);

    /** Where a streamed program reads from and writes to; none of them is closed by the runner. */
    record Streams(InputStream in, OutputStream out, OutputStream err) {}
}
