package dev.slipway.bench;

import dev.slipway.exec.Command;
import java.util.List;

/**
 * Something that people do with the platform, to be measured.
 *
 * @param runs how often it is timed, after a first time that does not count
 * @param preparation what makes it possible to do it again; not measured
 * @param processes how many processes of the app there are when all of the preparation is done
 * @param command what is measured
 */
record Operation(String name, int runs, List<Command> preparation, int processes, Command command, Goal goal) {

    Operation {
        preparation = List.copyOf(preparation);
    }

    /**
     * What is aimed at on a machine with two cores that does nothing else, and what Dokku 0.38.27 took on such a machine.
     *
     * @param processes the most that may be started; 0 where nothing is said of them
     */
    record Goal(double seconds, int processes, Dokku dokku) {}

    /** All of it 0 where it was not measured. */
    record Dokku(double seconds, double cpuSeconds, int processes) {

        static final Dokku NONE = new Dokku(0, 0, 0);

        String text() {
            return seconds == 0 ? "–" : "%.2f s, %.2f CPU s, %,d processes".formatted(seconds, cpuSeconds, processes);
        }
    }

    static List<Operation> all(Clients clients) {
        Command commit = clients.git("commit", "--quiet", "--allow-empty", "-m", "nothing changed");
        Dokku listing = new Dokku(0.58, 0.32, 50);
        return List.of(
                new Operation(
                        "`git push` of an empty commit",
                        5,
                        List.of(commit),
                        2,
                        clients.push(),
                        new Goal(2, 60, new Dokku(76, 52, 42_000))),
                new Operation(
                        "`ps:scale ws` 0→1",
                        5,
                        List.of(clients.dokku("ps:scale", Lab.APP, "ws=0")),
                        1,
                        clients.dokku("ps:scale", Lab.APP, "ws=1"),
                        new Goal(1, 0, new Dokku(27, 24, 16_800))),
                new Operation(
                        "`apps:list` by `bin/dokku`",
                        15,
                        List.of(),
                        2,
                        clients.dokku("apps:list"),
                        new Goal(0.1, 0, listing)),
                new Operation(
                        "`apps:list` by ssh", 15, List.of(), 2, clients.ssh("apps:list"), new Goal(0.5, 0, listing)),
                new Operation(
                        "`apps:create` by `bin/dokku`",
                        10,
                        List.of(clients.dokku("apps:destroy", Lab.SECOND_APP, "--force")),
                        2,
                        clients.dokku("apps:create", Lab.SECOND_APP),
                        new Goal(0, 0, new Dokku(8.1, 7.5, 4_850))));
    }
}
