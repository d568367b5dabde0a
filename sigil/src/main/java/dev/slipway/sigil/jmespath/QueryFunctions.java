package dev.slipway.sigil.jmespath;

import dev.slipway.sigil.json.JsonWriter;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.text.Numbers;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import dev.slipway.sigil.value.Kinds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The functions of JMESPath. */
final class QueryFunctions {
    /** The types of each function's parameters, alternatives after a bar; dots for any number of the last. */
    private static final Map<String, String> SIGNATURES = Map.ofEntries(
            Map.entry("length", "string|array|object"),
            Map.entry("starts_with", "string,string"),
            Map.entry("ends_with", "string,string"),
            Map.entry("contains", "array|string,any"),
            Map.entry("abs", "number"),
            Map.entry("ceil", "number"),
            Map.entry("floor", "number"),
            Map.entry("avg", "array[number]"),
            Map.entry("sum", "array[number]"),
            Map.entry("max", "array[number]|array[string]"),
            Map.entry("min", "array[number]|array[string]"),
            Map.entry("max_by", "array,expref"),
            Map.entry("min_by", "array,expref"),
            Map.entry("sort", "array[string]|array[number]"),
            Map.entry("sort_by", "array,expref"),
            Map.entry("map", "expref,array"),
            Map.entry("merge", "object..."),
            Map.entry("type", "any"),
            Map.entry("keys", "object"),
            Map.entry("values", "object"),
            Map.entry("join", "string,array[string]"),
            Map.entry("reverse", "array|string"),
            Map.entry("to_array", "any"),
            Map.entry("to_string", "any"),
            Map.entry("to_number", "any"),
            Map.entry("not_null", "any..."));

    private final Query query;
    private final Budget budget;

    QueryFunctions(Query query, Budget budget) {
        this.query = query;
        this.budget = budget;
    }

    @Nullable
    Object call(Node.Call call, @Nullable Object value) {
        List<@Nullable Object> given = new ArrayList<>();
        for (Node argument : call.arguments()) {
            given.add(argument instanceof Node.Reference ? argument : query.evaluate(argument, value));
        }
        String signature = SIGNATURES.get(call.name());
        if (signature == null) {
            throw new FunctionException("unknown function: " + call.name());
        }
        new Signature(signature, budget).check(given);
        given.forEach(this::charge);
        return switch (call.name()) {
            case "abs", "ceil", "floor" -> rounded(call.name(), (Double) Objects.requireNonNull(given.getFirst()));
            case "starts_with", "ends_with", "contains", "join" -> ofText(call.name(), given);
            case "max", "min", "max_by", "min_by", "sort", "sort_by", "map" -> ordered(call.name(), given);
            case "avg", "sum" -> summed(call.name(), list(given.getFirst()));
            default -> general(call.name(), given);
        };
    }

    /** Each function may make as many elements, or as many bytes, as it is given. */
    private void charge(@Nullable Object value) {
        switch (value) {
            case GoList list -> budget.elements(list.size());
            case GoMap map -> budget.elements(map.size());
            case String text -> budget.made(text.length());
            case null, default -> budget.step();
        }
    }

    private static GoList list(@Nullable Object value) {
        return (GoList) Objects.requireNonNull(value);
    }

    private static GoMap map(@Nullable Object value) {
        return (GoMap) Objects.requireNonNull(value);
    }

    private static double rounded(String name, double number) {
        return switch (name) {
            case "abs" -> Math.abs(number);
            case "ceil" -> Math.ceil(number);
            default -> Math.floor(number);
        };
    }

    private static double summed(String name, GoList numbers) {
        double sum = 0;
        for (Object number : numbers) {
            sum += (Double) Objects.requireNonNull(number);
        }
        return name.equals("sum") ? sum : sum / numbers.size();
    }

    private Object ofText(String name, List<@Nullable Object> given) {
        Object first = Objects.requireNonNull(given.get(0));
        Object second = given.get(1);
        return switch (name) {
            case "starts_with" -> ((String) first).startsWith((String) Objects.requireNonNull(second));
            case "ends_with" -> ((String) first).endsWith((String) Objects.requireNonNull(second));
            case "contains" -> contains(first, second);
            default -> {
                GoList parts = list(second);
                StringBuilder joined = new StringBuilder();
                for (int i = 0; i < parts.size(); i++) {
                    joined.append(i == 0 ? "" : (String) first).append(parts.get(i));
                    budget.size(joined.length());
                }
                budget.made(joined.length());
                yield joined.toString();
            }
        };
    }

    private boolean contains(Object in, @Nullable Object element) {
        if (in instanceof String text) {
            if (!(element instanceof String part)) {
                return false;
            }
            budget.search(part.length(), text.length());
            return text.contains(part);
        }
        for (Object candidate : list(in)) {
            boolean sameType = candidate != null
                    && element != null
                    && Kinds.typeName(candidate).equals(Kinds.typeName(element));
            if (sameType && (candidate instanceof GoList || candidate instanceof GoMap)) {
                throw new Panic("runtime error: comparing uncomparable type " + Kinds.typeName(candidate));
            }
            if (Equality.deep(candidate, element)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Object ordered(String name, List<@Nullable Object> given) {
        if (name.equals("map")) {
            return mapped((Node.Reference) Objects.requireNonNull(given.get(0)), list(given.get(1)));
        }
        List<@Nullable Object> elements = new ArrayList<>();
        list(given.getFirst()).forEach(elements::add);
        if (elements.size() < 2) {
            // What a lone element is ordered by is not looked at.
            return name.startsWith("sort") ? list(given.getFirst()) : elements.isEmpty() ? null : elements.getFirst();
        }
        Comparator<@Nullable Object> order = given.size() > 1
                ? byKey(name, (Node.Reference) Objects.requireNonNull(given.get(1)), elements)
                : QueryFunctions::compare;
        if (name.startsWith("sort")) {
            elements.sort(order);
            return GoList.of(elements);
        }
        Object best = elements.getFirst();
        for (Object element : elements) {
            int sign = order.compare(element, best);
            best = (name.startsWith("max") ? sign > 0 : sign < 0) ? element : best;
        }
        return best;
    }

    private static int compare(@Nullable Object left, @Nullable Object right) {
        return left instanceof Double first && right instanceof Double second
                ? Double.compare(first, second)
                : String.valueOf(left).compareTo(String.valueOf(right));
    }

    /** Orders by what the expression finds in each element: numbers all, or strings all. */
    private Comparator<@Nullable Object> byKey(String name, Node.Reference by, List<@Nullable Object> elements) {
        Class<?> wanted = null;
        for (Object element : elements) {
            Object key = query.evaluate(by.expression(), element);
            if (wanted == null && !(key instanceof Double) && !(key instanceof String)) {
                throw new FunctionException("invalid type, must be number of string");
            }
            if (wanted != null && !wanted.isInstance(key)) {
                throw new FunctionException(
                        name.equals("sort_by")
                                ? "error in sort_by comparison"
                                : "invalid type, must be " + (wanted == Double.class ? "number" : "string"));
            }
            wanted = Objects.requireNonNull(key).getClass();
        }
        return (left, right) -> compare(query.evaluate(by.expression(), left), query.evaluate(by.expression(), right));
    }

    private GoList mapped(Node.Reference by, GoList list) {
        List<@Nullable Object> found = new ArrayList<>();
        list.forEach(element -> found.add(query.evaluate(by.expression(), element)));
        return GoList.of(found);
    }

    private @Nullable Object general(String name, List<@Nullable Object> given) {
        Object first = given.isEmpty() ? null : given.getFirst();
        return switch (name) {
            case "length" -> (double) length(first);
            case "merge" -> merged(given);
            case "type" -> type(first);
            case "keys" -> GoList.of(map(first).sortedKeys());
            case "values" -> GoList.of(Objects.requireNonNull(query.values(first)));
            case "reverse" -> reversed(first);
            case "to_array" -> first instanceof GoList ? first : GoList.of(Collections.singletonList(first));
            case "to_string" -> first instanceof String ? first : JsonWriter.write(first, budget);
            case "to_number" -> number(first);
            default -> given.stream().filter(Objects::nonNull).findFirst().orElse(null);
        };
    }

    private static int length(@Nullable Object value) {
        return switch (value) {
            case String text -> Bytes.runeCount(text);
            case GoList list -> list.size();
            case GoMap map -> map.size();
            case null, default -> throw new FunctionException("could not compute length()");
        };
    }

    private static GoMap merged(List<@Nullable Object> maps) {
        Map<@Nullable Object, @Nullable Object> entries = new HashMap<>();
        for (Object given : maps) {
            if (!(given instanceof GoMap map) || map.anyKeys()) {
                throw new Panic("interface conversion: interface {} is "
                        + (given == null
                                ? "nil"
                                : given instanceof Node.Reference ? "jmespath.expRef" : Kinds.typeName(given))
                        + ", not map[string]interface {}");
            }
            entries.putAll(map.entries());
        }
        return GoMap.ofStrings(entries);
    }

    private static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Double ignored -> "number";
            case String ignored -> "string";
            case Boolean ignored -> "boolean";
            case GoList ignored -> "array";
            case GoMap map when !map.anyKeys() -> "object";
            default -> throw new FunctionException("unknown type");
        };
    }

    private static Object reversed(@Nullable Object value) {
        if (value instanceof String text) {
            return Bytes.of(new StringBuilder(Bytes.text(text)).reverse().toString());
        }
        List<@Nullable Object> elements = new ArrayList<>();
        list(value).forEach(elements::add);
        return GoList.of(elements.reversed());
    }

    private static @Nullable Object number(@Nullable Object value) {
        return switch (value) {
            case Double number -> number;
            case String text -> Numbers.parseFloat(text);
            case null -> null;
            case Boolean ignored -> null;
            case GoList ignored -> null;
            case GoMap ignored -> null;
            default -> throw new FunctionException("unknown type");
        };
    }
}
