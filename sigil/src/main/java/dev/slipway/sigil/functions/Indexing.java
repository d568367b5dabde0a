package dev.slipway.sigil.functions;

import dev.slipway.sigil.functions.Function.Parameter;
import dev.slipway.sigil.functions.Function.Result;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.value.Boxed;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import dev.slipway.sigil.value.Kinds;
import dev.slipway.sigil.value.Unsigned;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Go's {@code index}, {@code slice} and {@code len}. */
final class Indexing {
    private Indexing() {}

    static List<Function> all() {
        List<Parameter> one = List.of(Parameter.VALUE);
        return List.of(
                new Function("index", one, Parameter.VALUE, Result.TYPED, (given, host) -> index(given)),
                new Function("slice", one, Parameter.VALUE, Result.TYPED, (given, host) -> slice(given, host.budget())),
                new Function("len", one, null, Result.TYPED, (given, host) -> length(given[0])));
    }

    private static @Nullable Object index(@Nullable Object[] given) {
        if (Boxed.open(given[0]) == null) {
            throw new FunctionException("index of untyped nil");
        }
        Object item = given.length == 1 ? Boxed.open(given[0]) : given[0];
        for (int i = 1; i < given.length; i++) {
            Object open = Boxed.open(item);
            if (open == null) {
                throw new FunctionException("index of nil pointer");
            }
            item = element(open, Boxed.open(given[i]));
        }
        return item;
    }

    private static Object element(Object item, @Nullable Object index) {
        return switch (item) {
            case GoList list -> {
                int at = position(index, list.size());
                if (at == list.size()) {
                    throw new FunctionException("reflect: slice index out of range");
                }
                yield Boxed.of(list.get(at));
            }
            case String text -> {
                int at = position(index, text.length());
                if (at == text.length()) {
                    throw new FunctionException("reflect: string index out of range");
                }
                yield Unsigned.ofByte(text.charAt(at));
            }
            case GoMap map -> Boxed.of(map.get(key(map, index)));
            default -> throw new FunctionException("can't index item of type " + Kinds.typeName(item));
        };
    }

    private static @Nullable Object key(GoMap map, @Nullable Object index) {
        if (map.anyKeys() || index instanceof String) {
            return index;
        }
        if (index == null) {
            throw new FunctionException("value is nil; should be of type string");
        }
        throw new FunctionException("value has type " + Kinds.typeName(index) + "; should be string");
    }

    /** An index up to and with {@code end}: Go checks the last step on its own. */
    private static int position(@Nullable Object index, int end) {
        long at = switch (index) {
            case Long number -> number;
            case Unsigned number -> number.bits();
            case null -> throw new FunctionException("cannot index slice/array with nil");
            default -> throw new FunctionException("cannot index slice/array with type " + Kinds.typeName(index));
        };
        if (at < 0 || at > end) {
            throw new FunctionException("index out of range: " + at);
        }
        return (int) at;
    }

    private static Object slice(@Nullable Object[] given, Budget budget) {
        Object item = Boxed.open(given[0]);
        if (item == null) {
            throw new FunctionException("slice of untyped nil");
        }
        int count = given.length - 1;
        if (count > 3) {
            throw new FunctionException("too many slice indexes: " + count);
        }
        if (item instanceof String && count == 3) {
            throw new FunctionException("cannot 3-index slice a string");
        }
        int length = length(item, "can't slice item of type ");
        int capacity = item instanceof GoList list ? list.capacity() : length;
        int[] bounds = {0, length, capacity};
        for (int i = 0; i < count; i++) {
            bounds[i] = position(given[i + 1], capacity);
        }
        for (int i = 0; i < Math.max(1, count - 1); i++) {
            if (bounds[i] > bounds[i + 1]) {
                throw new FunctionException("invalid slice index: " + bounds[i] + " > " + bounds[i + 1]);
            }
        }
        if (item instanceof GoList list) {
            return list.slice(bounds[0], bounds[1], bounds[2]);
        }
        budget.made(bounds[1] - bounds[0]);
        return ((String) item).substring(bounds[0], bounds[1]);
    }

    private static long length(@Nullable Object item) {
        if (item == null) {
            throw new FunctionException("reflect: call of reflect.Value.Type on zero Value");
        }
        Object open = Boxed.open(item);
        if (open == null) {
            throw new FunctionException("len of nil pointer");
        }
        return open instanceof GoMap map ? map.size() : length(open, "len of type ");
    }

    private static int length(Object item, String problem) {
        return switch (item) {
            case String text -> text.length();
            case GoList list -> list.size();
            default -> throw new FunctionException(problem + Kinds.typeName(item));
        };
    }
}
