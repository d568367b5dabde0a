package dev.slipway.sigil.text;

import dev.slipway.sigil.format.Quoting;
import dev.slipway.sigil.value.Complex;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the values of Go's number literals, with the type that Go gives a constant whose place asks for none. */
public final class Numbers {
    private static final BigInteger MAX_INT = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN_INT = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX_UINT = MAX_INT.shiftLeft(1).add(BigInteger.ONE);
    /** No longer number fits 64 bits, and making it would take long. */
    private static final int MAX_DIGITS = 64;

    private static final BigInteger TOO_LARGE = MAX_INT.pow(2);
    private static final Pattern INTEGER =
            Pattern.compile("[+-]?(0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|0[0-7_]*|[1-9][0-9_]*)");
    private static final Pattern DECIMAL_FLOAT =
            Pattern.compile("[+-]?([0-9_]++(\\.[0-9_]*+)?|\\.[0-9_]++)([eE][+-]?[0-9_]++)?");
    private static final Pattern HEX_FLOAT =
            Pattern.compile("[+-]?0[xX]([0-9a-fA-F_]++(\\.[0-9a-fA-F_]*+)?|\\.[0-9a-fA-F_]++)[pP][+-]?[0-9_]+");
    private static final Pattern COMPLEX = Pattern.compile("(.*[^eEpP+-])([+-].*)i");

    private Numbers() {}

    /** An int, float64 or complex128; null for a whole number that only an unsigned type holds. */
    public static @Nullable Object value(String text) {
        if (text.endsWith("i")) {
            Double imaginary = parseFloat(text.substring(0, text.length() - 1));
            if (imaginary != null) {
                return new Complex(0, imaginary);
            }
        }
        BigInteger whole = parseInteger(text);
        boolean isInt = whole != null && whole.compareTo(MIN_INT) >= 0 && whole.compareTo(MAX_INT) <= 0;
        boolean isUint = whole != null
                && whole.signum() >= 0
                && whole.compareTo(MAX_UINT) <= 0
                && "+-".indexOf(text.charAt(0)) < 0;
        if (whole != null && (isInt || isUint)) {
            return constant(text, whole, isInt);
        }
        Double number = parseFloat(text);
        if (number == null) {
            throw new IllegalArgumentException("illegal number syntax: " + Quoting.quote(text));
        }
        if (!containsAny(text, ".eEpP")) {
            throw new IllegalArgumentException("integer overflow: " + Quoting.quote(text));
        }
        return number;
    }

    /** Go decides by the letters: a signed hexadecimal with an e in it is a float. */
    private static @Nullable Object constant(String text, BigInteger whole, boolean isInt) {
        if (looksLikeFloat(text)) {
            return whole.doubleValue();
        }
        return isInt ? (Object) whole.longValue() : null;
    }

    /** {@code 1+2i}. */
    public static Complex complex(String text) {
        Matcher parts = COMPLEX.matcher(text);
        if (parts.matches()) {
            Double real = parseFloat(parts.group(1));
            Double imaginary = parseFloat(parts.group(2));
            if (real != null && imaginary != null) {
                return new Complex(real, imaginary);
            }
        }
        throw new IllegalArgumentException("syntax error scanning complex number");
    }

    private static boolean looksLikeFloat(String text) {
        boolean hexInt = text.length() > 2
                && text.charAt(0) == '0'
                && "xX".indexOf(text.charAt(1)) >= 0
                && !containsAny(text, "pP");
        return !hexInt && containsAny(text, ".eEpP");
    }

    /** Go's {@code ParseInt} with base 0; null if it is not a whole number. */
    public static @Nullable BigInteger parseInteger(String text) {
        if (!INTEGER.matcher(text).matches() || !underscoresSeparateDigits(text)) {
            return null;
        }
        int sign = "+-".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
        String digits = text.substring(sign).replace("_", "");
        int radix = digits.length() < 2 || digits.charAt(0) != '0'
                ? 10
                : switch (digits.charAt(1)) {
                    case 'x', 'X' -> 16;
                    case 'b', 'B' -> 2;
                    default -> 8;
                };
        boolean letter = digits.length() > 1 && Character.isLetter(digits.charAt(1));
        String significant = withoutLeadingZeros(letter ? digits.substring(2) : digits);
        BigInteger magnitude = significant.length() > MAX_DIGITS ? TOO_LARGE : new BigInteger(significant, radix);
        return text.charAt(0) == '-' ? magnitude.negate() : magnitude;
    }

    private static String withoutLeadingZeros(String digits) {
        int zeros = 0;
        while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return digits.substring(zeros);
    }

    /** Go's {@code ParseFloat}; null if it is none or too large. */
    public static @Nullable Double parseFloat(String text) {
        boolean wellFormed = (DECIMAL_FLOAT.matcher(text).matches()
                        || HEX_FLOAT.matcher(text).matches())
                && underscoresSeparateDigits(text);
        if (!wellFormed) {
            return null;
        }
        double value = Double.parseDouble(text.replace("_", ""));
        return Double.isInfinite(value) ? null : value;
    }

    /** An underscore stands between digits, or between a base prefix and a digit. */
    private static boolean underscoresSeparateDigits(String text) {
        if (text.indexOf('_') < 0) {
            return true;
        }
        int start = "+-".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
        String digits = text.substring(start);
        boolean prefixed = digits.length() >= 2 && digits.charAt(0) == '0' && "bBoOxX".indexOf(digits.charAt(1)) >= 0;
        boolean hex = prefixed && "xX".indexOf(digits.charAt(1)) >= 0;
        char last = prefixed ? '0' : '^';
        for (char letter : (prefixed ? digits.substring(2) : digits).toCharArray()) {
            boolean digit = Character.isDigit(letter) || (hex && Character.digit(letter, 16) >= 0);
            if (letter == '_' ? last != '0' : last == '_' && !digit) {
                return false;
            }
            last = digit ? '0' : letter == '_' ? '_' : '!';
        }
        return last != '_';
    }

    private static boolean containsAny(String text, String letters) {
        return text.chars().anyMatch(letter -> letters.indexOf(letter) >= 0);
    }
}
