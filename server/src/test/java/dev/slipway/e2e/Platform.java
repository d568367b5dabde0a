package dev.slipway.e2e;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.exec.SystemRunner;
import dev.slipway.proxy.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A daemon of the test's own, as a process of its own: on free ports of the loopback address and in a private directory. */
final class Platform implements AutoCloseable {

    static final Path ROOT = root();
    static final Path APPS = ROOT.resolve("server/src/test/resources/apps");
    static final Path CLIENTS = ROOT.resolve("server/src/test/clients");

    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final int LAST_LINES = 60;

    private final Runner runner = new SystemRunner();
    private final Path work;
    private final int sshPort = FreePort.find();
    private final int httpPort = FreePort.find();
    private final int httpsPort = FreePort.find();
    private Process daemon;

    private final String domain;

    private Platform(Path work, String domain) {
        this.work = work;
        this.domain = domain;
        this.daemon = launch();
    }

    /** Starts one and gives it a key, as an administrator would. */
    static Platform start() {
        return start("test");
    }

    /** @param domain the one that gives each app its first domain */
    static Platform start(String domain) {
        try {
            Path work = Files.createTempDirectory(
                    Path.of("/tmp"),
                    "slipway-e2e-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
            Platform platform = new Platform(work, domain);
            platform.letIn();
            return platform;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("bin/slipway")) ? here : Objects.requireNonNull(here.getParent());
    }

    private void letIn() {
        run(Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key().toString()));
        try {
            Result added = run(client("ssh-keys:add", "test").reading(Files.readString(work.resolve("key.pub"))));
            if (!added.ok()) {
                throw new IllegalStateException(added.complaint());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() {
        List<String> argv = new ArrayList<>(List.of(
                ROOT.resolve("bin/slipway").toString(),
                "server",
                "--data",
                data().toString(),
                "--ssh-port",
                String.valueOf(sshPort),
                "--http-port",
                String.valueOf(httpPort),
                "--https-port",
                String.valueOf(httpsPort),
                "--bind-address",
                "127.0.0.1",
                "--domain",
                domain));
        try {
            Process process = new ProcessBuilder(argv)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            if (line == null || !line.contains("ready")) {
                throw new IllegalStateException("the daemon did not start: " + Files.readString(log()));
            }
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the daemon as a power cut would, and only the daemon. */
    void kill() {
        daemon.destroyForcibly();
        awaitEnd();
    }

    /** Ends the daemon as an administrator would. */
    void terminate() {
        daemon.destroy();
        awaitEnd();
    }

    /** Starts the daemon again after it was ended. */
    void startAgain() {
        daemon = launch();
    }

    private void awaitEnd() {
        try {
            if (!daemon.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the daemon does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    long daemonPid() {
        return daemon.pid();
    }

    Path data() {
        return work.resolve("data");
    }

    Path log() {
        return work.resolve("daemon.log");
    }

    Path work() {
        return work;
    }

    int httpPort() {
        return httpPort;
    }

    int httpsPort() {
        return httpsPort;
    }

    int sshPort() {
        return sshPort;
    }

    private Path key() {
        return work.resolve("key");
    }

    /** A command by the local door. */
    Result dokku(String... words) {
        return run(client(words));
    }

    /** A command by the local door that must succeed; gives what it printed. */
    String ok(String... words) {
        Result result = dokku(words);
        if (!result.ok()) {
            throw new AssertionError(String.join(" ", words) + " exited with " + result.exitCode() + "\n" + result.out()
                    + result.err() + "\nThe server's log ends:\n" + lastOfLog());
        }
        return result.out();
    }

    /** What the daemon said last, for whoever reads that a test failed. */
    String lastOfLog() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The report of an app's processes, without the sockets that happen to be open at the moment. */
    String processes(String app) {
        return ok("ps:report", app)
                .lines()
                .filter(line -> !line.strip().startsWith("Sockets "))
                .collect(Collectors.joining("\n"));
    }

    Command client(String... words) {
        List<String> argv = new ArrayList<>(List.of(ROOT.resolve("bin/dokku").toString()));
        argv.addAll(List.of(words));
        return Command.of(argv).environment("SLIPWAY_DATA", data().toString()).within(LONGEST);
    }

    /** A command over ssh, by a stock client. */
    Result ssh(String... words) {
        return run(Command.of(sshArgv(words)).within(LONGEST));
    }

    /** The command line of {@link #ssh}. */
    List<String> sshArgv(String... words) {
        List<String> argv = new ArrayList<>(List.of("ssh", "-p", String.valueOf(sshPort)));
        argv.addAll(sshOptions());
        argv.addAll(List.of("--", "dokku@127.0.0.1"));
        argv.addAll(List.of(words));
        return argv;
    }

    /** Opens a connection that {@link #sharedSsh} goes over: what many commands would wait for is paid once. Ends with the server. */
    void share() {
        List<String> argv =
                new ArrayList<>(List.of("ssh", "-M", "-N", "-S", control().toString(), "-p", String.valueOf(sshPort)));
        argv.addAll(sshOptions());
        argv.add("dokku@127.0.0.1");
        try {
            Process shared = begin(Command.of(argv));
            Awaitility.await().until(() -> Files.exists(control()) || !shared.isAlive());
            if (!shared.isAlive()) {
                throw new IllegalStateException(
                        "no connection: " + new String(shared.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line of a client that uses the shared connection. */
    List<String> sharedSsh(String line) {
        List<String> argv = new ArrayList<>(sshArgv(line));
        argv.addAll(1, List.of("-S", control().toString()));
        return argv;
    }

    /** The command line of a client that asks for a shell, on no terminal. */
    List<String> sshWithoutCommand() {
        List<String> argv = new ArrayList<>(sshArgv());
        argv.add(1, "-T");
        return argv;
    }

    private Path control() {
        return work.resolve("control");
    }

    private List<String> sshOptions() {
        return List.of(
                "-F",
                "/dev/null",
                "-i",
                key().toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "StrictHostKeyChecking=accept-new",
                "-o",
                "UserKnownHostsFile=" + work.resolve("known_hosts"));
    }

    /** What git is to start instead of ssh. */
    String gitSsh() {
        return "ssh " + String.join(" ", sshOptions());
    }

    String remote(String app) {
        return "ssh://dokku@127.0.0.1:" + sshPort + "/" + app;
    }

    /** A repository of the test app of that name below src/test/resources/apps, with one commit on master. */
    Checkout checkout(String app, String template) {
        return Checkout.make(this, work.resolve(app), APPS.resolve(template));
    }

    /** Starts a program whose end somebody else awaits. */
    Process begin(Command command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.argv());
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        builder.directory(command.directory().orElse(work).toFile());
        return builder.start();
    }

    Result run(Command command) {
        return runner.run(command);
    }

    /** Ends the daemon and everything it started, and removes its directory. */
    @Override
    public void close() {
        daemon.destroy();
        awaitEnd();
        Result stopped = run(
                Command.of(ROOT.resolve("bin/slipway").toString(), "server", "--stop-all", "--data", data().toString())
                        .within(LONGEST));
        if (!stopped.ok()) {
            throw new IllegalStateException("the platform could not be stopped whole: " + stopped.complaint());
        }
        try (Stream<Path> all = Files.walk(work)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nobody listens on that port of the loopback address. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
