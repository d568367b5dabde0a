package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Says what the figures were taken on. */
final class Machine {

    private Machine() {}

    static String describe() {
        return "%s, %d cores, %.0f GiB; Linux %s; Java %s; load %s when it began"
                .formatted(
                        after("/proc/cpuinfo", "model name"),
                        Runtime.getRuntime().availableProcessors(),
                        Long.parseLong(after("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "")) / 1024.0 / 1024,
                        System.getProperty("os.version"),
                        System.getProperty("java.version"),
                        read("/proc/loadavg").replaceAll("^(\\S+ \\S+) .*", "$1"));
    }

    private static String after(String file, String key) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
