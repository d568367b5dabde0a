package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;

/** Echoes over sockets that stay open all the time, while nothing else is done and while another app is deployed. */
final class DeployWindows implements AutoCloseable {

    static final int SOCKETS = 200;

    private static final String OTHER_APP = "bench-other";
    private static final int ROUNDS = 6;
    private static final Duration QUIET = Duration.ofSeconds(3);

    /** A process that serves and weighs little: what is measured is the platform's own work. */
    private static final String PROCFILE =
            "web: node -e \"require('http').createServer((q, a) => a.end('hello')).listen(process.env.PORT)\"\n";

    private final Lab lab;
    private final Clients clients;

    private DeployWindows(Lab lab) {
        this.lab = lab;
        this.clients = lab.clients().of(OTHER_APP);
    }

    /** Deploys the other app for the first time. */
    static DeployWindows prepare(Lab lab) {
        DeployWindows windows = new DeployWindows(lab);
        try {
            Files.createDirectory(windows.clients.checkout());
            Files.writeString(windows.clients.checkout().resolve("Procfile"), PROCFILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lab.must(windows.clients.git("init", "--quiet", "--initial-branch=master"));
        lab.must(windows.clients.git("add", "-A"));
        lab.must(windows.clients.git("commit", "--quiet", "-m", "another app"));
        lab.must(windows.clients.push());
        // A replaced process goes when old workers of nginx have no connection left, or after this time: ours stay on
        // one for good.
        lab.must(lab.clients().dokku("checks:set", OTHER_APP, "wait-to-retire", "5"));
        lab.sandboxed().await(Lab.PROCESSES + 1);
        return windows;
    }

    /**
     * What was measured, in rounds of a quiet window, one with a deploy and an untold one until the replaced process is gone.
     *
     * @param dropped sockets, in all windows
     */
    record Outcome(List<EchoLoad.Window> quiet, List<EchoLoad.Window> deploying, int dropped) {}

    Outcome measure() {
        List<EchoLoad.Window> quiet = new ArrayList<>();
        List<EchoLoad.Window> deploying = new ArrayList<>();
        int dropped = 0;
        try (EchoLoad load = EchoLoad.open(lab.httpPort(), SOCKETS)) {
            dropped += load.drive(past(QUIET)).dropped();
            for (int round = 0; round < ROUNDS; round++) {
                EchoLoad.Window before = load.drive(past(QUIET));
                lab.must(clients.git("commit", "--quiet", "--allow-empty", "-m", "nothing changed"));
                EchoLoad.Window during = during(load, () -> lab.must(clients.push()));
                EchoLoad.Window after = during(load, () -> lab.sandboxed().await(Lab.PROCESSES + 1));
                quiet.add(before);
                deploying.add(during);
                dropped += before.dropped() + during.dropped() + after.dropped();
            }
        }
        return new Outcome(quiet, deploying, dropped);
    }

    private static java.util.function.BooleanSupplier past(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return () -> System.nanoTime() > end;
    }

    private static EchoLoad.Window during(EchoLoad load, Runnable work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> done = CompletableFuture.runAsync(work, threads);
            EchoLoad.Window window = load.drive(done::isDone);
            done.join();
            return window;
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Takes the other app away. */
    @Override
    public void close() {
        lab.must(clients.dokku("apps:destroy", OTHER_APP, "--force"));
        lab.sandboxed().await(Lab.PROCESSES);
    }
}
