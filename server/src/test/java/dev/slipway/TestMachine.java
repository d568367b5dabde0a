package dev.slipway;

import dev.slipway.exec.Runner;
import dev.slipway.exec.SystemRunner;
import dev.slipway.sandbox.HostRoot;
import dev.slipway.sandbox.Network;
import dev.slipway.sandbox.PrivateFiles;
import dev.slipway.sandbox.Sandboxes;
import dev.slipway.sandbox.Subnet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a test has of this machine for itself: a data directory that other users can pass through, a network of its own, and the
 * sandboxes in it. Closing it leaves nothing behind, whatever the test did.
 */
public final class TestMachine implements AutoCloseable {

    private static final Subnet REGION = Subnet.parse("10.96.0.0/12");

    private final Path directory;
    private final Network network;
    private final Runner runner = new SystemRunner();
    private final Thread onExit = new Thread(this::clean);

    private TestMachine(Path directory) {
        this.directory = directory;
        this.network = Network.choose(directory, REGION);
    }

    /** A machine with an empty data directory. */
    public static TestMachine create() {
        try {
            Path directory = Files.createTempDirectory(Path.of("/tmp"), "slipway-test-");
            Files.setAttribute(directory, "unix:mode", 0711);
            TestMachine machine = new TestMachine(directory);
            Runtime.getRuntime().addShutdownHook(machine.onExit);
            return machine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The machine of another JVM, which cleans up; not to be closed here. */
    public static TestMachine of(Path directory) {
        return new TestMachine(directory);
    }

    public Path directory() {
        return directory;
    }

    public Network network() {
        return network;
    }

    public Runner runner() {
        return runner;
    }

    /** The sandboxes of the data directory; each call is as a new daemon. */
    public Sandboxes sandboxes() {
        return new Sandboxes(runner, directory.resolve("sandbox"), network, HostRoot.scan(List.of()));
    }

    /** A new directory in the data directory with the given files, name and text in turn; what begins with #! is executable. */
    public Path tree(String name, String... files) {
        Path tree = directory.resolve("trees").resolve(name);
        try {
            for (int i = 0; i < files.length; i += 2) {
                Path file = tree.resolve(files[i]);
                Files.createDirectories(PrivateFiles.parent(file));
                Files.writeString(file, files[i + 1]);
                Files.setAttribute(file, "unix:mode", files[i + 1].startsWith("#!") ? 0755 : 0644);
            }
            Files.createDirectories(tree);
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(onExit);
        clean();
    }

    private void clean() {
        try {
            sandboxes().teardown();
            PrivateFiles.deleteTree(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
