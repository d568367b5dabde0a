package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What /proc tells of processes (proc(5)). */
final class Processes {

    private Processes() {}

    /** The children of a process's first thread: of an nginx master, its workers. */
    static List<Long> children(long pid) {
        Path children = Path.of("/proc", String.valueOf(pid), "task", String.valueOf(pid), "children");
        return numbers(read(children));
    }

    /** An nginx: its master, then its workers. */
    static List<Long> family(long master) {
        return Stream.concat(Stream.of(master), children(master).stream()).toList();
    }

    /** The processes of a control group and of all below it whose command line ends in a word. */
    static List<Long> ending(Path group, String word) {
        try (Stream<Path> files = Files.walk(group)) {
            return files.filter(file -> file.endsWith("cgroup.procs"))
                    .flatMap(file -> numbers(read(file)).stream())
                    .filter(pid -> List.of(words(pid)).getLast().equals(word))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** KiB in memory, pages that processes share divided among them (Pss); the kernel's own buffers for sockets are not in it. */
    static double kibibytes(List<Long> pids) {
        return pids.stream().mapToDouble(Processes::kibibytes).sum();
    }

    private static double kibibytes(long pid) {
        return read(Path.of("/proc", String.valueOf(pid), "smaps_rollup"))
                .lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    /** Those that call themselves so. */
    static List<Long> titled(List<Long> pids, String title) {
        return pids.stream()
                .filter(pid -> String.join(" ", words(pid)).strip().equals(title))
                .toList();
    }

    /** How many sockets a process has open. */
    static int sockets(long pid) {
        int sockets = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "fd"))) {
            for (Path file : files) {
                sockets += Files.readSymbolicLink(file).toString().startsWith("socket:") ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sockets;
    }

    private static String[] words(long pid) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0");
        } catch (NoSuchFileException e) {
            // It ended since it was listed.
            return new String[] {""};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Long> numbers(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .map(Long::parseLong)
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
