package dev.slipway.sigil.functions;

import dev.slipway.sigil.functions.Function.Parameter;
import dev.slipway.sigil.functions.Function.Result;
import dev.slipway.sigil.value.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that a sigil template can call: Go's functions and sigil's. */
public final class SigilFunctions {
    private static final Map<String, Function> ALL =
            withGo(GoFunctions.named(Strings.all(), Lists.all(), List.of(variable())));

    private SigilFunctions() {}

    /** By name. */
    public static Map<String, Function> all() {
        return ALL;
    }

    /** The same names, those that reach outside refused. */
    public static Map<String, Function> safe() {
        return ALL;
    }

    private static Map<String, Function> withGo(Map<String, Function> sigil) {
        Map<String, Function> functions = new HashMap<>(GoFunctions.all());
        functions.putAll(sigil);
        return Map.copyOf(functions);
    }

    private static Function variable() {
        return new Function(
                "var",
                List.of(Parameter.STRING),
                null,
                Result.BOXED,
                (given, host) -> Bytes.of(host.environment().getOrDefault(Bytes.text(Given.string(given[0])), "")));
    }
}
