package dev.slipway.deploy.appjson;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a process has to show at its start before it may serve: the {@code startup} healthchecks of app.json, in Dokku's terms.
 *
 * @param attempts how often it may fail
 * @param timeout how long one attempt may take
 * @param pause between two attempts at most; ours are shorter while the process starts
 * @param delay before the first attempt
 */
public record Healthcheck(String name, Probe probe, int attempts, Duration timeout, Duration pause, Duration delay) {

    /** What is looked at. */
    public sealed interface Probe {

        /** The process accepts connections on a port, from outside its sandbox. */
        record Listening(int port) implements Probe {}

        /** The process has been up for so long. */
        record Uptime(Duration uptime) implements Probe {}

        /** A GET of the path is answered with 2xx or 3xx, and the answer contains the content, which may be empty. */
        record Path(int port, String path, String content) implements Probe {}

        /**
         * A WebSocket handshake (RFC 6455) at the path succeeds.
         *
         * @param echo a text that is sent and must come back as it is
         */
        record WebSocket(int port, String path, Optional<String> echo) implements Probe {}

        /** A program that is run inside the process's sandbox, without a shell, exits with 0. */
        record Program(List<String> argv) implements Probe {}
    }

    /** What a process that is routed to has to show when app.json says nothing. */
    public static Healthcheck listening(int port) {
        return new Healthcheck(
                "port listening check",
                new Probe.Listening(port),
                3,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ZERO);
    }

    /**
     * What a process that is not routed to has to show when app.json says nothing: two seconds without an exit. Dokku waits for ten; a
     * program that cannot start says so in the first.
     */
    public static Healthcheck uptime() {
        return new Healthcheck(
                "default",
                new Probe.Uptime(Duration.ofSeconds(2)),
                1,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ZERO);
    }

    /** Whether it can only succeed once the process accepts connections on a port. */
    public boolean provesListening(int port) {
        return switch (probe) {
            case Probe.Listening listening -> listening.port() == port;
            case Probe.Path path -> path.port() == port;
            case Probe.WebSocket socket -> socket.port() == port;
            case Probe.Uptime _, Probe.Program _ -> false;
        };
    }

    /** How long all of it may take at most. */
    public Duration bound() {
        return timeout.plus(pause).multipliedBy(attempts);
    }
}
