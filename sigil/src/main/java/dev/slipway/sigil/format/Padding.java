package dev.slipway.sigil.format;

import dev.slipway.sigil.value.Bytes;

/** Writes text in a field of a width counted in code points. */
final class Padding {
    private final StringBuilder out;

    Padding(StringBuilder out) {
        this.out = out;
    }

    void pad(String text, Flags flags) {
        pad(text, flags, flags.zero);
    }

    /** Pads with spaces even under the zero flag: a number has its zeros already. */
    void padWithSpaces(String text, Flags flags) {
        pad(text, flags, false);
    }

    private void pad(String text, Flags flags, boolean zeros) {
        int missing = flags.width <= 0 ? 0 : flags.width - Bytes.runeCount(text);
        if (missing <= 0) {
            out.append(text);
        } else if (flags.minus) {
            out.append(text).repeat(' ', missing);
        } else {
            out.repeat(zeros ? '0' : ' ', missing).append(text);
        }
    }
}
