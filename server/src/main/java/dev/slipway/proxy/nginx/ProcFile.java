package dev.slipway.proxy.nginx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code /proc} says of one process; see proc(5). */
record ProcFile(long pid) {

    /** What the process calls itself: its arguments, or the title that it set. */
    String title() {
        return read("cmdline").replace('\0', ' ').strip();
    }

    /** The program that it runs, also if that was replaced on disk since. */
    String program() {
        try {
            String link = Files.readSymbolicLink(path("exe")).toString();
            return link.endsWith(" (deleted)") ? link.substring(0, link.length() - " (deleted)".length()) : link;
        } catch (IOException e) {
            // It ended in the meantime.
            return "";
        }
    }

    /** Its real user; -1 once it has ended. */
    int uid() {
        return read("status")
                .lines()
                .filter(line -> line.startsWith("Uid:"))
                .map(line -> Integer.parseInt(line.split("\\s+")[1]))
                .findFirst()
                .orElse(-1);
    }

    /** When it started, in clock ticks since boot; with the pid it names one process for ever. Nothing once it has ended. */
    Optional<String> startTime() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        boolean alive = fields.length > 19 && !fields[0].equals("Z");
        return alive ? Optional.of(fields[19]) : Optional.empty();
    }

    /** By the machine's clock, to the second; one that has ended started before nothing. */
    boolean startedBefore(Instant moment) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .filter(moment::isAfter)
                .isPresent();
    }

    static Stream<ProcFile> children(long parent) {
        return ProcessHandle.of(parent).stream()
                .flatMap(ProcessHandle::children)
                .map(child -> new ProcFile(child.pid()));
    }

    private String read(String file) {
        try {
            return new String(Files.readAllBytes(path(file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // It ended in the meantime.
            return "";
        }
    }

    private Path path(String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }
}
