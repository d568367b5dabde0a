package dev.slipway.command;

import dev.slipway.build.BuildRequest;
import dev.slipway.build.Builder;
import dev.slipway.console.Console;
import dev.slipway.model.AppName;
import dev.slipway.model.Build;
import dev.slipway.model.Procfile;
import dev.slipway.model.SandboxUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Builds nothing, and remembers what it was told to build. */
final class MemoryBuilder implements Builder {

    final List<String> trees = new CopyOnWriteArrayList<>();

    final List<Map<String, String>> configs = new CopyOnWriteArrayList<>();

    final List<Set<String>> kept = new CopyOnWriteArrayList<>();

    /** Keys of the builds that were made from others and not removed again. */
    final List<String> amended = new CopyOnWriteArrayList<>();

    Optional<Build> present = Optional.empty();

    volatile Runnable meanwhile = () -> {};

    @Override
    public String key(String treeId, Map<String, String> config) {
        return treeId;
    }

    @Override
    public Optional<Build> find(AppName app, String key) {
        return present;
    }

    @Override
    public Build build(BuildRequest request, Console console) {
        trees.add(request.treeId());
        configs.add(request.config());
        meanwhile.run();
        try {
            Path kept = Files.createDirectories(request.source().resolveSibling("built"))
                    .resolve(String.valueOf(trees.size()));
            Files.move(request.source(), kept);
            Path file = kept.resolve("Procfile");
            String text = Files.exists(file) ? Files.readString(file) : "web: from the buildpack\nbee: hum\n";
            return new Build(request.treeId(), kept, Procfile.parse("Procfile", text), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Build amend(AppName app, Build build, SandboxUser owner, Consumer<Path> change) {
        change.accept(build.tree());
        Build amended = build.amended(UUID.randomUUID());
        this.amended.add(amended.key());
        return amended;
    }

    @Override
    public void discard(AppName app, Build build) {
        amended.remove(build.key());
    }

    @Override
    public Build carry(AppName from, AppName to, Build build) {
        return build.withTree(Path.of("/builds", to.value(), build.key(), "app"));
    }

    @Override
    public void purge(AppName app) {}

    @Override
    public void keep(AppName app, Set<String> keys) {
        kept.add(keys);
    }

    @Override
    public void forget(AppName app) {}
}
