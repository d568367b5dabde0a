package dev.slipway.sigil.syntax;

import dev.slipway.sigil.value.Bytes;

/** Finds where a number ends. It takes some that are none, such as {@code 089}: making the value finds those out. */
final class NumberScanner {
    private static final String DECIMAL = "0123456789_";
    private static final String HEXADECIMAL = "0123456789abcdefABCDEF_";

    private final String input;
    private int position;

    NumberScanner(String input, int position) {
        this.input = input;
        this.position = position;
    }

    int end() {
        return position;
    }

    /** Whether a second, imaginary part may follow. */
    boolean atSign() {
        return position < input.length() && "+-".indexOf(input.charAt(position)) >= 0;
    }

    /** Reads one number; false if a letter or digit follows, which is then read too. */
    boolean scan() {
        accept("+-");
        String digits = digits();
        acceptRun(digits);
        if (accept(".")) {
            acceptRun(digits);
        }
        if ((digits.equals(DECIMAL) && accept("eE")) || (digits.equals(HEXADECIMAL) && accept("pP"))) {
            accept("+-");
            acceptRun(DECIMAL);
        }
        accept("i");
        if (position < input.length() && Lexer.isAlphanumeric(Bytes.runeAt(input, position))) {
            position += Bytes.widthAt(input, position);
            return false;
        }
        return true;
    }

    private String digits() {
        if (!accept("0")) {
            return DECIMAL;
        }
        if (accept("xX")) {
            return HEXADECIMAL;
        }
        if (accept("oO")) {
            return "01234567_";
        }
        return accept("bB") ? "01_" : DECIMAL;
    }

    private boolean accept(String valid) {
        if (position < input.length() && valid.indexOf(input.charAt(position)) >= 0) {
            position++;
            return true;
        }
        return false;
    }

    private void acceptRun(String valid) {
        while (accept(valid)) {
            // accept moves on
        }
    }
}
