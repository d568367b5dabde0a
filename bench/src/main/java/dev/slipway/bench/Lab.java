package dev.slipway.bench;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.exec.SystemRunner;
import dev.slipway.proxy.FreePort;
import dev.slipway.sandbox.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A private server on the loopback address with the tutorial's app on it, one {@code web} and one {@code ws} process. Closing it leaves
 * nothing on the machine.
 */
final class Lab implements AutoCloseable {

    static final String APP = "websocket-example";
    /** One without processes. */
    static final String SECOND_APP = "bench-new";

    static final String DOMAIN = "bench.test";
    static final String HOST = APP + "." + DOMAIN;

    /** Of the tutorial's app: one {@code web} and one {@code ws}. */
    static final int PROCESSES = 2;

    private final Runner runner = new SystemRunner();
    private final Daemon.Place place;
    private final Sandboxed sandboxed;
    private final List<Runnable> endings = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private Daemon daemon;

    private Lab(Daemon.Place place) {
        this.place = place;
        this.daemon = Daemon.start(place);
        this.sandboxed = Sandboxed.of(clients().data());
    }

    /** Starts the server, pushes the app (its first build takes a minute or more) and scales {@code ws} to one. */
    static Lab start(Path root) {
        Lab lab = new Lab(place(root));
        Runtime.getRuntime().addShutdownHook(new Thread(lab::close));
        try {
            lab.populate();
            return lab;
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    private static Daemon.Place place(Path root) {
        try {
            Path work = Files.createTempDirectory(
                    Path.of("/tmp"),
                    "slipway-bench-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
            Path group = CpuMeter.group(work.getFileName().toString());
            Files.createDirectory(group);
            return new Daemon.Place(
                    new Clients(root, work, FreePort.find(), APP), FreePort.find(), FreePort.find(), group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void populate() {
        Clients clients = clients();
        must(clients.makeKey());
        must(clients.dokku("ssh-keys:add", "bench").reading(read(Path.of(clients.key() + ".pub"))));
        String archive = work("example.tar").toString();
        String example = clients.root().resolve("examples/" + APP).toString();
        must(Command.of("tar", "--exclude=./target", "-C", example, "-cf", archive, "."));
        must(Command.of("mkdir", clients.checkout().toString()));
        must(Command.of("tar", "-C", clients.checkout().toString(), "-xf", archive));
        must(clients.git("init", "--quiet", "--initial-branch=master"));
        must(clients.git("add", "-A"));
        must(clients.git("commit", "--quiet", "-m", "the tutorial's app"));
        must(clients.push());
        must(clients.dokku("ps:scale", APP, "ws=1"));
        must(clients.dokku("apps:create", SECOND_APP));
        sandboxed.await(PROCESSES);
    }

    /** Has a route lead to {@code ws}, and not the template that the example brings. */
    void route() {
        must(clients().dokku("nginx:set", APP, "disable-custom-config", "true"));
        must(clients().dokku("proxy:build-config", APP));
        must(clients().dokku("proxy:route:set", APP, "ws", "/echo"));
    }

    /** Has something done first of all when this is closed, by an interrupt too: what runs by itself would go on. */
    void atEnd(Runnable ending) {
        endings.add(ending);
    }

    /** The processes of the app that run as this type. */
    List<Long> processes(String type) {
        List<Long> pids = Processes.ending(CpuMeter.group(bridge()), type);
        if (pids.isEmpty()) {
            throw new IllegalStateException("no " + type + " process runs");
        }
        return pids;
    }

    private String bridge() {
        return Network.choose(clients().data()).bridge();
    }

    Path work(String name) {
        return clients().work().resolve(name);
    }

    Clients clients() {
        return place.clients();
    }

    Daemon daemon() {
        return daemon;
    }

    int httpPort() {
        return place.httpPort();
    }

    Sandboxed sandboxed() {
        return sandboxed;
    }

    /** What the daemon, all that it starts, and the apps' processes take. */
    CpuMeter cpu() {
        return new CpuMeter(List.of(place.group(), CpuMeter.group(bridge())));
    }

    /** The platform's nginx, whose workers are new after each reload. */
    long nginx() {
        return Long.parseLong(
                read(clients().data().resolve("nginx/run/nginx.pid")).strip());
    }

    /** Ends the daemon and starts it again over what runs; gives the new one. */
    Daemon restart() {
        daemon.close();
        daemon = Daemon.start(place);
        return daemon;
    }

    /** Runs what has to succeed, and gives what it printed. */
    String must(Command command) {
        Result result = runner.run(command);
        if (!result.ok()) {
            throw new IllegalStateException(String.join(" ", command.argv()) + " exited with " + result.exitCode()
                    + "\n" + result.out() + result.err());
        }
        return result.out();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            endings.forEach(Runnable::run);
        } finally {
            remove();
        }
    }

    private void remove() {
        try {
            daemon.close();
            Daemon.stopAll(runner, clients());
            Files.walkFileTree(clients().work(), new Removal());
            Files.delete(place.group());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(
                Path directory, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
