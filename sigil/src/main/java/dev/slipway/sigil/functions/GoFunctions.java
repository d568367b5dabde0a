package dev.slipway.sigil.functions;

import dev.slipway.sigil.format.Printer;
import dev.slipway.sigil.functions.Function.Parameter;
import dev.slipway.sigil.functions.Function.Result;
import dev.slipway.sigil.value.Kinds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The functions that {@code text/template} itself has. */
public final class GoFunctions {
    private static final Map<String, Function> ALL = named(
            List.of(
                    new Function(
                            "not",
                            List.of(Parameter.VALUE),
                            null,
                            Result.TYPED,
                            (given, host) -> !Kinds.isTrue(given[0])),
                    // These three are the evaluator's own: they take their arguments one by one, or never succeed.
                    evaluated("and"),
                    evaluated("or"),
                    evaluated("call"),
                    new Function(
                            "print",
                            List.of(),
                            Parameter.ANY,
                            Result.TYPED,
                            (given, host) -> new Printer(host.budget()).print(given)),
                    new Function(
                            "println",
                            List.of(),
                            Parameter.ANY,
                            Result.TYPED,
                            (given, host) -> new Printer(host.budget()).println(given)),
                    new Function(
                            "printf",
                            List.of(Parameter.STRING),
                            Parameter.ANY,
                            Result.TYPED,
                            (given, host) -> new Printer(host.budget())
                                    .printf(
                                            (String) Objects.requireNonNull(given[0]),
                                            Arrays.copyOfRange(given, 1, given.length)))),
            Comparison.all(),
            Indexing.all(),
            Escaping.all());

    private GoFunctions() {}

    /** By name. */
    public static Map<String, Function> all() {
        return ALL;
    }

    private static Function evaluated(String name) {
        return new Function(name, List.of(Parameter.VALUE), Parameter.VALUE, Result.TYPED, (given, host) -> {
            throw new IllegalStateException(name + " is not called");
        });
    }

    @SafeVarargs
    static Map<String, Function> named(List<Function>... groups) {
        Map<String, Function> functions = new HashMap<>();
        for (List<Function> group : groups) {
            group.forEach(function -> functions.put(function.name(), function));
        }
        return Map.copyOf(functions);
    }
}
