package dev.slipway.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What {@code /proc} tells of a process: enough to know it again, for a pid alone is given to others in time. */
public final class ProcessStat {

    private ProcessStat() {}

    /** When the process started, in clock ticks since the machine's start (proc(5), field 22 of stat); empty if it is gone. */
    public static OptionalLong startTicks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The name, in parentheses, may hold spaces and parentheses: count from behind it.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean ended = fields[0].equals("Z") || fields[0].equals("X");
            return ended ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[19]));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        } catch (IOException e) {
            // The kernel answers ESRCH where the process ended between the opening and the reading.
            return OptionalLong.empty();
        }
    }

    /** Names this run of the machine: pids and ticks of another run mean nothing. */
    public static String boot() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the process that was started then still runs. */
    public static boolean runs(long pid, long startTicks) {
        OptionalLong ticks = startTicks(pid);
        return ticks.isPresent() && ticks.getAsLong() == startTicks;
    }

    /** SIGTERM, or SIGKILL; nothing happens if the process is gone or its pid has become another's. */
    public static void signal(long pid, long startTicks, boolean kill) {
        if (runs(pid, startTicks)) {
            ProcessHandle.of(pid).ifPresent(process -> {
                if (kill) {
                    process.destroyForcibly();
                } else {
                    process.destroy();
                }
            });
        }
    }
}
