package dev.slipway.sigil.format;

import dev.slipway.sigil.value.Bytes;

/** Go's quoted strings and characters, as {@code strconv.Quote} writes them. */
public final class Quoting {
    private static final String LOWER_HEX = "0123456789abcdef";

    private Quoting() {}

    /** {@code %q} of a string. */
    public static String quote(String bytes) {
        return quote(bytes, '"', false);
    }

    static String quote(String bytes, char mark, boolean asciiOnly) {
        StringBuilder out = new StringBuilder(bytes.length() + 2).append(mark);
        for (int i = 0; i < bytes.length(); ) {
            int width = Bytes.widthAt(bytes, i);
            int rune = Bytes.runeAt(bytes, i);
            if (width == 1 && rune == Bytes.REPLACEMENT) {
                appendByte(out, bytes.charAt(i));
            } else {
                escape(out, rune, mark, asciiOnly);
            }
            i += width;
        }
        return out.append(mark).toString();
    }

    /** {@code %q} of a number: a character in single quotes. */
    public static String quoteRune(long rune, boolean asciiOnly) {
        boolean valid = rune >= 0 && rune <= Character.MAX_CODE_POINT && (rune < 0xD800 || rune > 0xDFFF);
        StringBuilder out = new StringBuilder("'");
        escape(out, valid ? (int) rune : Bytes.REPLACEMENT, '\'', asciiOnly);
        return out.append('\'').toString();
    }

    private static void escape(StringBuilder out, int rune, char mark, boolean asciiOnly) {
        if (rune == mark || rune == '\\') {
            out.append('\\').append((char) rune);
        } else if (isPrintable(rune) && !(asciiOnly && rune >= 0x80)) {
            out.append(Bytes.ofRune(rune));
        } else {
            escapeUnprintable(out, rune);
        }
    }

    private static void escapeUnprintable(StringBuilder out, int rune) {
        int letter = "\u0007\b\f\n\r\t\u000b".indexOf(rune);
        if (letter >= 0) {
            out.append('\\').append("abfnrtv".charAt(letter));
        } else if (rune < ' ' || rune == 0x7F) {
            appendByte(out, rune);
        } else {
            boolean wide = rune >= 0x10000;
            out.append(wide ? "\\U" : "\\u");
            for (int shift = wide ? 28 : 12; shift >= 0; shift -= 4) {
                out.append(LOWER_HEX.charAt(rune >> shift & 0xF));
            }
        }
    }

    private static void appendByte(StringBuilder out, int value) {
        out.append("\\x").append(LOWER_HEX.charAt(value >> 4)).append(LOWER_HEX.charAt(value & 0xF));
    }

    /** Whether a string can stand between backquotes, for {@code %#q}. */
    static boolean canBackquote(String bytes) {
        for (int i = 0; i < bytes.length(); i += Bytes.widthAt(bytes, i)) {
            int rune = Bytes.runeAt(bytes, i);
            boolean broken = rune == Bytes.REPLACEMENT && Bytes.widthAt(bytes, i) == 1;
            if (broken || rune == 0xFEFF || (rune < ' ' && rune != '\t') || rune == '`' || rune == 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** Go's {@code unicode.IsPrint}: letters, marks, numbers, punctuation, symbols and the ASCII space. */
    public static boolean isPrintable(int rune) {
        if (rune < 0x80) {
            return rune >= ' ' && rune < 0x7F;
        }
        return switch (Character.getType(rune)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** {@code %#U}: {@code U+0021 '!'}. */
    public static String unicodePoint(int rune) {
        String point = "U+%04X".formatted(rune);
        return isPrintable(rune) ? point + " '" + Bytes.ofRune(rune) + "'" : point;
    }
}
