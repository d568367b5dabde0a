package dev.slipway.sigil.command;

import dev.slipway.sigil.format.Printer;
import dev.slipway.sigil.json.JsonReader;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import dev.slipway.sigil.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file of variables: JSON or YAML by its extension, else lines of {@code NAME=value}. */
final class VarsFile {
    private static final Budget NO_LIMIT = Budget.unlimited();

    private final Path directory;
    private final Map<String, String> environment;

    VarsFile(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** @throws FunctionException with the file's name and what is wrong with it */
    Map<@Nullable Object, @Nullable Object> read(String name) {
        String content = content(name);
        String shown = Bytes.of(name);
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "json" -> explained("failed to parse JSON vars file " + shown, () -> json(content));
            case "yaml", "yml" -> yaml(content, shown);
            default ->
                explained(
                        "failed to parse env vars file " + shown,
                        () -> new EnvironmentLines(environment).parse(content));
        };
    }

    private interface Parse {
        Map<@Nullable Object, @Nullable Object> run();
    }

    private static Map<@Nullable Object, @Nullable Object> explained(String problem, Parse parse) {
        try {
            return parse.run();
        } catch (FunctionException failure) {
            throw new FunctionException(problem + ": " + failure.getMessage());
        }
    }

    private String content(String name) {
        try {
            return Bytes.of(Files.readAllBytes(directory.resolve(name)));
        } catch (NoSuchFileException missing) {
            throw unreadable(name, "no such file or directory");
        } catch (IOException failure) {
            throw unreadable(name, String.valueOf(failure.getMessage()));
        }
    }

    private static FunctionException unreadable(String name, String reason) {
        return new FunctionException(
                Bytes.of("failed to read vars file %s: open %s: %s".formatted(name, name, reason)));
    }

    private static Map<@Nullable Object, @Nullable Object> json(String content) {
        return switch (JsonReader.read(content, NO_LIMIT)) {
            case null -> Map.of();
            case GoMap map -> map.entries();
            case GoList ignored -> throw notAnObject("array");
            case String ignored -> throw notAnObject("string");
            case Boolean ignored -> throw notAnObject("bool");
            default -> throw notAnObject("number");
        };
    }

    private static FunctionException notAnObject(String type) {
        return new FunctionException(
                "json: cannot unmarshal " + type + " into Go value of type map[string]interface {}");
    }

    private static Map<@Nullable Object, @Nullable Object> yaml(String content, String shown) {
        Object value;
        try {
            value = YamlReader.read(content, NO_LIMIT);
        } catch (FunctionException failure) {
            throw new FunctionException("failed to parse YAML vars file " + shown + ": " + failure.getMessage());
        }
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof GoMap map)) {
            throw new FunctionException("YAML vars file " + shown + " must contain a mapping at top level");
        }
        return withStringKeys(map).entries();
    }

    private static GoMap withStringKeys(GoMap map) {
        Map<@Nullable Object, @Nullable Object> entries = new HashMap<>();
        map.entries().forEach((key, value) -> entries.put(new Printer(NO_LIMIT).print(key), converted(value)));
        return GoMap.ofStrings(entries);
    }

    private static @Nullable Object converted(@Nullable Object value) {
        if (value instanceof GoMap map) {
            return withStringKeys(map);
        }
        if (value instanceof GoList list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(converted(element)));
            return GoList.of(elements);
        }
        return value;
    }
}
