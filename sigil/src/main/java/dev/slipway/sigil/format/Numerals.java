package dev.slipway.sigil.format;

import dev.slipway.sigil.value.Bytes;
import java.util.Locale;

/** The number verbs of Go's {@code fmt}. Each returns the text before or after padding as its name says. */
final class Numerals {
    private final StringBuilder out;
    private final Padding padding;

    Numerals(StringBuilder out) {
        this.out = out;
        this.padding = new Padding(out);
    }

    /**
     * Writes a whole number in the way of a verb.
     *
     * @return false if the verb is not for whole numbers
     */
    boolean integer(long value, boolean signed, int verb, Flags flags) {
        switch (verb) {
            case 'v' -> {
                if (flags.goSyntax && !signed) {
                    boolean sharp = flags.sharp;
                    flags.sharp = true;
                    digits(value, false, 'x', flags);
                    flags.sharp = sharp;
                } else {
                    digits(value, signed, 'd', flags);
                }
            }
            case 'd', 'b', 'o', 'O', 'x', 'X' -> digits(value, signed, verb, flags);
            case 'c' -> padding.pad(Bytes.ofRune(value), flags);
            case 'q' -> padding.pad(Quoting.quoteRune(value, flags.plus), flags);
            case 'U' -> padding.padWithSpaces(unicode(value, flags), flags);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void digits(long value, boolean signed, int verb, Flags flags) {
        boolean negative = signed && value < 0;
        if (flags.precision == 0 && value == 0) {
            padding.padWithSpaces("", flags);
            return;
        }
        int radix = verb == 'b' ? 2 : verb == 'd' ? 10 : verb == 'x' || verb == 'X' ? 16 : 8;
        String digits = Long.toUnsignedString(negative ? -value : value, radix);
        if (verb == 'X') {
            digits = digits.toUpperCase(Locale.ROOT);
        }
        int least = flags.precision;
        if (least < 0 && flags.zero && !flags.minus && flags.width > 0) {
            least = flags.width - (negative || flags.plus || flags.space ? 1 : 0);
        }
        digits = "0".repeat(Math.max(0, least - digits.length())) + digits;
        String sign = negative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
        padding.padWithSpaces(sign + basePrefix(verb, digits, flags) + digits, flags);
    }

    private static String basePrefix(int verb, String digits, Flags flags) {
        if (verb == 'O') {
            return flags.sharp && digits.charAt(0) != '0' ? "0o0" : "0o";
        }
        if (!flags.sharp) {
            return "";
        }
        return switch (verb) {
            case 'b' -> "0b";
            case 'o' -> digits.charAt(0) == '0' ? "" : "0";
            case 'x' -> "0x";
            case 'X' -> "0X";
            default -> "";
        };
    }

    private static String unicode(long value, Flags flags) {
        String digits = Long.toHexString(value).toUpperCase(Locale.ROOT);
        int least = Math.max(4, flags.precision);
        String point = "U+" + "0".repeat(Math.max(0, least - digits.length())) + digits;
        boolean shown =
                flags.sharp && value >= 0 && value <= Character.MAX_CODE_POINT && Quoting.isPrintable((int) value);
        return shown ? point + " '" + Bytes.ofRune(value) + "'" : point;
    }

    /**
     * Writes a float in the way of a verb.
     *
     * @return false if the verb is not for floats
     */
    boolean floating(double value, int verb, Flags flags) {
        switch (verb) {
            case 'v' -> floating(value, 'g', -1, flags);
            case 'b', 'g', 'G', 'x', 'X' -> floating(value, (char) verb, -1, flags);
            case 'f', 'e', 'E' -> floating(value, (char) verb, 6, flags);
            case 'F' -> floating(value, 'f', 6, flags);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void floating(double value, char form, int usual, Flags flags) {
        int precision = flags.precision >= 0 ? flags.precision : usual;
        String number = FloatForms.format(value, form, precision);
        if (number.charAt(0) != '-' && number.charAt(0) != '+') {
            number = "+" + number;
        }
        if (flags.space && number.charAt(0) == '+' && !flags.plus) {
            number = " " + number.substring(1);
        }
        if (number.charAt(1) == 'I' || number.charAt(1) == 'N') {
            boolean bare = number.charAt(1) == 'N' && !flags.space && !flags.plus;
            padding.padWithSpaces(bare ? number.substring(1) : number, flags);
            return;
        }
        if (flags.sharp && form != 'b') {
            number = withPoint(number, form, precision);
        }
        boolean signShown = flags.plus || number.charAt(0) != '+';
        if (signShown && flags.zero && !flags.minus && flags.width > number.length()) {
            out.append(number.charAt(0))
                    .repeat('0', flags.width - number.length())
                    .append(number, 1, number.length());
            return;
        }
        padding.pad(signShown ? number : number.substring(1), flags);
    }

    /** The sharp flag: a decimal point always, and for g the trailing zeros kept. */
    private static String withPoint(String number, char form, int precision) {
        boolean keepsZeros = form == 'g' || form == 'G' || form == 'x';
        int missing = !keepsZeros ? 0 : precision < 0 ? 6 : precision;
        int end = number.length();
        boolean point = false;
        boolean significant = false;
        for (int i = 1; i < end; i++) {
            char letter = number.charAt(i);
            boolean exponent = (letter == 'e' || letter == 'E') && form != 'x' && form != 'X';
            if (letter == 'p' || letter == 'P' || exponent) {
                end = i;
            } else if (letter == '.') {
                point = true;
            } else {
                significant |= letter != '0';
                missing -= significant ? 1 : 0;
            }
        }
        String mantissa = number.substring(0, end);
        if (!point) {
            missing -= mantissa.length() == 2 && mantissa.charAt(1) == '0' ? 1 : 0;
            mantissa += ".";
        }
        return mantissa + "0".repeat(Math.max(0, missing)) + number.substring(end);
    }

    /** {@code (1+2i)}, each part in the way of the verb. */
    boolean complex(double real, double imaginary, int verb, Flags flags) {
        if ("vbgGxXfFeE".indexOf(verb) < 0) {
            return false;
        }
        boolean plus = flags.plus;
        out.append('(');
        floating(real, verb, flags);
        flags.plus = true;
        floating(imaginary, verb, flags);
        flags.plus = plus;
        out.append("i)");
        return true;
    }
}
