package dev.slipway.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The host's IPv4 routes, as {@code /proc/net/route} lists them: numbers in hexadecimal, bytes in the machine's order. */
final class Routes {

    private static final Path TABLE = Path.of("/proc/net/route");

    private final List<String[]> rows;

    Routes(List<String> lines) {
        this.rows =
                lines.stream().skip(1).map(line -> line.strip().split("\\s+")).toList();
    }

    static Routes read() {
        try {
            return new Routes(Files.readAllLines(TABLE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is routed somewhere, the default route apart. */
    List<Subnet> destinations() {
        return rows.stream()
                .filter(row -> !isDefault(row))
                .map(row -> new Subnet(number(row[1]), Integer.bitCount(number(row[7]))))
                .toList();
    }

    /** The device of the default route: the way out to the world. */
    Optional<String> uplink() {
        return rows.stream().filter(Routes::isDefault).map(row -> row[0]).findFirst();
    }

    private static boolean isDefault(String[] row) {
        return number(row[7]) == 0;
    }

    private static int number(String hex) {
        return Integer.reverseBytes(Integer.parseUnsignedInt(hex, 16));
    }
}
