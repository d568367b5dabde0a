package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processor time of a group of processes, ended ones included, as the kernel counts it for a control group.
 *
 * @param groups directories of control groups, in {@code cpuacct} of version 1 or in version 2; each counts its descendants too
 */
record CpuMeter(List<Path> groups) {

    private static final Path TOP = Path.of("/sys/fs/cgroup");
    private static final Path ACCOUNTS = TOP.resolve("cpuacct");

    /** The place of a group that counts processor time. */
    static Path group(String name) {
        return (Files.isDirectory(ACCOUNTS) ? ACCOUNTS : TOP).resolve(name);
    }

    /** Seconds, user and system, since the groups were made; 0 for one that is not there. */
    double seconds() {
        return groups.stream().mapToDouble(CpuMeter::seconds).sum();
    }

    private static double seconds(Path group) {
        try {
            if (!Files.isDirectory(group)) {
                return 0;
            }
            Path version1 = group.resolve("cpuacct.usage");
            if (Files.exists(version1)) {
                return Long.parseLong(Files.readString(version1).strip()) / 1e9;
            }
            try (Stream<String> lines = Files.lines(group.resolve("cpu.stat"))) {
                return lines.filter(line -> line.startsWith("usage_usec "))
                                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                                .sum()
                        / 1e6;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seconds that the programs took that this very process started and waited for (proc(5), fields 16 and 17 of stat). */
    static double children() {
        return children("self");
    }

    /** As above, of another process: of an nginx master, what workers took that are gone. */
    static double children(long pid) {
        return children(Long.toString(pid));
    }

    private static double children(String process) {
        String[] fields = stat(process);
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
    }

    /** Seconds that one process took itself (fields 14 and 15). */
    static double process(long pid) {
        String[] fields = stat(Long.toString(pid));
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    /** The fields behind the name, which may hold spaces; the kernel counts in hundredths of a second there. */
    private static String[] stat(String process) {
        try {
            String stat = Files.readString(Path.of("/proc", process, "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
