package dev.slipway.bench;

import dev.slipway.exec.Command;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests over connections that stay open, as many as are answered: Debian's {@code wrk}, which takes little of the machine itself. */
final class Wrk {

    private static final int CONNECTIONS = 50;
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");

    private Wrk() {}

    static Command command(int port, int seconds) {
        return Command.of(
                "wrk",
                "--threads",
                "1",
                "--connections",
                String.valueOf(CONNECTIONS),
                "--duration",
                seconds + "s",
                "--header",
                "Host: " + Lab.HOST,
                "http://127.0.0.1:" + port + "/");
    }

    /** Requests a second, of what wrk printed; an answer that is an error makes the whole worth nothing. */
    static double rate(String printed) {
        Matcher rate = RATE.matcher(printed);
        if (!rate.find() || printed.contains("Non-2xx") || printed.contains("Socket errors")) {
            throw new IllegalStateException("not all requests were answered:\n" + printed);
        }
        return Double.parseDouble(rate.group(1));
    }
}
