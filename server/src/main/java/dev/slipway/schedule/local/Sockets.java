package dev.slipway.schedule.local;

import dev.slipway.schedule.Scheduler.Listening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The TCP sockets in a process's own network namespace, as {@code /proc/PID/net/tcp} and {@code tcp6} list them (proc(5)). */
record Sockets(List<Socket> sockets) {

    /** One socket; the kernel's numbers for its state are those of {@code include/net/tcp_states.h}. */
    record Socket(Listening local, String remote, int state) {

        static final int ESTABLISHED = 1;
        static final int LISTEN = 10;

        boolean fromItself() {
            return remote.startsWith("127.") || remote.equals("::1");
        }
    }

    static Sockets of(long pid) {
        List<Socket> sockets = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            lines(Path.of("/proc", Long.toString(pid), "net", table)).stream()
                    .skip(1)
                    .map(Sockets::parse)
                    .forEach(sockets::add);
        }
        return new Sockets(sockets);
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            if (Files.exists(table)) {
                throw new UncheckedIOException("the sockets in " + table + " cannot be counted", e);
            }
            // The process is gone, and its namespace with it: it has no sockets.
            return List.of();
        }
    }

    /** {@code 0: 0100007F:1388 00000000:0000 0A …}: number, local, remote, state. */
    static Socket parse(String line) {
        String[] fields = line.strip().split("\\s+");
        int colon = fields[1].indexOf(':');
        Listening local = new Listening(
                address(fields[1].substring(0, colon)), Integer.parseInt(fields[1].substring(colon + 1), 16));
        String remote = address(fields[2].substring(0, fields[2].indexOf(':')));
        return new Socket(local, remote, Integer.parseInt(fields[3], 16));
    }

    /** The kernel prints an address as 32-bit words in the machine's order; all machines that we run on are little-endian. */
    private static String address(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int word = 0; word < bytes.length; word += 4) {
            swap(bytes, word, word + 3);
            swap(bytes, word + 1, word + 2);
        }
        if (bytes.length == 4) {
            return dotted(bytes, 0);
        }
        return isMapped(bytes) ? dotted(bytes, 12) : colons(bytes);
    }

    private static void swap(byte[] bytes, int i, int j) {
        byte held = bytes[i];
        bytes[i] = bytes[j];
        bytes[j] = held;
    }

    private static boolean isMapped(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).startsWith("00000000000000000000ffff");
    }

    private static String dotted(byte[] bytes, int from) {
        return (bytes[from] & 255) + "." + (bytes[from + 1] & 255) + "." + (bytes[from + 2] & 255) + "."
                + (bytes[from + 3] & 255);
    }

    private static String colons(byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes);
        if (hex.matches("0{31}[01]")) {
            return hex.endsWith("1") ? "::1" : "::";
        }
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < hex.length(); i += 4) {
            groups.add(Integer.toHexString(Integer.parseInt(hex.substring(i, i + 4), 16)));
        }
        return String.join(":", groups);
    }

    List<Listening> listening() {
        return sockets.stream()
                .filter(socket -> socket.state() == Socket.LISTEN)
                .map(Socket::local)
                .distinct()
                .toList();
    }

    /** How many connections from outside are open to each port that is listened on; what the process opened is not among them. */
    Map<Integer, Integer> connections() {
        Set<Integer> ports = listening().stream().map(Listening::port).collect(Collectors.toSet());
        Map<Integer, Integer> counts = new TreeMap<>();
        for (Socket socket : sockets) {
            int port = socket.local().port();
            if (socket.state() == Socket.ESTABLISHED && ports.contains(port) && !socket.fromItself()) {
                counts.merge(port, 1, Integer::sum);
            }
        }
        return counts;
    }
}
