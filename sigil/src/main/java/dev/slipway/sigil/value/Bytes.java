package dev.slipway.sigil.value;

import java.nio.charset.StandardCharsets;

/**
 * Go strings as Java strings that hold one byte in each char.
 *
 * <p>A Go string is a run of bytes, usually but not always UTF-8: {@code substr} may cut a letter in half and {@code "\xff"} is a
 * legal literal. Holding the bytes as chars 0 to 255 keeps lengths, indexes, columns and the order of keys Go's own, and for ASCII
 * it is the very same string.
 */
public final class Bytes {
    /** What decoding yields for a byte that is not UTF-8. */
    public static final int REPLACEMENT = 0xFFFD;

    private Bytes() {}

    /** The UTF-8 bytes of a text. */
    public static String of(String text) {
        if (isAscii(text)) {
            return text;
        }
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One char for each byte. */
    public static String of(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The text that the bytes spell; what is not UTF-8 becomes U+FFFD. */
    public static String text(String bytes) {
        return isAscii(bytes) ? bytes : new String(array(bytes), StandardCharsets.UTF_8);
    }

    public static byte[] array(String bytes) {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** The code point that starts at {@code index}; {@link #REPLACEMENT} for a broken sequence. */
    public static int runeAt(String bytes, int index) {
        int first = bytes.charAt(index);
        if (first < 0x80) {
            return first;
        }
        return widthAt(bytes, index) == 1 ? REPLACEMENT : decode(bytes, index, first);
    }

    private static int decode(String bytes, int index, int first) {
        if (first < 0xE0) {
            return (first & 0x1F) << 6 | low(bytes, index + 1);
        }
        if (first < 0xF0) {
            return (first & 0x0F) << 12 | low(bytes, index + 1) << 6 | low(bytes, index + 2);
        }
        return (first & 0x07) << 18 | low(bytes, index + 1) << 12 | low(bytes, index + 2) << 6 | low(bytes, index + 3);
    }

    private static int low(String bytes, int index) {
        return bytes.charAt(index) & 0x3F;
    }

    /** How many bytes the code point at {@code index} takes; 1 for a broken sequence. */
    public static int widthAt(String bytes, int index) {
        int first = bytes.charAt(index);
        int width = first < 0xC2 || first > 0xF4 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (width == 1 || index + width > bytes.length()) {
            return 1;
        }
        int second = bytes.charAt(index + 1);
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 1;
        }
        for (int i = 2; i < width; i++) {
            if ((bytes.charAt(index + i) & 0xC0) != 0x80) {
                return 1;
            }
        }
        return width;
    }

    /** The number of code points, a broken byte counting as one. */
    public static int runeCount(String bytes) {
        int count = 0;
        for (int i = 0; i < bytes.length(); i += widthAt(bytes, i)) {
            count++;
        }
        return count;
    }

    /** The UTF-8 bytes of one code point; U+FFFD stands for what is none. */
    public static String ofRune(long rune) {
        if (rune >= 0 && rune < 0x80) {
            return String.valueOf((char) rune);
        }
        boolean valid = rune >= 0 && rune <= Character.MAX_CODE_POINT && (rune < 0xD800 || rune > 0xDFFF);
        return of(Character.toString(valid ? (int) rune : REPLACEMENT));
    }
}
