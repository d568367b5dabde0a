package dev.slipway.sigil.syntax;

import dev.slipway.sigil.value.Bytes;
import org.jspecify.annotations.Nullable;

/** Reads Go's string and character literals. */
final class Literals {
    static final String INVALID = "invalid syntax";

    private final String text;
    private final char mark;
    private int position;
    /** Whether the last unit stands for a code point, not for one byte. */
    private boolean rune;

    private Literals(String text, int position, char mark) {
        this.text = text;
        this.position = position;
        this.mark = mark;
    }

    /** The bytes of a quoted string, or null if it is not well formed. */
    static @Nullable String unquote(String quoted) {
        if (quoted.charAt(0) == '`') {
            return quoted.substring(1, quoted.length() - 1).replace("\r", "");
        }
        Literals reader = new Literals(quoted.substring(0, quoted.length() - 1), 1, '"');
        StringBuilder out = new StringBuilder();
        while (reader.position < reader.text.length()) {
            int unit = reader.unit();
            if (unit < 0) {
                return null;
            }
            out.append(reader.rune ? Bytes.ofRune(unit) : String.valueOf((char) unit));
        }
        return out.toString();
    }

    /**
     * The code point of a character literal.
     *
     * @throws IllegalArgumentException with Go's message
     */
    static long character(String quoted) {
        Literals reader = new Literals(quoted, 1, '\'');
        int unit = reader.unit();
        if (unit < 0) {
            throw new IllegalArgumentException(INVALID);
        }
        if (reader.position != quoted.length() - 1) {
            throw new IllegalArgumentException("malformed character constant: " + quoted);
        }
        return unit;
    }

    /** The next byte or code point; -1 if there is none. */
    private int unit() {
        rune = false;
        char first = text.charAt(position);
        if (first == mark) {
            return -1;
        }
        if (first >= 0x80) {
            rune = true;
            int value = Bytes.runeAt(text, position);
            position += Bytes.widthAt(text, position);
            return value;
        }
        position++;
        return first == '\\' ? escape() : first;
    }

    private int escape() {
        if (position >= text.length()) {
            return -1;
        }
        char letter = text.charAt(position++);
        int simple = "abfnrtv\\".indexOf(letter);
        if (simple >= 0) {
            return "\u0007\b\f\n\r\t\u000b\\".charAt(simple);
        }
        return switch (letter) {
            case 'x' -> digits(2, 16);
            case 'u' -> codePoint(digits(4, 16));
            case 'U' -> codePoint(digits(8, 16));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal();
            default -> letter == mark ? letter : -1;
        };
    }

    private int octal() {
        position--;
        int value = digits(3, 8);
        return value > 255 ? -1 : value;
    }

    private int codePoint(int value) {
        rune = true;
        return value > Character.MAX_CODE_POINT || (value >= 0xD800 && value <= 0xDFFF) ? -1 : value;
    }

    private int digits(int count, int radix) {
        if (position + count > text.length()) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            int digit = asciiDigit(text.charAt(position++), radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value > Character.MAX_CODE_POINT ? -1 : (int) value;
    }

    private static int asciiDigit(char letter, int radix) {
        return letter < 0x80 ? Character.digit(letter, radix) : -1;
    }
}
