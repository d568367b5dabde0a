package dev.slipway.deploy;

import dev.slipway.build.BuildRequest;
import dev.slipway.build.Builder;
import dev.slipway.build.Pack;
import dev.slipway.console.Console;
import dev.slipway.model.App;
import dev.slipway.model.Build;
import dev.slipway.model.Buildpack;
import dev.slipway.model.Revision;
import dev.slipway.model.SandboxUser;
import dev.slipway.model.UserException;
import dev.slipway.sandbox.PrivateFiles;
import dev.slipway.source.Layout;
import dev.slipway.source.Mirrors;
import dev.slipway.source.Revisions;
import dev.slipway.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Gives a revision whose files are acceptable its build: the one that is there already, or a new one. */
final class BuildStep {

    private static final String PROCFILE = AppProperty.PROCFILE_PATH.otherwise();

    private final Store store;
    private final Builder builder;
    private final Revisions revisions;
    private final Mirrors mirrors;
    private final Users users;
    private final Path workshop;

    BuildStep(Deployer.Parts parts) {
        this.store = parts.store();
        this.builder = parts.builder();
        this.revisions = parts.revisions();
        this.mirrors = parts.mirrors();
        this.users = parts.users();
        this.workshop = parts.workshop();
    }

    /** @param again empty, or what tells this build from one of the same files that is there */
    Build make(Preflight.Checked checked, String again, Console console) {
        App app = checked.app();
        Map<Buildpack, Revision> fetched = fetch(checked.packs(), console);
        String name = name(checked, fetched) + again;
        Map<String, String> config = config(app);
        Optional<Build> present = builder.find(app.name(), builder.key(name, config));
        if (present.isPresent()) {
            console.step("Using the build that is there: neither the files nor the builder changed");
            return present.get();
        }
        SandboxUser user = users.builds(app);
        List<Path> temporary = new ArrayList<>();
        try {
            List<Pack> packs = new ArrayList<>();
            for (Buildpack pack : checked.packs()) {
                packs.add(
                        fetched.containsKey(pack)
                                ? laidOut(pack, fetched.get(pack), user, temporary, console)
                                : Pack.present(pack));
            }
            Path tree = place(app.name().value(), temporary);
            warnOfSubmodules(revisions.layOut(checked.source(), tree, user), console);
            if (settings(app).keepsHistory()) {
                revisions.keepHistory(checked.source(), tree, user);
            }
            checked.procfile().ifPresent(procfile -> put(procfile, tree));
            return builder.build(
                    new BuildRequest(app.name(), tree, name, config, packs, user, users.runs(app)), console);
        } finally {
            ToTheEnd.run(() -> remove(temporary));
        }
    }

    /** The same files build otherwise with another Procfile, with other buildpacks, or if they can ask for their history. */
    private String name(Preflight.Checked checked, Map<Buildpack, Revision> fetched) {
        StringBuilder name = new StringBuilder(checked.treeId());
        if (settings(checked.app()).keepsHistory()) {
            name.append(" with the history of ").append(checked.source().revision());
        }
        checked.procfile()
                .map(Preflight.Declaration::path)
                .filter(path -> !path.equals(PROCFILE))
                .ifPresent(path -> name.append(' ').append(path));
        checked.packs().forEach(pack -> {
            name.append(" with ").append(pack);
            Optional.ofNullable(fetched.get(pack))
                    .ifPresent(revision -> name.append(" at ").append(revision));
        });
        return name.toString();
    }

    /** What the app's processes are given of config, but for what changes with every revision. */
    private Map<String, String> config(App app) {
        Map<String, String> config = new TreeMap<>(store.globalConfig().values());
        config.putAll(app.config().values());
        settings(app).revisionVariable().ifPresent(config::remove);
        return config;
    }

    private Settings settings(App app) {
        return new Settings(app, store.globalProperties());
    }

    private Map<Buildpack, Revision> fetch(List<Buildpack> packs, Console console) {
        Map<Buildpack, Revision> fetched = new LinkedHashMap<>();
        for (Buildpack pack : packs) {
            if (pack instanceof Buildpack.Remote(String url, String ref)
                    && pack.builtIn().isEmpty()) {
                console.step("Fetching the buildpack " + pack);
                fetched.put(pack, mirrors.fetch(url, ref));
            }
        }
        return fetched;
    }

    private Pack laidOut(Buildpack pack, Revision revision, SandboxUser user, List<Path> temporary, Console console) {
        Path files = place("buildpack", temporary);
        warnOfSubmodules(mirrors.layOut(((Buildpack.Remote) pack).url(), revision, files, user), console);
        return new Pack(pack, Optional.of(files));
    }

    private Path place(String name, List<Path> temporary) {
        Path place = workshop.resolve(name + "-" + UUID.randomUUID());
        temporary.add(place);
        return place;
    }

    private static void remove(List<Path> temporary) {
        try {
            for (Path path : temporary) {
                PrivateFiles.deleteTree(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forgetBuildpacks(Instant unusedSince) {
        mirrors.forget(unusedSince);
    }

    /** Removes what a killed daemon was building. */
    void sweep() {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(workshop)) {
            remove(StreamSupport.stream(left.spliterator(), false).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void warnOfSubmodules(Layout layout, Console console) {
        layout.submodules()
                .forEach(path -> console.warn("Submodule " + path + " is left out: git does not push its files"));
    }

    /** Buildpacks look for the Procfile in one place alone. A link that has its name is replaced and not followed. */
    private static void put(Preflight.Declaration procfile, Path tree) {
        if (procfile.path().equals(PROCFILE)) {
            return;
        }
        try {
            Files.deleteIfExists(tree.resolve(PROCFILE));
            Files.writeString(tree.resolve(PROCFILE), procfile.text(), StandardOpenOption.CREATE_NEW);
        } catch (DirectoryNotEmptyException e) {
            throw new UserException(
                    UserException.Kind.INVALID,
                    PROCFILE + " is a directory of the repository, where builds look for the file that "
                            + procfile.path() + " is: rename the directory",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
