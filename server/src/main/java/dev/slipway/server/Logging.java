package dev.slipway.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The daemon's log: one line an event on standard error, exceptions in full below it. */
final class Logging {

    /** Held on to: a logger that nobody holds is collected, and its level with it. */
    private static final Logger MINA = Logger.getLogger("org.apache.sshd");

    private Logging() {}

    static void toStandardError() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Handler console = new ConsoleHandler();
        console.setFormatter(new Line());
        root.addHandler(console);
        root.setLevel(Level.INFO);
        // MINA tells of every client that went away as a warning; what matters of them we log ourselves.
        MINA.setLevel(Level.SEVERE);
    }

    private static final class Line extends Formatter {

        @Override
        public String format(LogRecord event) {
            StringWriter text = new StringWriter();
            text.append(Instant.ofEpochMilli(event.getMillis()) + " " + event.getLevel() + " " + formatMessage(event)
                    + "\n");
            if (event.getThrown() != null) {
                event.getThrown().printStackTrace(new PrintWriter(text, true));
            }
            return text.toString();
        }
    }
}
