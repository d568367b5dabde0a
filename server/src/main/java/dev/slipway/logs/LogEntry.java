package dev.slipway.logs;

import dev.slipway.model.ProcessName;
import dev.slipway.sandbox.LogLine;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** One line and the process that printed it. */
public record LogEntry(ProcessName process, LogLine line) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** What the process printed, alone. */
    public String text() {
        return line.text();
    }

    /** The line as Dokku's {@code logs} prints it: {@code 2026-11-22T07:37:13.123456789Z app[web.1]: text}. */
    @Override
    public String toString() {
        return TIME.format(line.time()) + " app[" + process + "]: " + line.text();
    }
}
