package dev.slipway.example;

import java.time.Duration;
import java.util.List;

/** Starts the process that the command line names, and ends it on SIGTERM. */
final class Main {
    /** Platforms follow SIGTERM with SIGKILL, most of them after 10 s; this ends well before it. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private Main() {}

    public static void main(String... arguments) {
        try {
            Server server = new Server(Role.of(List.of(arguments)), Port.of(System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server), "end"));
            System.out.println("listening on :" + server.port());
        } catch (Refusal e) {
            System.err.println("websocket-example: " + e.getMessage());
            System.exit(1);
        }
    }

    /** Halts with 0, for a JVM that SIGTERM ends would report 143: an error, to most who watch processes. */
    private static void end(Server server) {
        try {
            server.stop(GRACE);
        } catch (InterruptedException e) {
            System.err.println("websocket-example: interrupted while its connections were closing");
        }
        Runtime.getRuntime().halt(0);
    }
}
