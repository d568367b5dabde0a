package dev.slipway.sigil.value;

import org.jspecify.annotations.Nullable;

/** The order of Go's {@code internal/fmtsort}: nil first, then by type, then by value. */
final class KeyOrder {
    private KeyOrder() {}

    static int compare(@Nullable Object left, @Nullable Object right) {
        int byType = Integer.compare(rank(left), rank(right));
        if (byType != 0 || left == null || right == null) {
            return byType;
        }
        return switch (left) {
            case String text -> text.compareTo((String) right);
            case Boolean truth -> truth.compareTo((Boolean) right);
            case Long number -> number.compareTo((Long) right);
            case Unsigned number -> Long.compareUnsigned(number.bits(), ((Unsigned) right).bits());
            case Double number -> compareFloats(number, (Double) right);
            default -> 0;
        };
    }

    /** NaN sorts before the numbers, and the zeros are equal. */
    private static int compareFloats(double left, double right) {
        if (Double.isNaN(left) || Double.isNaN(right)) {
            return Boolean.compare(Double.isNaN(right), Double.isNaN(left));
        }
        return left < right ? -1 : left > right ? 1 : 0;
    }

    /** Go orders types by their place in the program; these ranks are how sigil's build has them. */
    private static int rank(@Nullable Object key) {
        return switch (key) {
            case null -> 0;
            case String ignored -> 1;
            case Boolean ignored -> 2;
            case Double ignored -> 3;
            case Long ignored -> 4;
            default -> 5;
        };
    }
}
