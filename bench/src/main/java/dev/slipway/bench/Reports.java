package dev.slipway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Puts what was measured beside what was aimed at. */
final class Reports {

    private static final double PROXY_AIM = 0.95;
    private static final double MEMORY_AIM = 200;
    private static final int RESTARTS = 5;

    private Reports() {}

    /** Measures all operations, one after the other. */
    static String operations(Lab lab, Consumer<String> progress) {
        Table table = new Table(
                "operation",
                "wall s",
                "platform CPU s",
                "client CPU s",
                "platform processes",
                "client processes",
                "aim",
                "Dokku 0.38.27",
                "times faster");
        StringBuilder programs = new StringBuilder("What those processes are (the platform's | the client's):\n\n");
        for (Operation operation : Operation.all(lab.clients())) {
            progress.accept(operation.name());
            Stopwatch.Figures figures = new Stopwatch(lab).measure(operation);
            table.row(
                    operation.name(),
                    figures.wall().text(2),
                    figures.platformCpu().text(2),
                    figures.clientCpu().text(2),
                    String.valueOf(figures.platform().total()),
                    String.valueOf(figures.client().total()),
                    aim(operation.goal(), figures),
                    operation.goal().dokku().text(),
                    "%.0f"
                            .formatted(operation.goal().dokku().seconds()
                                    / figures.wall().median()));
            programs.append("- %s: %s | %s%n"
                    .formatted(
                            operation.name(),
                            figures.platform().text(),
                            figures.client().text()));
        }
        return table.text() + "\n" + programs;
    }

    private static String aim(Operation.Goal goal, Stopwatch.Figures figures) {
        List<String> aims = new ArrayList<>();
        if (goal.seconds() > 0) {
            aims.add("≤ %.1f s: %s".formatted(goal.seconds(), met(figures.wall().median() <= goal.seconds())));
        }
        if (goal.processes() > 0) {
            aims.add("≤ %d processes: %s"
                    .formatted(goal.processes(), met(figures.platform().total() <= goal.processes())));
        }
        return aims.isEmpty() ? "–" : String.join(", ", aims);
    }

    private static String met(boolean is) {
        return is ? "met" : "missed";
    }

    static String proxies(List<Proxies.Comparison> comparisons) {
        Table table = new Table(
                "load",
                "platform's nginx",
                "hand-written nginx",
                "ratio",
                "CPU µs of the platform's nginx for one",
                "of the hand-written",
                "aim");
        comparisons.forEach(one -> table.row(
                one.kind(),
                one.rate().text(0),
                one.plainRate().text(0),
                one.ratio().text(2),
                one.cpu().text(1),
                one.plainCpu().text(1),
                "≥ %.2f: %s".formatted(PROXY_AIM, met(one.ratio().median() >= PROXY_AIM))));
        return table.text();
    }

    static String readings(List<Readings.Cost> costs) {
        double floor = costs.getFirst().wall().median();
        Table table =
                new Table("command, with " + Readings.APPS + " apps", "wall ms", "to `" + Readings.FLOOR + "`", "aim");
        costs.forEach(cost -> table.row(
                "`" + cost.command() + "`",
                cost.wall().text(0),
                "%.2f".formatted(cost.wall().median() / floor),
                "≤ %.0f: %s".formatted(Readings.AIM, met(cost.wall().median() <= Readings.AIM))));
        return table.text();
    }

    /** The daemon's memory as it is after all of the above, and its start over processes and an nginx that run. */
    static String daemon(Lab lab, double firstStart) {
        double resident = lab.daemon().residentMebibytes();
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < RESTARTS; i++) {
            starts.add(lab.restart().startSeconds());
        }
        Table table = new Table("the daemon", "measured", "aim");
        table.row(
                "resident after all of the above, MiB",
                "%.0f".formatted(resident),
                "≤ %.0f: %s".formatted(MEMORY_AIM, met(resident <= MEMORY_AIM)));
        table.row("resident after a start, MiB", "%.0f".formatted(lab.daemon().residentMebibytes()), "–");
        table.row("first start with nginx, seconds to ready", "%.2f".formatted(firstStart), "–");
        table.row("start over what runs, seconds to ready", Spread.of(starts).text(2), "–");
        return table.text();
    }
}
