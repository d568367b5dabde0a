package dev.slipway.sigil.functions;

import dev.slipway.sigil.functions.Function.Parameter;
import dev.slipway.sigil.functions.Function.Result;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.text.Integers;
import dev.slipway.sigil.text.PathPattern;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import dev.slipway.sigil.value.Kinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** sigil's functions on lists and maps. Where sigil leaves the order to chance, it is the order of the keys or of first sight. */
final class Lists {
    private static final String NOT_STRINGS = " must be given a string map of strings";

    private Lists() {}

    static List<Function> all() {
        return List.of(
                new Function(
                        "seq",
                        List.of(Parameter.ANY),
                        null,
                        Result.TYPED,
                        (given, host) -> sequence(given[0], host.budget())),
                of("join", List.of(Parameter.STRING, Parameter.LIST), Result.BOXED, Lists::join),
                of("split", List.of(Parameter.STRING, Parameter.ANY), Result.TYPED, Lists::split),
                of("joinkv", List.of(Parameter.STRING, Parameter.ANY), Result.TYPED, Lists::joinPairs),
                of("splitkv", List.of(Parameter.STRING, Parameter.LIST), Result.BOXED, Lists::splitPairs),
                of("append", List.of(Parameter.ANY, Parameter.LIST), Result.TYPED, Lists::append),
                of("drop", List.of(Parameter.ANY, Parameter.LIST), Result.TYPED, Lists::drop),
                new Function(
                        "uniq", List.of(), Parameter.LIST, Result.TYPED, (given, host) -> unique(given, host.budget())),
                of(
                        "default",
                        List.of(Parameter.ANY, Parameter.ANY),
                        Result.BOXED,
                        (value, in, budget) -> isZero(in) ? value : in));
    }

    private interface OfTwo {
        @Nullable
        Object apply(@Nullable Object first, @Nullable Object second, Budget budget);
    }

    private static Function of(String name, List<Parameter> parameters, Result result, OfTwo work) {
        return new Function(
                name, parameters, null, result, (given, host) -> work.apply(given[0], given[1], host.budget()));
    }

    /** The numbers below the given one, as strings. */
    private static GoList sequence(@Nullable Object given, Budget budget) {
        Long count = given instanceof Long number ? number : given instanceof String text ? Integers.atoi(text) : null;
        if (count == null) {
            throw new FunctionException("seq must be given an integer or numeric string");
        }
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw new FunctionException("runtime error: makeslice: len out of range");
        }
        budget.elements(count);
        List<@Nullable Object> numbers = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            numbers.add(Long.toString(i));
        }
        return GoList.appended(numbers);
    }

    /** Elements other than strings are left out. */
    private static String join(@Nullable Object delimiter, @Nullable Object list, Budget budget) {
        StringBuilder out = new StringBuilder();
        boolean first = true;
        for (Object element : Given.list(list)) {
            if (element instanceof String text) {
                out.append(first ? "" : Given.string(delimiter)).append(text);
                first = false;
            }
            budget.step();
            budget.size(out.length());
        }
        budget.made(out.length());
        return out.toString();
    }

    private static GoList split(@Nullable Object delimiter, @Nullable Object in, Budget budget) {
        String text = Given.text(in, "split", budget);
        String by = Given.string(delimiter);
        budget.search(by.length(), text.length());
        budget.made(text.length());
        List<@Nullable Object> parts = new ArrayList<>();
        if (by.isEmpty()) {
            for (int i = 0; i < text.length(); i += Bytes.widthAt(text, i)) {
                budget.elements(1);
                parts.add(text.substring(i, i + Bytes.widthAt(text, i)));
            }
            return GoList.appended(parts);
        }
        int from = 0;
        for (int at = text.indexOf(by); at >= 0; at = text.indexOf(by, from)) {
            budget.elements(1);
            parts.add(text.substring(from, at));
            from = at + by.length();
        }
        parts.add(text.substring(from));
        return GoList.appended(parts);
    }

    private static GoList joinPairs(@Nullable Object delimiter, @Nullable Object in, Budget budget) {
        if (!(in instanceof GoMap map) || map.anyKeys()) {
            throw new FunctionException("joinkv" + NOT_STRINGS);
        }
        List<@Nullable Object> pairs = new ArrayList<>();
        for (Object key : map.sortedKeys()) {
            if (!(map.get(key) instanceof String value)) {
                throw new FunctionException("joinkv" + NOT_STRINGS);
            }
            String pair = key + Given.string(delimiter) + value;
            budget.made(pair.length());
            budget.elements(1);
            pairs.add(pair);
        }
        return GoList.appended(pairs);
    }

    private static GoMap splitPairs(@Nullable Object delimiter, @Nullable Object list, Budget budget) {
        String by = Given.string(delimiter);
        Map<@Nullable Object, @Nullable Object> pairs = new HashMap<>();
        for (Object element : Given.list(list)) {
            budget.elements(1);
            if (!(element instanceof String text)) {
                throw new FunctionException("splitkv" + NOT_STRINGS);
            }
            budget.made(text.length());
            // An empty separator cuts off the first letter.
            int at = by.isEmpty() && !text.isEmpty() ? Bytes.widthAt(text, 0) : text.indexOf(by);
            if (at < 0 || (by.isEmpty() && at >= text.length())) {
                pairs.put(text, true);
            } else {
                pairs.put(text.substring(0, at), text.substring(at + by.length()));
            }
        }
        return GoMap.ofStrings(pairs);
    }

    private static GoList append(@Nullable Object item, @Nullable Object list, Budget budget) {
        GoList items = Given.list(list);
        budget.spend(items.capacity() == items.size() ? 2L * items.size() : 1);
        return items.append(item);
    }

    /** A string is a pattern for strings; anything else drops its equals. */
    private static GoList drop(@Nullable Object item, @Nullable Object list, Budget budget) {
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object element : Given.list(list)) {
            budget.elements(1);
            if (!(item instanceof String pattern ? matches(pattern, element, budget) : same(item, element))) {
                kept.add(element);
            }
        }
        return GoList.appended(kept);
    }

    private static boolean matches(String pattern, @Nullable Object element, Budget budget) {
        if (!(element instanceof String text)) {
            throw new FunctionException("all elements must be a string to drop a string");
        }
        budget.search(pattern.length(), text.length());
        try {
            return PathPattern.matches(pattern, text);
        } catch (FunctionException malformed) {
            throw new FunctionException("bad pattern: " + pattern);
        }
    }

    /** Go's {@code ==} on interfaces. */
    private static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == null && right == null;
        }
        if (left.getClass() != right.getClass() || !Kinds.typeName(left).equals(Kinds.typeName(right))) {
            return false;
        }
        refuseUncomparable(left, "comparing uncomparable type ");
        return left instanceof Double number ? number.doubleValue() == (Double) right : left.equals(right);
    }

    private static void refuseUncomparable(Object value, String problem) {
        if (value instanceof GoList || value instanceof GoMap) {
            throw new FunctionException("runtime error: " + problem + Kinds.typeName(value));
        }
    }

    private static boolean isZero(@Nullable Object value) {
        if (value == null) {
            return true;
        }
        refuseUncomparable(value, "comparing uncomparable type ");
        return !Kinds.isTrue(value);
    }

    private static GoList unique(@Nullable Object[] lists, Budget budget) {
        Set<@Nullable Object> seen = new LinkedHashSet<>();
        for (Object list : lists) {
            for (Object element : Given.list(list)) {
                budget.elements(1);
                if (element != null) {
                    refuseUncomparable(element, "hash of unhashable type ");
                }
                seen.add(element);
            }
        }
        return GoList.appended(new ArrayList<>(seen));
    }
}
