package dev.slipway.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The resolver configuration that sandboxes get. A name server on the host's loopback is out of their reach: where there is
 * nothing else, which is how systemd-resolved sets a host up, its list of real servers is taken.
 */
record NameServers(String resolvConf) {

    private static final Path USUAL = Path.of("/etc/resolv.conf");
    private static final Path BEHIND_RESOLVED = Path.of("/run/systemd/resolve/resolv.conf");

    static NameServers scan() {
        NameServers usual = new NameServers(read(USUAL));
        NameServers behind = new NameServers(read(BEHIND_RESOLVED));
        return usual.addresses().isEmpty() && !behind.addresses().isEmpty() ? behind : usual;
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The IPv4 addresses that can be reached from a network namespace of its own. */
    List<String> addresses() {
        return resolvConf
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length >= 2 && words[0].equals("nameserver"))
                .map(words -> words[1])
                .filter(address -> address.matches("[0-9.]+") && !address.startsWith("127."))
                .toList();
    }

    /** The configuration without the servers that cannot be reached. */
    String reachable() {
        List<String> addresses = addresses();
        StringBuilder text = new StringBuilder();
        resolvConf
                .lines()
                .filter(line -> !line.strip().startsWith("nameserver"))
                .forEach(line -> text.append(line).append('\n'));
        addresses.forEach(address -> text.append("nameserver ").append(address).append('\n'));
        return text.toString();
    }
}
