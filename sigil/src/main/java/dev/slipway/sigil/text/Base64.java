package dev.slipway.sigil.text;

import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;

/** Go's standard base64: padding required, line breaks passed over, the first wrong byte named. */
public final class Base64 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final String input;
    private int position;

    private Base64(String input) {
        this.input = input;
    }

    public static String encode(String bytes) {
        return java.util.Base64.getEncoder().encodeToString(Bytes.array(bytes));
    }

    /** @throws FunctionException where the input is not base64 */
    public static String decode(String input) {
        Base64 decoder = new Base64(input);
        StringBuilder out = new StringBuilder();
        int last = 4;
        while (last == 4) {
            last = decoder.group(out);
        }
        decoder.skipLineBreaks();
        if (decoder.position < input.length()) {
            throw illegal(decoder.position);
        }
        return out.toString();
    }

    /** Reads four letters; fewer were there if the answer is less than 4. */
    private int group(StringBuilder out) {
        int bits = 0;
        int count = 0;
        while (count < 4) {
            skipLineBreaks();
            if (position == input.length()) {
                if (count > 0) {
                    throw illegal(position - count);
                }
                return 0;
            }
            char letter = input.charAt(position);
            int value = ALPHABET.indexOf(letter);
            if (letter == '=') {
                padding(count);
                break;
            }
            if (value < 0) {
                throw illegal(position);
            }
            position++;
            bits = bits << 6 | value;
            count++;
        }
        bits <<= 6 * (4 - count);
        for (int i = 0; i < count - 1; i++) {
            out.append((char) (bits >> (16 - 8 * i) & 0xFF));
        }
        return count;
    }

    private void padding(int count) {
        if (count < 2) {
            throw illegal(position);
        }
        position++;
        if (count == 2) {
            skipLineBreaks();
            if (position == input.length()) {
                throw illegal(position);
            }
            if (input.charAt(position) != '=') {
                throw illegal(position - 1);
            }
            position++;
        }
    }

    private void skipLineBreaks() {
        while (position < input.length() && "\r\n".indexOf(input.charAt(position)) >= 0) {
            position++;
        }
    }

    private static FunctionException illegal(int position) {
        return new FunctionException("illegal base64 data at input byte " + position);
    }
}
