package dev.slipway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** The platform's nginx and the hand-written one in turns, in front of the same processes. */
final class Proxies {

    /** Even, so that each is first as often as the other. */
    private static final int ROUNDS = 6;

    private static final int SECONDS = 4;

    private final Lab lab;
    private final PlainNginx plain;

    Proxies(Lab lab, PlainNginx plain) {
        this.lab = lab;
        this.plain = plain;
    }

    /**
     * What was measured of one kind of load.
     *
     * @param rate a second
     * @param cpu microseconds of nginx itself for one of them
     * @param ratio the platform's rate over the other's in the same round
     */
    record Comparison(String kind, Spread rate, Spread plainRate, Spread cpu, Spread plainCpu, Spread ratio) {}

    List<Comparison> compare() {
        return List.of(
                compare("requests/s", port -> Wrk.rate(lab.must(Wrk.command(port, SECONDS)))),
                compare("echo messages/s", port -> EchoLoad.rate(port, SECONDS)));
    }

    private record Turn(double rate, double cpu) {}

    private Comparison compare(String kind, IntToDoubleFunction load) {
        List<Turn> platform = new ArrayList<>();
        List<Turn> others = new ArrayList<>();
        warmUp(lab.httpPort(), load);
        warmUp(plain.port(), load);
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 2 == 0) {
                platform.add(turn(lab.httpPort(), lab.nginx(), load));
                others.add(turn(plain.port(), plain.pid(), load));
            } else {
                others.add(turn(plain.port(), plain.pid(), load));
                platform.add(turn(lab.httpPort(), lab.nginx(), load));
            }
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ratios.add(platform.get(round).rate() / others.get(round).rate());
        }
        return new Comparison(kind, rates(platform), rates(others), cpu(platform), cpu(others), Spread.of(ratios));
    }

    private static void warmUp(int port, IntToDoubleFunction load) {
        if (load.applyAsDouble(port) <= 0) {
            throw new IllegalStateException("nothing was answered on port " + port);
        }
    }

    private static Spread rates(List<Turn> turns) {
        return Spread.of(turns.stream().map(Turn::rate).toList());
    }

    private static Spread cpu(List<Turn> turns) {
        return Spread.of(turns.stream().map(Turn::cpu).toList());
    }

    private static Turn turn(int port, long master, IntToDoubleFunction load) {
        List<Long> workers = Processes.children(master);
        double before = seconds(workers);
        long begin = System.nanoTime();
        double rate = load.applyAsDouble(port);
        double count = rate * (System.nanoTime() - begin) / 1e9;
        return new Turn(rate, (seconds(workers) - before) * 1e6 / count);
    }

    private static double seconds(List<Long> workers) {
        return workers.stream().mapToDouble(CpuMeter::process).sum();
    }
}
