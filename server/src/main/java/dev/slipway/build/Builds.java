package dev.slipway.build;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.model.AppName;
import dev.slipway.model.Build;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Procfile;
import dev.slipway.sandbox.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The builds on disk: {@code APP/KEY} with {@code app}, the tree, and {@code build.json}. One that is being made has a name that
 * begins with a dot; a build that can be found is whole.
 */
record Builds(Path directory) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String DESCRIPTION = "build.json";

    Optional<Build> find(AppName app, String key) throws IOException {
        Path build = directory.resolve(app.value()).resolve(key);
        Path description = build.resolve(DESCRIPTION);
        return Files.exists(description)
                ? Optional.of(read(key, build.resolve("app"), Files.readString(description)))
                : Optional.empty();
    }

    private static Build read(String key, Path tree, String description) throws IOException {
        JsonNode json = JSON.readTree(description);
        LinkedHashMap<ProcessType, String> commands = new LinkedHashMap<>();
        for (JsonNode process : json.required("processes")) {
            commands.put(
                    new ProcessType(process.required("type").asText()),
                    process.required("command").asText());
        }
        Map<String, String> environment =
                JSON.convertValue(json.required("environment"), new TypeReference<Map<String, String>>() {});
        return new Build(key, tree, new Procfile(commands), environment);
    }

    /** An empty directory for a build to be made in. */
    Path begin(AppName app) throws IOException {
        return Files.createTempDirectory(PrivateFiles.directory(directory.resolve(app.value())), ".new-");
    }

    /** Makes what was built in a directory from {@link #begin} the build of this name. */
    Build finish(AppName app, Path begun, Build build) throws IOException {
        PrivateFiles.replace(begun.resolve(DESCRIPTION), json(build).toString());
        Path place = directory.resolve(app.value()).resolve(build.key());
        Files.move(begun, place, StandardCopyOption.ATOMIC_MOVE);
        return new Build(build.key(), place.resolve("app"), build.procfile(), build.environment());
    }

    private static ObjectNode json(Build build) {
        ObjectNode json = JSON.createObjectNode();
        json.set("environment", JSON.valueToTree(build.environment()));
        var processes = json.putArray("processes");
        build.procfile()
                .commands()
                .forEach((type, command) ->
                        processes.addObject().put("type", type.value()).put("command", command));
        return json;
    }

    /** Makes a build another app's too: directories of its own, the files by hard links, since nobody ever writes to them. */
    Build link(AppName from, AppName to, Build build) throws IOException {
        Path place = directory.resolve(to.value()).resolve(build.key());
        if (Files.notExists(place)) {
            Path begun = begin(to);
            SecondTree.linked(directory.resolve(from.value()).resolve(build.key()), begun);
            Files.move(begun, place, StandardCopyOption.ATOMIC_MOVE);
        }
        return build.withTree(place.resolve("app"));
    }

    void discard(AppName app, String key) throws IOException {
        PrivateFiles.deleteTree(directory.resolve(app.value()).resolve(key));
    }

    void keep(AppName app, Set<String> keys) throws IOException {
        Path builds = directory.resolve(app.value());
        if (Files.isDirectory(builds)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(builds)) {
                for (Path entry : entries) {
                    String name = entry.getFileName().toString();
                    if (!name.startsWith(".") && keys.stream().noneMatch(key -> Build.isMadeFrom(key, name))) {
                        PrivateFiles.deleteTree(entry);
                    }
                }
            }
        }
    }

    /** Removes what a killed daemon did not finish. */
    void sweep() throws IOException {
        PrivateFiles.directory(directory);
        try (DirectoryStream<Path> apps = Files.newDirectoryStream(directory, "[!.]*")) {
            for (Path app : apps) {
                try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(app, ".new-*")) {
                    for (Path entry : unfinished) {
                        PrivateFiles.deleteTree(entry);
                    }
                }
            }
        }
    }

    void forget(AppName app) throws IOException {
        PrivateFiles.deleteTree(directory.resolve(app.value()));
    }
}
