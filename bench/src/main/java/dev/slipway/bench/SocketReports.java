package dev.slipway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Tables of what was measured with sockets that stay open, and with many sites. */
final class SocketReports {

    private SocketReports() {}

    static String idle(List<IdleSockets.Cost> costs) {
        Table table = new Table(
                "%,d idle sockets through".formatted(IdleSockets.SOCKETS),
                "KiB of nginx for one",
                "KiB of the app's process for one",
                "CPU s of nginx a minute",
                "CPU s of the process a minute",
                "s to open all",
                "lived");
        costs.forEach(cost -> table.row(
                cost.proxy(),
                "%.1f".formatted(cost.nginx()),
                "%.1f".formatted(cost.process()),
                "%.2f".formatted(cost.nginxCpu()),
                "%.2f".formatted(cost.processCpu()),
                "%.1f".formatted(cost.openSeconds()),
                "%,d".formatted(cost.lived())));
        IdleSockets.Cost ours = costs.getFirst();
        IdleSockets.Cost theirs = costs.getLast();
        table.row(
                "ratio",
                ratio(ours.nginx(), theirs.nginx()),
                ratio(ours.process(), theirs.process()),
                ratio(ours.nginxCpu(), theirs.nginxCpu()),
                ratio(ours.processCpu(), theirs.processCpu()),
                ratio(ours.openSeconds(), theirs.openSeconds()),
                ratio(ours.lived(), theirs.lived()));
        return table.text();
    }

    private static String ratio(double ours, double theirs) {
        return theirs == 0 ? "–" : "%.2f".formatted(ours / theirs);
    }

    static String packed(PackedWorker.Outcome outcome) {
        Table table = new Table(
                "%,d sockets through one worker".formatted(PackedWorker.SOCKETS),
                "sockets of that worker",
                "KiB of nginx for one",
                "lived");
        table.row(
                "platform's nginx",
                "%,d".formatted(outcome.held()),
                "%.1f".formatted(outcome.nginx()),
                "%,d".formatted(outcome.lived()));
        return table.text();
    }

    static String deploys(DeployWindows.Outcome outcome) {
        Table table = new Table(
                "%d sockets".formatted(DeployWindows.SOCKETS),
                "nothing else",
                "another app is deployed",
                "ratio within a round");
        row(table, "echo messages/s", 0, outcome, EchoLoad.Window::rate);
        row(table, "latency, median, ms", 1, outcome, window -> window.latency().median());
        row(table, "latency, p99, ms", 1, outcome, window -> window.latency().p99());
        row(
                table,
                "latency, longest, ms",
                1,
                outcome,
                window -> window.latency().most());
        return table.text() + "\nSockets dropped, all windows together: " + outcome.dropped() + "\n";
    }

    private static void row(
            Table table,
            String what,
            int digits,
            DeployWindows.Outcome outcome,
            ToDoubleFunction<EchoLoad.Window> figure) {
        List<Double> quiet = outcome.quiet().stream().map(figure::applyAsDouble).toList();
        List<Double> deploying =
                outcome.deploying().stream().map(figure::applyAsDouble).toList();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < quiet.size(); round++) {
            ratios.add(deploying.get(round) / quiet.get(round));
        }
        table.row(
                what,
                Spread.of(quiet).text(digits),
                Spread.of(deploying).text(digits),
                Spread.of(ratios).text(2));
    }

    static String reloads(List<Reloads.Cost> costs) {
        Table table = new Table(
                "vhosts",
                "s until a change serves",
                "of it `nginx -t`",
                "of it the reload",
                "CPU s of nginx",
                "CPU s of the platform's own code",
                "MiB of nginx",
                "KiB of nginx for one more");
        Reloads.Cost fewer = costs.getFirst();
        for (Reloads.Cost cost : costs) {
            table.row(
                    "%,d".formatted(cost.sites()),
                    cost.wall().text(2),
                    cost.test().text(2),
                    cost.reload().text(2),
                    "%.2f".formatted(cost.nginxCpu()),
                    "%.2f".formatted(cost.ownCpu()),
                    "%.0f".formatted(cost.nginx()),
                    cost.sites() == fewer.sites()
                            ? "–"
                            : "%.0f".formatted((cost.nginx() - fewer.nginx()) * 1024 / (cost.sites() - fewer.sites())));
            fewer = cost;
        }
        return table.text();
    }

    static String vhosts(Vhosts.Cost cost) {
        Table table = new Table("from end to end", "measured");
        table.row("`domains:add` by `bin/dokku`, a few apps, s", cost.few().text(2));
        table.row(
                "`domains:add` by `bin/dokku`, %,d apps more, s".formatted(Vhosts.APPS),
                cost.many().text(2));
        table.row("start of the daemon over these, s to ready", "%.2f".formatted(cost.startSeconds()));
        table.row("resident of the daemon then, MiB", "%.0f".formatted(cost.daemonMebibytes()));
        return table.text();
    }
}
