package dev.slipway.command;

import dev.slipway.console.Console;
import dev.slipway.exec.Runner;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last step before a door: whatever a command throws becomes text for its caller and an exit code. */
public final class Edge {

    /** What a shell gives a program that ^C ended. */
    public static final int INTERRUPTED = 130;

    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

    private Edge() {}

    /**
     * Runs a command. An error meant for people is shown; after an interrupt nothing is, because nobody is there to read it or they
     * asked for it; anything else is a bug, logged whole under a reference, and the caller is shown the reference.
     */
    public static int run(Runner.Streams streams, IntSupplier command) {
        try {
            return command.getAsInt();
        } catch (UserException e) {
            return say(streams, e.text(), e.exitCode());
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                LOG.debug("a command was interrupted", e);
                return INTERRUPTED;
            }
            String reference = UUID.randomUUID().toString().substring(0, 8);
            LOG.error("a command failed unexpectedly, reference {}", reference, e);
            return say(
                    streams,
                    "Something went wrong inside Slipway. Its log tells more under the reference " + reference,
                    1);
        } finally {
            flush(streams);
        }
    }

    private static int say(Runner.Streams streams, String message, int exitCode) {
        try {
            new Console(streams.out(), streams.err()).warn(message);
        } catch (UncheckedIOException e) {
            LOG.debug("nobody is there to read: {}", message, e);
        }
        return exitCode;
    }

    private static void flush(Runner.Streams streams) {
        try {
            streams.out().flush();
            streams.err().flush();
        } catch (IOException e) {
            LOG.debug("the caller is gone", e);
        }
    }
}
