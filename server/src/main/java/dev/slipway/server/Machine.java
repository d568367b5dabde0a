package dev.slipway.server;

import dev.slipway.model.Domain;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the daemon has to know of the machine that it runs on. */
final class Machine {

    private static final List<String> PROGRAMS = List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin");

    private Machine() {}

    /** @throws UserException if the program is not installed */
    static Path program(String name) {
        return PROGRAMS.stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> UserException.failed(name + " is not installed: run bin/setup"));
    }

    static boolean hasIpv6() {
        Path addresses = Path.of("/proc/net/if_inet6");
        try {
            return Files.exists(addresses) && !Files.readString(addresses).isBlank();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hard limit of open files of one process (getrlimit(2), RLIMIT_NOFILE). */
    static int openFiles() {
        try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
            String hard = limits.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split(" {2,}")[2])
                    .findFirst()
                    .orElse("1024");
            return hard.equals("unlimited") ? 1_048_576 : (int) Math.min(Long.parseLong(hard), 1_048_576);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The machine's own full name, below which apps get theirs; localhost where it has none. */
    static Domain domain() {
        try {
            String name = InetAddress.getLocalHost().getCanonicalHostName();
            boolean full = name.contains(".") && !name.matches("[0-9.]+") && !name.contains(":");
            return new Domain(full ? name : "localhost");
        } catch (UnknownHostException e) {
            return new Domain("localhost");
        }
    }
}
