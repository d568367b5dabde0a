package dev.slipway.sigil.functions;

import dev.slipway.sigil.format.Printer;
import dev.slipway.sigil.functions.Function.Parameter;
import dev.slipway.sigil.functions.Function.Result;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.value.Boxed;
import dev.slipway.sigil.value.Complex;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import dev.slipway.sigil.value.Kinds;
import dev.slipway.sigil.value.Stream;
import dev.slipway.sigil.value.Unsigned;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Go's {@code eq ne lt le gt ge}: values of one kind compare, and whole numbers of either sign. */
final class Comparison {
    private static final String BAD_TYPE = "invalid type for comparison";

    private Comparison() {}

    static List<Function> all() {
        List<Parameter> two = List.of(Parameter.VALUE, Parameter.VALUE);
        return List.of(
                new Function(
                        "eq",
                        List.of(Parameter.VALUE),
                        Parameter.VALUE,
                        Result.TYPED,
                        (given, host) -> equalsAny(given)),
                new Function("ne", two, null, Result.TYPED, (given, host) -> !same(given[0], given[1])),
                new Function("lt", two, null, Result.TYPED, (given, host) -> less(given[0], given[1])),
                new Function("le", two, null, Result.TYPED, (given, host) -> lessOrSame(given[0], given[1])),
                new Function("gt", two, null, Result.TYPED, (given, host) -> !lessOrSame(given[0], given[1])),
                new Function("ge", two, null, Result.TYPED, (given, host) -> !less(given[0], given[1])));
    }

    private enum Kind {
        OTHER,
        BOOL,
        COMPLEX,
        INT,
        FLOAT,
        STRING,
        UINT
    }

    private static Kind kind(@Nullable Object value) {
        return switch (value) {
            case Boolean ignored -> Kind.BOOL;
            case Complex ignored -> Kind.COMPLEX;
            case Long ignored -> Kind.INT;
            case Double ignored -> Kind.FLOAT;
            case String ignored -> Kind.STRING;
            case Unsigned ignored -> Kind.UINT;
            case null, default -> Kind.OTHER;
        };
    }

    private static boolean equalsAny(@Nullable Object[] given) {
        if (given.length == 1) {
            throw new FunctionException("missing argument for comparison");
        }
        for (int i = 1; i < given.length; i++) {
            if (same(given[0], given[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(@Nullable Object first, @Nullable Object second) {
        Object left = Boxed.open(first);
        Object right = Boxed.open(second);
        if (left == null || right == null) {
            return kind(left) == kind(right) && Kinds.isNil(left) && Kinds.isNil(right);
        }
        if (kind(left) != kind(right)) {
            if (left instanceof Long whole && right instanceof Unsigned bits) {
                return whole >= 0 && whole == bits.bits();
            }
            if (left instanceof Unsigned bits && right instanceof Long whole) {
                return whole >= 0 && whole == bits.bits();
            }
            throw incompatible(left, right);
        }
        return switch (left) {
            case Complex number -> number.same((Complex) right);
            case Double number -> number.doubleValue() == (Double) right;
            case Unsigned number -> number.bits() == ((Unsigned) right).bits();
            case GoList list -> sameReference(list, right);
            case GoMap map -> sameReference(map, right);
            case Stream stream -> sameReference(stream, right);
            default -> left.equals(right);
        };
    }

    /** Neither lists nor maps compare, but two nil lists do. */
    private static boolean sameReference(Object left, Object right) {
        boolean oneKind = left.getClass() == right.getClass();
        if (!oneKind) {
            throw new FunctionException("non-comparable types %s: %s, %s: %s"
                    .formatted(shown(left, "%s"), Kinds.typeName(left), Kinds.typeName(right), shown(right, "%v")));
        }
        if (Kinds.isNil(left) || Kinds.isNil(right)) {
            return Kinds.isNil(left) == Kinds.isNil(right);
        }
        if (left instanceof Stream stream) {
            return stream.equals(right);
        }
        throw new FunctionException("non-comparable type %s: %s".formatted(shown(right, "%s"), Kinds.typeName(right)));
    }

    private static String shown(Object value, String form) {
        return new Printer(Budget.unlimited()).printf(form, new Object[] {value});
    }

    private static FunctionException incompatible(Object left, Object right) {
        return new FunctionException(
                "incompatible types for comparison: " + Kinds.typeName(left) + " and " + Kinds.typeName(right));
    }

    private static boolean less(@Nullable Object first, @Nullable Object second) {
        Object left = Boxed.open(first);
        Object right = Boxed.open(second);
        if (left == null || right == null || kind(left) == Kind.OTHER || kind(right) == Kind.OTHER) {
            throw new FunctionException(BAD_TYPE);
        }
        if (kind(left) != kind(right)) {
            if (left instanceof Long whole && right instanceof Unsigned bits) {
                return whole < 0 || Long.compareUnsigned(whole, bits.bits()) < 0;
            }
            if (left instanceof Unsigned bits && right instanceof Long whole) {
                return whole >= 0 && Long.compareUnsigned(bits.bits(), whole) < 0;
            }
            throw incompatible(left, right);
        }
        return switch (left) {
            case Long number -> number < (Long) right;
            case Double number -> number < (Double) right;
            case String text -> text.compareTo((String) right) < 0;
            case Unsigned number -> Long.compareUnsigned(number.bits(), ((Unsigned) right).bits()) < 0;
            default -> throw new FunctionException(BAD_TYPE);
        };
    }

    private static boolean lessOrSame(@Nullable Object first, @Nullable Object second) {
        return less(first, second) || same(first, second);
    }
}
