package dev.slipway.build;

import dev.slipway.console.Console;
import dev.slipway.exec.ProgramFailure;
import dev.slipway.exec.Runner;
import dev.slipway.model.AppName;
import dev.slipway.model.Build;
import dev.slipway.model.Buildpack;
import dev.slipway.model.Limits;
import dev.slipway.model.Procfile;
import dev.slipway.model.SandboxUser;
import dev.slipway.model.UserException;
import dev.slipway.sandbox.Mount;
import dev.slipway.sandbox.PrivateFiles;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandboxes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Builds with Heroku-style buildpacks ({@code bin/detect}, {@code bin/compile}, {@code bin/release}) in a sandbox of the same kind
 * as the one that the result runs in: the tree is {@code /app} in both, so that paths written down by a build hold.
 */
public final class HostBuilder implements Builder {

    /** By these files the platform's own buildpacks know a tree. */
    private static final List<String> KNOWN = List.of(
            "pom.xml",
            "package.json",
            "requirements.txt",
            "pyproject.toml",
            "setup.py",
            "Pipfile",
            "go.mod",
            "Procfile");

    /** Part of every key; another one once builds of before are no longer right. Those before 2 belong to who built them. */
    private static final String FORMAT = "2";

    private static final long LEAST_DISK = 512 * Limits.MIB;

    private final Sandboxes sandboxes;
    private final Builds builds;
    private final Places places;
    private final Settings settings;
    private final Buildpacks buildpacks = new Buildpacks();

    /**
     * Where the builder keeps what it makes. Source trees should be on the same file system.
     *
     * @param builds one directory for each app
     * @param caches what buildpacks keep between builds of an app
     */
    public record Places(Path builds, Path caches) {}

    /**
     * What a build may use.
     *
     * @param longest after this it is ended
     * @param jdk the JDK that Java projects get unless they ask for another version
     */
    public record Settings(Limits limits, Duration longest, Path jdk) {}

    /** @param sandboxes prepared already */
    public HostBuilder(Sandboxes sandboxes, Places places, Settings settings) {
        this.sandboxes = sandboxes;
        this.builds = new Builds(places.builds());
        this.places = places;
        this.settings = settings;
        try {
            builds.sweep();
            PrivateFiles.directory(places.caches());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String key(String treeId, Map<String, String> config) {
        StringBuilder all =
                new StringBuilder(FORMAT + "\0" + treeId + "\0" + buildpacks.fingerprint() + "\0" + settings.jdk());
        new TreeMap<>(config)
                .forEach((name, value) ->
                        all.append("\0").append(name).append("=").append(value));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(all.toString().getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<Build> find(AppName app, String key) {
        try {
            return builds.find(app, key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Build build(BuildRequest request, Console console) {
        String key = key(request.treeId(), request.config());
        Optional<Build> there = find(request.app(), key);
        if (there.isPresent()) {
            return there.get();
        }
        try {
            if (request.packs().isEmpty()) {
                refuseUnknown(request.source());
            }
            refuseFullDisk(request.source(), 0);
            Path work = builds.begin(request.app());
            try {
                Path tree = layOut(request, work);
                ReleaseFile release = run(request, work, console);
                Procfile procfile = release.procfile(Untrusted.read(tree.resolve("Procfile")));
                clear(work);
                Untrusted.give(tree, request.owner().uid());
                return builds.finish(request.app(), work, new Build(key, tree, procfile, release.environment()));
            } finally {
                PrivateFiles.deleteTree(work);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Build amend(AppName app, Build build, SandboxUser owner, Consumer<Path> change) {
        try {
            refuseFullDisk(build.tree(), SecondTree.size(build.tree()));
            Path work = builds.begin(app);
            try {
                Path tree = Files.createDirectory(work.resolve("app"));
                SecondTree.copied(build.tree(), tree);
                change.accept(tree);
                Untrusted.give(tree, owner.uid()); // Where something was mounted, the runtime made a place for it.
                return builds.finish(app, work, build.amended(UUID.randomUUID()));
            } finally {
                PrivateFiles.deleteTree(work);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuseUnknown(Path source) {
        boolean known = KNOWN.stream().anyMatch(file -> Files.exists(source.resolve(file)));
        if (!known && Files.exists(source.resolve("Dockerfile"))) {
            throw UserException.failed("This repository is built by its Dockerfile, which this server cannot do."
                    + "\nAdd a Procfile with the commands to run, such as web: ./server, and push again.");
        }
        if (!known) {
            throw UserException.failed(
                    "No buildpack knows this repository: it has none of " + String.join(", ", KNOWN) + "."
                            + "\nAdd a Procfile with the commands to run, such as web: ./server, and push again;"
                            + "\nor name a buildpack that knows it: dokku buildpacks:set");
        }
    }

    /** @param more bytes that are sure to be needed */
    private static void refuseFullDisk(Path source, long more) throws IOException {
        long left = Files.getFileStore(source).getUsableSpace();
        long least = LEAST_DISK + more;
        if (left < least) {
            throw UserException.failed(
                    "The server's disk is full: " + left / Limits.MIB + " MiB are left, a build needs "
                            + least / Limits.MIB + ".\nRemove what is not needed on the server, and push again.");
        }
    }

    /** The directories that the sandbox gets, all the build user's own. */
    private Path layOut(BuildRequest request, Path work) throws IOException {
        Path tree = work.resolve("app");
        Files.move(request.source(), tree);
        Files.setAttribute(tree, "unix:mode", 0755);
        Path environment = PrivateFiles.directory(work.resolve("env"));
        for (Map.Entry<String, String> variable : request.config().entrySet()) {
            Path file = environment.resolve(variable.getKey());
            PrivateFiles.create(file);
            Files.writeString(file, variable.getValue());
        }
        Files.createDirectory(work.resolve("out"));
        Files.createDirectory(work.resolve("tmp"));
        Path cache = PrivateFiles.directory(cache(request.app()));
        for (Path mine : List.of(tree, environment, work.resolve("out"), work.resolve("tmp"))) {
            Untrusted.give(mine, request.user().uid());
        }
        giveOnce(cache, request.user().uid());
        return tree;
    }

    /** A cache may be large: it is gone through only where it belongs to somebody else. */
    private static void giveOnce(Path cache, int uid) throws IOException {
        if (!Files.getAttribute(cache, "unix:uid").equals(uid)) {
            Untrusted.give(cache, uid);
        }
    }

    private Path cache(AppName app) {
        return places.caches().resolve(app.value());
    }

    private ReleaseFile run(BuildRequest request, Path work, Console console) throws IOException {
        BuildOutput output = new BuildOutput(console);
        int exitCode;
        try (BuildOutput.Lines out = output.stream();
                BuildOutput.Lines err = output.stream()) {
            Runner.Streams streams = new Runner.Streams(InputStream.nullInputStream(), out, err);
            exitCode = sandboxes.run(sandbox(request, work), streams, settings.longest());
        } catch (ProgramFailure e) {
            throw new UserException(
                    UserException.Kind.FAILED, "The build of " + request.app() + " was stopped: " + e.getMessage(), e);
        }
        Path out = work.resolve("out");
        String buildpack = Untrusted.read(out.resolve("buildpack")).orElse("").strip();
        if (exitCode != 0) {
            throw UserException.failed(
                    failure(request.app(), buildpack, exitCode) + String.join("\n", output.complaint()));
        }
        return ReleaseFile.parse(
                buildpack, Untrusted.read(out.resolve("release")).orElse(""));
    }

    private static String failure(AppName app, String buildpack, int exitCode) {
        String who = buildpack.isEmpty() ? "" : " in the buildpack " + buildpack;
        return "The build of " + app + " failed" + who + " (exit code " + exitCode + "):\n";
    }

    private Sandbox sandbox(BuildRequest request, Path work) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/bash", "/buildpacks/" + Buildpacks.DRIVER));
        command.addAll(steps(request.packs()));
        List<Mount> mounts = new ArrayList<>(List.of(
                Mount.readOnly(buildpacks.writeBelow(places.builds().resolve(".buildpacks")), "/buildpacks"),
                Mount.readOnly(work.resolve("env"), "/env"),
                Mount.writable(work.resolve("out"), "/out"),
                Mount.writable(work.resolve("tmp"), "/tmp"),
                Mount.writable(cache(request.app()), "/cache")));
        for (int at = 0; at < request.packs().size(); at++) {
            String place = place(request.packs().get(at), at);
            request.packs().get(at).files().ifPresent(files -> mounts.add(Mount.readOnly(files, place)));
        }
        return new Sandbox(
                "build." + request.app() + "." + UUID.randomUUID(),
                "build",
                request.user(),
                settings.limits(),
                command,
                Map.of(
                        "SLIPWAY_JDK",
                        settings.jdk().toString(),
                        "STACK",
                        request.config().getOrDefault("STACK", "host")),
                new Sandbox.App.Writable(work.resolve("app")),
                mounts);
    }

    /** What the driver is to do: see there. */
    private static List<String> steps(List<Pack> packs) {
        if (packs.isEmpty()) {
            List<String> names = new ArrayList<>(Buildpacks.NAMES);
            names.addFirst("detect");
            return names;
        }
        List<String> steps = new ArrayList<>(List.of("chosen"));
        for (int at = 0; at < packs.size(); at++) {
            steps.add(packs.get(at).name().toString());
            steps.add(place(packs.get(at), at));
        }
        return steps;
    }

    /** Where a buildpack is in the sandbox; the places are few, since all sandboxes share the directory that they are made in. */
    private static String place(Pack pack, int at) {
        if (pack.files().isPresent()) {
            return "/fetched/" + at;
        }
        return switch (pack.name()) {
            case Buildpack.BuiltIn(String name) -> "/buildpacks/" + name;
            case Buildpack.Local(String path) -> "/app/" + path;
            case Buildpack.Remote remote ->
                "/buildpacks/"
                        + remote.builtIn().orElseThrow(() -> new IllegalArgumentException(remote + " was not fetched"));
        };
    }

    private static void clear(Path work) throws IOException {
        for (String name : List.of("env", "out", "tmp")) {
            PrivateFiles.deleteTree(work.resolve(name));
        }
    }

    @Override
    public Build carry(AppName from, AppName to, Build build) {
        try {
            if (Files.exists(cache(from)) && Files.notExists(cache(to))) {
                Files.move(cache(from), cache(to), StandardCopyOption.ATOMIC_MOVE);
            }
            return builds.link(from, to, build);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void keep(AppName app, Set<String> keys) {
        try {
            builds.keep(app, keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void discard(AppName app, Build build) {
        try {
            builds.discard(app, build.key());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void purge(AppName app) {
        try {
            PrivateFiles.deleteTree(cache(app));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void forget(AppName app) {
        try {
            builds.forget(app);
            PrivateFiles.deleteTree(cache(app));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
