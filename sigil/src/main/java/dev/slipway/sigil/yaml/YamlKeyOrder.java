package dev.slipway.sigil.yaml;

import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.Unsigned;
import org.jspecify.annotations.Nullable;

/** The order in which yaml.v2 writes keys: numbers by size, words with their digits read as numbers. */
final class YamlKeyOrder {
    private YamlKeyOrder() {}

    static int compare(@Nullable Object left, @Nullable Object right) {
        Double leftNumber = number(left);
        Double rightNumber = number(right);
        if (leftNumber != null && rightNumber != null) {
            int bySize = Double.compare(leftNumber, rightNumber);
            return bySize != 0 ? bySize : Integer.compare(rank(left), rank(right));
        }
        if (left instanceof String first && right instanceof String second) {
            return words(Bytes.text(first), Bytes.text(second));
        }
        return Integer.compare(rank(left), rank(right));
    }

    private static @Nullable Double number(@Nullable Object key) {
        return switch (key) {
            case Long number -> number.doubleValue();
            case Double number -> number;
            case Unsigned number -> number.bits() >= 0 ? (double) number.bits() : (number.bits() >>> 1) * 2.0;
            case Boolean truth -> truth ? 1.0 : 0.0;
            case null, default -> null;
        };
    }

    /** By kind, in the order of Go's kinds. */
    private static int rank(@Nullable Object key) {
        return switch (key) {
            case Boolean ignored -> 1;
            case Long ignored -> 2;
            case Unsigned ignored -> 3;
            case Double ignored -> 4;
            // An interface without a value, which is what Go has for a null.
            case null -> 5;
            default -> 6;
        };
    }

    private static int words(String left, String right) {
        int[] first = left.codePoints().toArray();
        int[] second = right.codePoints().toArray();
        for (int i = 0; i < Math.min(first.length, second.length); i++) {
            if (first[i] != second[i]) {
                return difference(first, second, i);
            }
        }
        return Integer.compare(first.length, second.length);
    }

    private static int difference(int[] left, int[] right, int at) {
        boolean leftLetter = Character.isLetter(left[at]);
        boolean rightLetter = Character.isLetter(right[at]);
        if (leftLetter && rightLetter) {
            return Integer.compare(left[at], right[at]);
        }
        if (leftLetter || rightLetter) {
            return leftLetter ? 1 : -1;
        }
        long lead = left[at] == '0' || right[at] == '0' ? digitBefore(left, at) : 0;
        long leftNumber = digits(left, at, lead);
        long rightNumber = digits(right, at, lead);
        if (leftNumber != rightNumber) {
            return Long.compare(leftNumber, rightNumber);
        }
        int byLength = Integer.compare(digitsEnd(left, at), digitsEnd(right, at));
        return byLength != 0 ? byLength : Integer.compare(left[at], right[at]);
    }

    /** 1 if the number that the zero belongs to has begun. */
    private static long digitBefore(int[] word, int at) {
        for (int i = at - 1; i >= 0 && Character.isDigit(word[i]); i--) {
            if (word[i] != '0') {
                return 1;
            }
        }
        return 0;
    }

    private static int digitsEnd(int[] word, int at) {
        int end = at;
        while (end < word.length && Character.isDigit(word[end])) {
            end++;
        }
        return end;
    }

    private static long digits(int[] word, int at, long lead) {
        long number = lead;
        for (int i = at; i < digitsEnd(word, at); i++) {
            number = 10 * number + (word[i] - '0');
        }
        return number;
    }
}
