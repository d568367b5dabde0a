package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.exec.Attachment;
import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.exec.Screen;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes and removes the sandboxes of one data directory.
 *
 * <p>What it holds: {@code root} (the root directory that all share), {@code runc} (the runtime's state), {@code bundles} (one
 * directory a sandbox), {@code exits} (one file for each sandbox that exited), {@code leases} (who has which address).
 */
public final class Sandboxes {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Runner runner;
    private final Network network;
    private final HostRoot host;
    private final NameServers nameServers;
    private final Path root;
    private final Path bundles;
    private final Wire wire;
    private final Runc runc;
    private final Firewall firewall;

    /**
     * @param directory for this class alone
     * @param host what sandboxes see of the host
     */
    public Sandboxes(Runner runner, Path directory, Network network, HostRoot host) {
        this.runner = runner;
        this.network = network;
        this.host = host;
        this.nameServers = NameServers.scan();
        this.root = directory.resolve("root");
        this.bundles = directory.resolve("bundles");
        this.wire = new Wire(
                Programs.directory("the CNI plugins", "containernetworking-plugins", Programs.CNI, "bridge"),
                directory.resolve("leases"),
                network,
                Wire.uplinkMtu());
        this.runc = new Runc(Programs.find("runc", "runc"), directory.resolve("runc"), directory.resolve("exits"));
        this.firewall = new Firewall(runner, network, nameServers.addresses());
        Sandbox.checkOverlay(directory);
    }

    /** Makes the directories and the firewall's rules what they have to be; to be called once, before anything else. */
    public void prepare() {
        Programs.find("conmon", "conmon");
        Programs.find("tini", "tini");
        Programs.find("nft", "nftables");
        try {
            for (Path directory : Set.of(root, bundles, runc.state(), runc.exits(), wire.leases())) {
                PrivateFiles.directory(directory);
            }
            Files.setAttribute(root, "unix:mode", 0755);
            host.layOut(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        firewall.raise();
        Set<String> orphans = Underway.endRuns(bundles);
        Underway.await(bundles);
        Underway.await(runc.state());
        orphans.forEach(this::remove);
    }

    /** A sandbox whose program runs. */
    public record Started(long pid, long startTicks, String address) {}

    /**
     * Makes a sandbox and starts its program, which goes on without this daemon. Its output is added to the log.
     *
     * @param logBytes how long the log may grow before it is replaced by an empty one
     * @throws UserException if it cannot be made; nothing of it is left then
     */
    public Started start(Sandbox sandbox, Path log, long logBytes) {
        Path bundle = writeBundle(sandbox);
        try {
            long pid = created(runner.out(runc.create(sandbox.id(), bundle, log, logBytes)));
            String address = Wire.address(bundle.resolve("network.json"));
            writeHosts(bundle, sandbox.hostname(), address);
            long ticks = ProcessStat.startTicks(pid).orElseThrow(() -> new IOException("it ended at once"));
            runner.out(runc.start(sandbox.id()));
            return new Started(pid, ticks, address);
        } catch (IOException | RuntimeException e) {
            abandon(sandbox.id());
            throw new UserException(
                    UserException.Kind.FAILED,
                    "The sandbox of " + sandbox.id() + " cannot be started: " + e.getMessage(),
                    e);
        }
    }

    /** conmon and what it began go on without the program that was interrupted. */
    private void abandon(String id) {
        boolean interrupted = Thread.interrupted();
        try {
            Underway.await(bundles.resolve(id));
            remove(id);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static long created(String answer) throws IOException {
        JsonNode line = JSON.readTree(answer);
        long pid = line.path("pid").asLong(-1);
        if (pid <= 0) {
            throw new IOException(
                    line.path("message").asText("conmon gave no answer").strip());
        }
        return pid;
    }

    /** Runs a program in a sandbox to its end, with the caller's streams, and removes the sandbox; gives its exit code. */
    public int run(Sandbox sandbox, Runner.Streams streams, java.time.Duration limit) {
        Path bundle = writeBundle(sandbox);
        try {
            return runner.stream(runc.run(sandbox.id(), bundle).within(limit), streams);
        } finally {
            remove(sandbox.id());
        }
    }

    /**
     * Runs a program in a sandbox to its end, attached to a caller and perhaps on a terminal of its own, and removes the sandbox.
     *
     * @return its exit code; see {@link Runner#attach} for interrupts and the limit
     */
    public int attend(Sandbox sandbox, Attachment caller, java.time.Duration limit) {
        Path bundle = writeBundle(sandbox, caller.screen().isPresent());
        try {
            return runner.attach(runc.run(sandbox.id(), bundle).within(limit), caller);
        } finally {
            remove(sandbox.id());
        }
    }

    /** As {@link #execute}, attached to a caller and perhaps on a terminal of its own; gives its exit code. */
    public int enter(String id, List<String> argv, Attachment caller, java.time.Duration limit) {
        return runner.attach(
                runc.enter(id, argv, caller.screen().map(Screen::type)).within(limit), caller);
    }

    /** Runs a program in a sandbox that runs, beside its own, with the same user, rights and environment. */
    public Result execute(String id, List<String> argv, java.time.Duration limit) {
        return runner.run(runc.execute(id, argv).within(limit));
    }

    /** Ends whatever of a sandbox still runs and gives back all that it had; it need not be there. */
    public void remove(String id) {
        // An interrupted caller must not leave half of it behind.
        boolean interrupted = Thread.interrupted();
        try {
            if (Files.exists(runc.state().resolve(id))) {
                delete(id);
            }
            Path bundle = bundles.resolve(id);
            if (Files.exists(bundle)) {
                if (!Files.exists(exitFile(id))) {
                    Underway.awaitNamedIn(bundle.resolve("conmon.pid"));
                }
                runner.out(wire.release(id));
            }
            PrivateFiles.deleteTree(bundle);
            Files.deleteIfExists(exitFile(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** After a crash of the machine the runtime's own record is of no use, not even to the runtime. */
    private void delete(String id) throws IOException {
        Path state = runc.state().resolve(id);
        Result result = runner.run(runc.delete(id));
        if (!result.ok() && Files.exists(state.resolve("state.json"))) {
            throw new IOException("runc cannot delete " + id + ": " + result.complaint());
        }
        PrivateFiles.deleteTree(state);
    }

    /** Every sandbox of which something is left, whether it runs or not. */
    public Set<String> present() {
        Set<String> ids = new TreeSet<>(names(runc.state()));
        ids.addAll(names(bundles));
        return ids;
    }

    /** Where the file appears that tells a sandbox's exit: the name is the sandbox's id, the text its exit code. */
    public Path exits() {
        return runc.exits();
    }

    public Path exitFile(String id) {
        return runc.exits().resolve(id);
    }

    /** Removes every sandbox, the bridge, the rules and the cgroup: nothing of this data directory is left on the machine. */
    public void teardown() {
        present().forEach(this::remove);
        firewall.remove();
        if (Files.exists(Path.of("/sys/class/net", network.bridge()))) {
            runner.out(Command.of("ip", "link", "delete", network.bridge()));
        }
        try {
            PrivateFiles.deleteTree(wire.leases());
            Cgroups.remove(network.bridge());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path writeBundle(Sandbox sandbox) {
        return writeBundle(sandbox, false);
    }

    private Path writeBundle(Sandbox sandbox, boolean terminal) {
        Path bundle = bundles.resolve(sandbox.id());
        try {
            PrivateFiles.directory(bundle);
            OciConfig.Hook attach = wire.attach(sandbox.id(), bundle.resolve("network.json"));
            String cgroup = "/" + network.bridge() + "/" + sandbox.id();
            OciConfig config = new OciConfig(sandbox, host, root, bundle, attach, cgroup);
            JsonNode json = terminal ? config.jsonWithTerminal() : config.json();
            PrivateFiles.replace(bundle.resolve("config.json"), json.toString());
            writeEtc(bundle, sandbox);
            for (Mount mount : sandbox.mounts()) {
                if (!OciConfig.isOwn(mount)) {
                    HostRoot.layOut(root, mount);
                }
            }
            if (sandbox.app() instanceof Sandbox.App.Layered) {
                placeLayer(
                        OciConfig.layerPlace(root, sandbox.user()),
                        sandbox.user().uid());
            }
            return bundle;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeEtc(Path bundle, Sandbox sandbox) throws IOException {
        int uid = sandbox.user().uid();
        readable(bundle.resolve("passwd"), """
                root:x:0:0:root:/root:/usr/sbin/nologin
                app:x:UID:UID::/app:/bin/bash
                nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
                """.replace("UID", Integer.toString(uid)));
        readable(bundle.resolve("group"), "root:x:0:\napp:x:" + uid + ":\nnogroup:x:65534:\n");
        readable(bundle.resolve("hostname"), sandbox.hostname() + "\n");
        readable(bundle.resolve("resolv.conf"), nameServers.reachable());
        writeHosts(bundle, sandbox.hostname(), "127.0.1.1");
    }

    private static void writeHosts(Path bundle, String hostname, String address) throws IOException {
        readable(
                bundle.resolve("hosts"),
                "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n" + address + " " + hostname + "\n");
    }

    /** Written in place: once the sandbox is made, it is this very file that is mounted there. */
    private static void readable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setAttribute(file, "unix:mode", 0644);
    }

    /** Many sandboxes of one user may be made at the same moment: the place is one for them all, and whoever comes second finds it. */
    static void placeLayer(Path place, int uid) throws IOException {
        Path upper = place.resolve("upper");
        if (Files.exists(upper)) {
            return;
        }
        Files.createDirectories(place.resolve("work"));
        Files.setAttribute(place, "unix:mode", 0755);
        Path beside = Files.createTempDirectory(place, "new");
        Files.setAttribute(beside, "unix:mode", 0755);
        Files.setAttribute(beside, "unix:uid", uid);
        Files.setAttribute(beside, "unix:gid", uid);
        try {
            Files.move(beside, upper);
        } catch (FileAlreadyExistsException e) {
            Files.delete(beside);
        }
    }

    private static Set<String> names(Path directory) {
        Set<String> names = new TreeSet<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                entries.forEach(entry -> names.add(entry.getFileName().toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }
}
