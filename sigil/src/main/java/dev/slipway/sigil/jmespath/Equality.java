package dev.slipway.sigil.jmespath;

import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import org.jspecify.annotations.Nullable;

/** Go's {@code reflect.DeepEqual} on template values. */
final class Equality {
    private Equality() {}

    static boolean deep(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == null && right == null;
        }
        if (left instanceof GoList first && right instanceof GoList second) {
            return lists(first, second);
        }
        if (left instanceof GoMap first && right instanceof GoMap second) {
            return maps(first, second);
        }
        if (left instanceof Double first && right instanceof Double second) {
            return first.doubleValue() == second.doubleValue();
        }
        return left.equals(right);
    }

    private static boolean lists(GoList left, GoList right) {
        if (left.size() != right.size() || left.isNil() != right.isNil()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!deep(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean maps(GoMap left, GoMap right) {
        if (left.size() != right.size() || left.anyKeys() != right.anyKeys()) {
            return false;
        }
        for (Object key : left.entries().keySet()) {
            if (!right.has(key) || !deep(left.get(key), right.get(key))) {
                return false;
            }
        }
        return true;
    }
}
