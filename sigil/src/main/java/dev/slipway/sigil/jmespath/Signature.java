package dev.slipway.sigil.jmespath;

import dev.slipway.sigil.format.Printer;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types of a function's parameters, alternatives after a bar; dots for any number of the last. */
record Signature(String text, Budget budget) {
    void check(List<@Nullable Object> given) {
        boolean variadic = text.endsWith("...");
        String[] wanted = text.replace("...", "").split(",", -1);
        if (variadic && given.size() < wanted.length) {
            throw new FunctionException("Invalid arity.");
        }
        if (variadic) {
            // go-jmespath does not look at the types of any number of arguments.
            return;
        }
        if (given.size() != wanted.length) {
            throw new FunctionException("incorrect number of args");
        }
        for (int i = 0; i < given.size(); i++) {
            check(given.get(i), wanted[i].split("\\|"));
        }
    }

    private void check(@Nullable Object value, String[] types) {
        for (String type : types) {
            if (isOf(value, type)) {
                return;
            }
        }
        String shown = value instanceof Node.Reference ? "&" : new Printer(budget).print(value);
        String expected = "[]jmespath.jpType{\"" + String.join("\", \"", types) + "\"}";
        throw new FunctionException("Invalid type for: " + shown + ", expected: " + expected);
    }

    private static boolean isOf(@Nullable Object value, String type) {
        return switch (type) {
            case "any" -> !(value instanceof Node.Reference);
            case "string" -> value instanceof String;
            case "number" -> value instanceof Double;
            case "array" -> value instanceof GoList;
            case "object" -> value instanceof GoMap map && !map.anyKeys();
            case "expref" -> value instanceof Node.Reference;
            case "array[number]" -> allOf(value, Double.class);
            default -> allOf(value, String.class);
        };
    }

    private static boolean allOf(@Nullable Object value, Class<?> type) {
        if (!(value instanceof GoList list)) {
            return false;
        }
        for (Object element : list) {
            if (!type.isInstance(element)) {
                return false;
            }
        }
        return true;
    }
}
