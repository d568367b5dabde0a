package dev.slipway.exec;

import java.io.InputStream;
import java.io.OutputStream;

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

    /** Where a streamed program reads from and writes to; none of them is closed by the runner. */
    record Streams(InputStream in, OutputStream out, OutputStream err) {}
}
