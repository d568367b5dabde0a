package dev.slipway.build;

import dev.slipway.TestMachine;
import dev.slipway.console.Console;
import dev.slipway.exec.Runner;
import dev.slipway.model.AppName;
import dev.slipway.model.Build;
import dev.slipway.model.Limits;
import dev.slipway.model.SandboxUser;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandboxes;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A real builder on a machine of a test's own, what it prints, and a sandbox as processes have it to run what was built. */
final class BuildLab implements AutoCloseable {

    static final AppName SHOP = new AppName("shop");
    static final SandboxUser USER = new SandboxUser(20001);
    static final SandboxUser RUNS = new SandboxUser(20002);

    private static final SandboxUser PROCESS = new SandboxUser(20002);
    private static final Limits LIMITS = new Limits(2048 * Limits.MIB, 1024, 0, 64 * Limits.MIB);

    private final TestMachine machine = TestMachine.create();
    private final Sandboxes sandboxes = machine.sandboxes();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final HostBuilder builder;
    private final Map<String, String> config = new TreeMap<>();
    private int trees;

    BuildLab() {
        sandboxes.prepare();
        builder = new HostBuilder(
                sandboxes,
                new HostBuilder.Places(
                        machine.directory().resolve("builds"),
                        machine.directory().resolve("caches")),
                new HostBuilder.Settings(LIMITS, Duration.ofMinutes(5), Path.of(System.getProperty("java.home"))));
    }

    TestMachine machine() {
        return machine;
    }

    HostBuilder builder() {
        return builder;
    }

    /** The app has this variable from now on. */
    BuildLab config(String name, String value) {
        config.put(name, value);
        return this;
    }

    /** Builds a tree of these files, name and text in turn. */
    Build build(String... files) {
        return build(List.of(), files);
    }

    Build build(List<Pack> packs, String... files) {
        return build(packs, machine.tree("source-" + trees++, files));
    }

    Build build(List<Pack> packs, Path source) {
        Console console = new Console(out, out);
        return builder.build(new BuildRequest(SHOP, source, "tree-" + trees++, config, packs, USER, RUNS), console);
    }

    /** All that builds have printed so far. */
    String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What a command prints that runs as a process of the build would. */
    String run(Build build, String command) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        sandboxes.run(
                new Sandbox(
                        "run." + trees++,
                        "run",
                        PROCESS,
                        LIMITS,
                        Sandbox.shell(command),
                        Map.of(),
                        new Sandbox.App.Layered(build.tree()),
                        List.of()),
                new Runner.Streams(InputStream.nullInputStream(), said, said),
                Duration.ofMinutes(1));
        return said.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        machine.close();
    }
}
