package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Very many apps on the server, none with a process: what a change of one of them costs its user from end to end. */
final class Vhosts {

    static final int APPS = 1_000;

    private static final String NAME = "vhost-%04d";

    /** So many at once: those that wait for nginx to take a site become one change of it. */
    private static final int CLIENTS = 32;

    private static final int RUNS = 7;

    private final Lab lab;

    Vhosts(Lab lab) {
        this.lab = lab;
    }

    /**
     * What was measured.
     *
     * @param few seconds of {@code domains:add} by {@code bin/dokku} with the lab's own apps alone, until it returned
     * @param many as above with a thousand more
     * @param startSeconds of the daemon over them, until it said that it was ready
     */
    record Cost(Spread few, Spread many, double startSeconds, double daemonMebibytes) {}

    Cost measure() {
        Spread few = change(Lab.SECOND_APP, "few");
        create(lab, NAME, APPS);
        double start = lab.restart().startSeconds();
        Spread many = change(NAME.formatted(APPS / 2), "many");
        return new Cost(few, many, start, lab.daemon().residentMebibytes());
    }

    private Spread change(String app, String word) {
        List<Double> wall = new ArrayList<>();
        for (int run = 0; run <= RUNS; run++) {
            String domain = word + "-" + run + "." + Lab.DOMAIN;
            long begin = System.nanoTime();
            lab.must(lab.clients().dokku("domains:add", app, domain));
            expect(lab.httpPort(), domain);
            if (run > 0) {
                wall.add((System.nanoTime() - begin) / 1e9);
            }
        }
        return Spread.of(wall);
    }

    /** @param pattern of the apps' names, with a place for a number */
    static void create(Lab lab, String pattern, int count) {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<String>> all = IntStream.range(0, count)
                    .mapToObj(number -> lab.clients().dokku("apps:create", pattern.formatted(number)))
                    .map(command -> clients.submit(() -> lab.must(command)))
                    .toList();
            for (Future<String> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether a site answers for a name: with its own 502 page, since no process runs; a name that no site has gets no answer at all. */
    static void expect(int port, String host) {
        String request = "HEAD / HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!answer.startsWith("HTTP/1.1 502 ")) {
                throw new IllegalStateException(
                        host + " answers " + answer.lines().findFirst().orElse("nothing"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
