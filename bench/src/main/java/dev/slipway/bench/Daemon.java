package dev.slipway.bench;

import dev.slipway.exec.Command;
import dev.slipway.exec.Runner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The server, started as its user starts it, in a control group of its own so that what it costs can be counted. */
final class Daemon implements AutoCloseable {

    /** Puts itself where it is told to, and becomes the server. */
    private static final String ENTER = "echo $$ >\"$1\" && shift && exec \"$@\"";

    private final Background process;
    private final double startSeconds;

    private Daemon(Background process, double startSeconds) {
        this.process = process;
        this.startSeconds = startSeconds;
    }

    /**
     * Where a daemon lives.
     *
     * @param group the control group
     */
    record Place(Clients clients, int httpPort, int httpsPort, Path group) {}

    /** Starts it, and returns when it says that it is ready. */
    static Daemon start(Place place) {
        List<String> argv = Stream.concat(
                        Stream.of(
                                "bash",
                                "-c",
                                ENTER,
                                "enter",
                                place.group().resolve("cgroup.procs").toString()),
                        Stream.of(
                                server(place.clients()),
                                "server",
                                "--data",
                                place.clients().data().toString(),
                                "--ssh-port",
                                String.valueOf(place.clients().sshPort()),
                                "--http-port",
                                String.valueOf(place.httpPort()),
                                "--https-port",
                                String.valueOf(place.httpsPort()),
                                "--bind-address",
                                "127.0.0.1",
                                "--domain",
                                Lab.DOMAIN))
                .toList();
        long begin = System.nanoTime();
        Background process = Background.start(argv, Map.of("JAVA_HOME", System.getProperty("java.home")));
        try {
            process.await("ready");
        } catch (IllegalStateException e) {
            process.close();
            throw e;
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        process.discard();
        return new Daemon(process, seconds);
    }

    private static String server(Clients clients) {
        return clients.root().resolve("bin/slipway").toString();
    }

    /** Ends everything that a daemon of this place ever started. */
    static void stopAll(Runner runner, Clients clients) {
        runner.out(Command.of(
                        server(clients),
                        "server",
                        "--stop-all",
                        "--data",
                        clients.data().toString())
                .environment("JAVA_HOME", System.getProperty("java.home"))
                .within(Duration.ofMinutes(2)));
    }

    long pid() {
        return process.pid();
    }

    /** From the start of the launcher to the line that says ready. */
    double startSeconds() {
        return startSeconds;
    }

    /** What is in memory of it now, in mebibytes ({@code VmRSS}). */
    double residentMebibytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .sum()
                    / 1024.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
