package dev.slipway.sigil.functions;

import dev.slipway.sigil.functions.Function.Parameter;
import dev.slipway.sigil.functions.Function.Result;
import dev.slipway.sigil.value.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that a sigil template can call: Go's functions and sigil's. */
public final class SigilFunctions {
    private static final Map<String, Function> ALL = with(
            GoFunctions.all(),
            Strings.all(),
            Lists.all(),
            FileFunctions.all(),
            Nested.all(),
            Structured.all(),
            Outside.all(),
            List.of(variable()));
    private static final Map<String, Function> SAFE = with(ALL, Outside.refused());

    private SigilFunctions() {}

    /** By name. */
    public static Map<String, Function> all() {
        return ALL;
    }

    /** The same names, those that reach outside refused. */
    public static Map<String, Function> safe() {
        return SAFE;
    }

    @SafeVarargs
    private static Map<String, Function> with(Map<String, Function> others, List<Function>... groups) {
        Map<String, Function> functions = new HashMap<>(others);
        functions.putAll(GoFunctions.named(groups));
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
