package dev.slipway.proxy.nginx.worker;

import dev.slipway.exec.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code /proc} says of one process; see proc(5). */
public record ProcFile(long pid) {

    /** Signals are sent at once, or not at all. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** The unit of {@link #startTime}: {@code USER_HZ}, 100 on every architecture that nginx is packaged for. */
    static final long TICKS_PER_SECOND = 100;

    private static final Pattern SOCKET = Pattern.compile("socket:\\[([0-9]+)]");

    private static final Pattern SHARE = Pattern.compile("(?m)^Pss: +([0-9]+) kB$");

    /** The clock of {@link #startTime}. */
    static long now() {
        try {
            String uptime = Files.readString(Path.of("/proc/uptime"));
            return Math.round(Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * TICKS_PER_SECOND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Duration duration(long ticks) {
        return Duration.ofMillis(Math.max(0, ticks) * 1000 / TICKS_PER_SECOND);
    }

    /** What the process calls itself: its arguments, or the title that it set. */
    public String title() {
        return read("cmdline").replace('\0', ' ').strip();
    }

    /** The program that it runs, also if that was replaced on disk since. */
    public String program() {
        try {
            String link = Files.readSymbolicLink(path("exe")).toString();
            return link.endsWith(" (deleted)") ? link.substring(0, link.length() - " (deleted)".length()) : link;
        } catch (IOException e) {
            // It ended in the meantime.
            return "";
        }
    }

    /** Its real user; -1 once it has ended. */
    public int uid() {
        return read("status")
                .lines()
                .filter(line -> line.startsWith("Uid:"))
                .map(line -> Integer.parseInt(line.split("\\s+")[1]))
                .findFirst()
                .orElse(-1);
    }

    /** When it started, in clock ticks since boot; with the pid it names one process for ever. Nothing once it has ended. */
    public Optional<String> startTime() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        boolean alive = fields.length > 19 && !fields[0].equals("Z");
        return alive ? Optional.of(fields[19]) : Optional.empty();
    }

    /** By the machine's clock, to the second; one that has ended started before nothing. */
    public boolean startedBefore(Instant moment) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .filter(moment::isAfter)
                .isPresent();
    }

    /** What sends it a signal; nobody may be there to get it. */
    public Command signal(String name) {
        return Command.of("kill", "-" + name, Long.toString(pid)).within(LIMIT);
    }

    public static Stream<ProcFile> children(long parent) {
        return ProcessHandle.of(parent).stream()
                .flatMap(ProcessHandle::children)
                .map(child -> new ProcFile(child.pid()));
    }

    /** All processes whose real user this is. */
    public static Stream<ProcFile> ofUser(int uid) {
        return ProcessHandle.allProcesses()
                .map(process -> new ProcFile(process.pid()))
                .filter(process -> process.uid() == uid);
    }

    /** Whether it is that process, or one that it started and that has not lost it. */
    public boolean isOrComesFrom(ProcFile other) {
        return equals(other)
                || ProcessHandle.of(pid)
                        .flatMap(ProcessHandle::parent)
                        .filter(parent -> parent.pid() == other.pid)
                        .isPresent();
    }

    /** Whether it has that file open. */
    public boolean holds(Path file) {
        return open().contains(file.toString());
    }

    /** The inodes of its open sockets; none once it has ended. */
    Set<Long> sockets() {
        return open().stream()
                .map(SOCKET::matcher)
                .filter(Matcher::matches)
                .map(socket -> Long.valueOf(socket.group(1)))
                .collect(Collectors.toSet());
    }

    /** What its open files are called; none once it has ended. */
    private Set<String> open() {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path("fd"))) {
            files.forEach(file -> names.add(target(file)));
        } catch (IOException e) {
            // It ended in the meantime.
            return Set.of();
        }
        return names;
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            // It was closed in the meantime.
            return "";
        }
    }

    /** Its proportional share of memory (Pss) in bytes; 0 once it has ended. */
    long memory() {
        Matcher share = SHARE.matcher(read("smaps_rollup"));
        return share.find() ? Long.parseLong(share.group(1)) * 1024 : 0;
    }

    /** One of its files; empty once it has ended. */
    String read(String file) {
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
