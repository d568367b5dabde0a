package dev.slipway.command;

import dev.slipway.console.Console;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of an exception that is not meant for people: the log has all of it, the user a reference to find it by. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    /** The exit code of a command whose caller interrupted it (128 + SIGINT). */
    static final int INTERRUPTED = 130;

    private Failures() {}

    /** @return the exit code */
    static int bug(RuntimeException bug, String command, Console console) {
        if (Thread.currentThread().isInterrupted()) {
            return INTERRUPTED;
        }
        String reference = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("reference {}: {} failed", reference, command, bug);
        console.warn("Slipway itself failed at this; its log tells more under the reference " + reference);
        return 1;
    }
}
