package dev.slipway.sigil.text;

import org.jspecify.annotations.Nullable;

/** Go's {@code strconv.Atoi}. */
public final class Integers {
    private Integers() {}

    /** The number, or null if the text is none that fits. */
    public static @Nullable Long atoi(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            boolean sign = i == 0 && (letter == '-' || letter == '+');
            if (!sign && (letter < '0' || letter > '9')) {
                return null;
            }
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notOne) {
            return null;
        }
    }
}
