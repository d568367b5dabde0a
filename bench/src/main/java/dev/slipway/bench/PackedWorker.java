package dev.slipway.bench;

import dev.slipway.exec.Command;
import java.util.List;

/** As many sockets as one worker of nginx is to hold, all on one: the others are halted while they are opened. */
final class PackedWorker {

    static final int SOCKETS = 9_000;

    private final Lab lab;

    PackedWorker(Lab lab) {
        this.lab = lab;
    }

    /**
     * What became of them.
     *
     * @param held sockets of that worker, those to clients and those to the app's process, when all were open
     * @param nginx KiB of nginx for each
     * @param lived those that echoed a message then
     */
    record Outcome(int held, double nginx, int lived) {

        int lost() {
            return SOCKETS - lived;
        }
    }

    Outcome measure() {
        new IdleSockets(lab).renew();
        List<Long> serving = Processes.titled(Processes.children(lab.nginx()), "nginx: worker process");
        List<Long> others = serving.subList(1, serving.size());
        double before = Processes.kibibytes(serving);
        try (Background client = IdleSockets.open(lab, lab.httpPort(), SOCKETS)) {
            signal("STOP", others);
            try {
                client.await("open " + SOCKETS);
            } finally {
                signal("CONT", others);
            }
            int held = Processes.sockets(serving.getFirst());
            double nginx = (Processes.kibibytes(serving) - before) / SOCKETS;
            return new Outcome(held, nginx, IdleSockets.lived(client));
        }
    }

    private void signal(String name, List<Long> pids) {
        pids.forEach(pid -> lab.must(Command.of("kill", "-" + name, String.valueOf(pid))));
    }
}
