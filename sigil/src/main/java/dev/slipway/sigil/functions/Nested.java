package dev.slipway.sigil.functions;

import dev.slipway.sigil.functions.Function.Parameter;
import dev.slipway.sigil.functions.Function.Result;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoMap;
import dev.slipway.sigil.value.Kinds;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** sigil's {@code include} and {@code render}: a template inside a template, with only the variables it is given. */
final class Nested {
    private Nested() {}

    static List<Function> all() {
        return List.of(
                new Function("include", List.of(Parameter.STRING), Parameter.ANY, Result.BOXED, Nested::include),
                new Function("render", List.of(), Parameter.ANY, Result.BOXED, Nested::render));
    }

    private static String include(@Nullable Object[] given, Host host) {
        Path file = host.files().find(Given.string(given[0]));
        String text = host.files().read(file);
        host.budget().made(text.length());
        String name = Bytes.of(String.valueOf(file.getFileName()));
        return host.files().within(file, () -> host.render(text, name, variables(given, 1, given.length)));
    }

    private static String render(@Nullable Object[] given, Host host) {
        if (given.length == 0) {
            throw new FunctionException("runtime error: index out of range [-1]");
        }
        Object text = given[given.length - 1];
        if (!(text instanceof String template)) {
            String type = text == null ? "nil" : Kinds.typeName(text);
            throw new FunctionException("interface conversion: interface {} is " + type + ", not string");
        }
        return host.render(template, "<render>", variables(given, 0, given.length - 1));
    }

    /** Maps and {@code NAME=value} strings; anything else is passed over. */
    private static Map<@Nullable Object, @Nullable Object> variables(@Nullable Object[] given, int from, int to) {
        Map<@Nullable Object, @Nullable Object> variables = new HashMap<>();
        for (int i = from; i < to; i++) {
            if (given[i] instanceof GoMap map && !map.anyKeys()) {
                variables.putAll(map.entries());
            } else if (given[i] instanceof String pair && pair.indexOf('=') >= 0) {
                int equals = pair.indexOf('=');
                variables.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return variables;
    }
}
