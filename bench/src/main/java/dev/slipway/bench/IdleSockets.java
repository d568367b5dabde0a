package dev.slipway.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many WebSockets on which nothing is said, held by npm's ws in a program of its own: what each costs nginx and the app's process. */
final class IdleSockets {

    static final int SOCKETS = 5_000;

    /** Longer than a process takes to give up a client that does not answer its pings. */
    private static final Duration IDLE = Duration.ofSeconds(65);

    private static final Pattern ECHOED = Pattern.compile("echoed ([0-9]+) of");

    private final Lab lab;

    IdleSockets(Lab lab) {
        this.lab = lab;
    }

    /**
     * What the sockets cost.
     *
     * @param openSeconds from starting the client until all were open, one after the other
     * @param nginx KiB of nginx for each
     * @param process KiB of the app's process for each
     * @param nginxCpu seconds of nginx in a minute in which nothing but pings and their answers was sent
     * @param processCpu of the app's process in that minute
     * @param lived those that echoed a message after it
     */
    record Cost(
            String proxy,
            double openSeconds,
            double nginx,
            double process,
            double nginxCpu,
            double processCpu,
            int lived) {

        int lost() {
            return SOCKETS - lived;
        }
    }

    /** The platform's nginx and the hand-written one, each new, in front of a process that is new each time. */
    List<Cost> compare() {
        List<Cost> costs = new ArrayList<>();
        renew();
        costs.add(cost("platform's nginx", lab.httpPort(), lab.nginx()));
        renew();
        try (PlainNginx plain = PlainNginx.start(lab)) {
            costs.add(cost("hand-written nginx", plain.port(), plain.pid()));
        }
        return costs;
    }

    /** A process of the app with an empty heap; and the reload that leads to it makes nginx's workers new. */
    void renew() {
        lab.must(lab.clients().dokku("ps:restart", Lab.APP, "ws"));
        lab.sandboxed().await(Lab.PROCESSES);
        EchoLoad.rate(lab.httpPort(), 2);
    }

    private Cost cost(String proxy, int port, long master) {
        EchoLoad.rate(port, 2);
        List<Long> nginx = Processes.family(master);
        List<Long> process = lab.processes("ws");
        double nginxBefore = Processes.kibibytes(nginx);
        double processBefore = Processes.kibibytes(process);
        long begin = System.nanoTime();
        try (Background client = open(lab, port, SOCKETS)) {
            client.await("open " + SOCKETS);
            double opened = (System.nanoTime() - begin) / 1e9;
            double nginxAfter = Processes.kibibytes(nginx);
            double processAfter = Processes.kibibytes(process);
            double nginxCpu = cpu(nginx);
            double processCpu = cpu(process);
            long idle = System.nanoTime();
            pause();
            double minutes = (System.nanoTime() - idle) / 60e9;
            return new Cost(
                    proxy,
                    opened,
                    (nginxAfter - nginxBefore) / SOCKETS,
                    (processAfter - processBefore) / SOCKETS,
                    (cpu(nginx) - nginxCpu) / minutes,
                    (cpu(process) - processCpu) / minutes,
                    lived(client));
        }
    }

    private static double cpu(List<Long> pids) {
        return pids.stream().mapToDouble(CpuMeter::process).sum();
    }

    private static void pause() {
        long end = System.nanoTime() + IDLE.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** How many of the client's sockets echo a message. */
    static int lived(Background client) {
        client.say("still there?");
        String answer = client.await("echoed ");
        Matcher echoed = ECHOED.matcher(answer);
        if (!echoed.find()) {
            throw new IllegalStateException("the client says " + answer);
        }
        return Integer.parseInt(echoed.group(1));
    }

    /** Opens that many, one after the other; the client says when all are. */
    static Background open(Lab lab, int port, int count) {
        return Background.start(
                List.of(
                        "node",
                        lab.clients()
                                .root()
                                .resolve("server/src/test/clients/many.mjs")
                                .toString(),
                        "ws://" + Lab.HOST + "/echo",
                        "--count",
                        String.valueOf(count),
                        "--resolve",
                        "127.0.0.1:" + port),
                Map.of());
    }
}
