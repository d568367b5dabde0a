package dev.slipway.sigil.format;

/** The flags, width and precision of one verb; a width or precision of -1 is absent. */
final class Flags {
    boolean plus;
    boolean minus;
    boolean sharp;
    boolean space;
    boolean zero;
    /** {@code %#v}, for which the sharp flag itself is off. */
    boolean goSyntax;

    int width = -1;
    int precision = -1;

    /** Reads a flag; false if the letter is none. */
    boolean take(char letter) {
        switch (letter) {
            case '#' -> sharp = true;
            case '0' -> zero = true;
            case '+' -> plus = true;
            case '-' -> minus = true;
            case ' ' -> space = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    /** For {@code %v} the sharp and plus flags mean another syntax, not another form of number. */
    void forValue() {
        goSyntax = sharp;
        sharp = false;
        plus = false;
    }
}
