package dev.slipway.sigil.functions;

import dev.slipway.sigil.functions.Function.Parameter;
import dev.slipway.sigil.functions.Function.Result;
import dev.slipway.sigil.jmespath.Query;
import dev.slipway.sigil.json.JsonReader;
import dev.slipway.sigil.json.JsonWriter;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.text.Integers;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import dev.slipway.sigil.value.Kinds;
import dev.slipway.sigil.yaml.YamlReader;
import dev.slipway.sigil.yaml.YamlWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** sigil's functions on structured data: JSON, YAML and ways into them. */
final class Structured {
    private Structured() {}

    static List<Function> all() {
        return List.of(
                of("json", (given, host) -> JsonReader.read(FileFunctions.read(given[0], host), host.budget())),
                of("tojson", (given, host) -> JsonWriter.write(stringKeys(given[0], host.budget()), host.budget())),
                of("yaml", (given, host) -> YamlReader.read(FileFunctions.read(given[0], host), host.budget())),
                of("toyaml", (given, host) -> YamlWriter.write(given[0], host.budget())),
                new Function(
                        "jmespath",
                        List.of(Parameter.STRING, Parameter.ANY),
                        null,
                        Result.BOXED,
                        (given, host) -> Query.search(Given.string(given[0]), given[1], host.budget())),
                new Function(
                        "pointer",
                        List.of(Parameter.STRING, Parameter.ANY),
                        null,
                        Result.BOXED,
                        (given, host) -> pointer(Given.string(given[0]), given[1], host.budget())));
    }

    private static Function of(String name, Function.Body body) {
        return new Function(name, List.of(Parameter.ANY), null, Result.BOXED, body);
    }

    /** Maps out of YAML as maps that JSON has, as far down as maps hold maps; a list ends the way. */
    private static @Nullable Object stringKeys(@Nullable Object value, Budget budget) {
        if (!(value instanceof GoMap map) || !map.anyKeys()) {
            return value;
        }
        Map<@Nullable Object, @Nullable Object> entries = new HashMap<>();
        for (Object key : map.sortedKeys()) {
            budget.elements(1);
            entries.put(stringKey(key), stringKeys(map.get(key), budget));
        }
        return GoMap.ofStrings(entries);
    }

    private static String stringKey(@Nullable Object key) {
        if (key instanceof String text) {
            return text;
        }
        String type = key == null ? "nil" : Kinds.typeName(key);
        throw new FunctionException("interface conversion: interface {} is " + type + ", not string");
    }

    /** A JSON pointer (RFC 6901); what leads nowhere is nil. */
    private static @Nullable Object pointer(String path, @Nullable Object in, Budget budget) {
        if (!(in instanceof GoMap map)) {
            throw new FunctionException("pointer needs a map type");
        }
        budget.elements(map.size());
        Map<@Nullable Object, @Nullable Object> entries = new HashMap<>();
        map.entries().forEach((key, value) -> entries.put(stringKey(key), value));
        Object value = GoMap.ofStrings(entries);
        if (path.isEmpty()) {
            return value;
        }
        for (String step : path.substring(1).split("/", -1)) {
            if (value instanceof GoMap level && !level.anyKeys()) {
                value = level.get(step.replace("~1", "/").replace("~0", "~"));
            } else if (value instanceof GoList list) {
                value = element(list, Integers.atoi(step));
            } else {
                return null;
            }
        }
        return value;
    }

    private static @Nullable Object element(GoList list, @Nullable Long index) {
        if (index == null || index >= list.size()) {
            return null;
        }
        if (index < 0) {
            throw new FunctionException("runtime error: index out of range [" + index + "]");
        }
        return list.get(index.intValue());
    }
}
