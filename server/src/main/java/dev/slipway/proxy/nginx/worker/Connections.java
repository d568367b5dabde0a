package dev.slipway.proxy.nginx.worker;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The TCP sockets of nginx's network namespace by their inodes, as {@code /proc/PID/net/tcp} and {@code tcp6} list them (proc(5)).
 *
 * @param established to the local port of each
 * @param listening to the port of each
 */
record Connections(Map<Long, Integer> established, Map<Long, Integer> listening) {

    /** The kernel's numbers: {@code include/net/tcp_states.h}. */
    private static final int ESTABLISHED = 1;

    private static final int LISTEN = 10;

    static Connections seenBy(ProcFile process) {
        return parse(Stream.of("net/tcp", "net/tcp6")
                .flatMap(table -> process.read(table).lines().skip(1))
                .toList());
    }

    /** Lines such as {@code 0: 0100007F:1388 00000000:0000 0A 0:0 0:0 0 0 0 INODE …}. */
    static Connections parse(List<String> lines) {
        Map<Long, Integer> established = new HashMap<>();
        Map<Long, Integer> listening = new HashMap<>();
        for (String line : lines) {
            String[] fields = line.strip().split("\\s+");
            int state = Integer.parseInt(fields[3], 16);
            int port = Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16);
            if (state == ESTABLISHED) {
                established.put(Long.valueOf(fields[9]), port);
            } else if (state == LISTEN) {
                listening.put(Long.valueOf(fields[9]), port);
            }
        }
        return new Connections(established, listening);
    }

    /** The ports that the owner of these sockets listens on. */
    Set<Integer> ports(Collection<Long> sockets) {
        return sockets.stream()
                .filter(listening::containsKey)
                .map(listening::get)
                .collect(Collectors.toSet());
    }

    /** How many of these sockets are connections, by whether they came in on one of the ports. */
    Map<Boolean, Integer> count(Collection<Long> sockets, Set<Integer> ports) {
        return sockets.stream()
                .filter(established::containsKey)
                .collect(Collectors.partitioningBy(
                        socket -> ports.contains(established.get(socket)), Collectors.summingInt(socket -> 1)));
    }
}
