package dev.slipway.sigil.format;

import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.Kinds;
import dev.slipway.sigil.value.Unsigned;
import org.jspecify.annotations.Nullable;

/** One use of a {@code printf} format: finds the verbs and their operands. */
final class FormatString {
    /** Go takes no width or precision above this. */
    private static final int MAX_NUMBER = 1_000_000;

    private final Printer printer;
    private final String format;
    private final @Nullable Object[] operands;
    private int position;
    private int next;
    private boolean reordered;
    private boolean goodIndex;
    private boolean afterIndex;

    FormatString(Printer printer, String format, @Nullable Object[] operands) {
        this.printer = printer;
        this.format = format;
        this.operands = operands;
    }

    void write() {
        while (position < format.length()) {
            int percent = format.indexOf('%', position);
            int end = percent < 0 ? format.length() : percent;
            printer.literal(format.substring(position, end));
            position = end;
            if (percent >= 0) {
                position++;
                verb();
            }
        }
        if (!reordered && next < operands.length) {
            extra();
        }
    }

    private void extra() {
        printer.newFlags();
        printer.literal("%!(EXTRA ");
        for (int i = next; i < operands.length; i++) {
            printer.literal(i > next ? ", " : "");
            Object operand = operands[i];
            if (operand != null) {
                printer.literal(Kinds.typeName(operand) + "=");
            }
            printer.argument(operand, 'v');
        }
        printer.literal(")");
    }

    private void verb() {
        Flags flags = printer.newFlags();
        goodIndex = true;
        afterIndex = false;
        while (position < format.length() && flags.take(format.charAt(position))) {
            position++;
        }
        index();
        width(flags);
        precision(flags);
        if (!afterIndex) {
            index();
        }
        if (position >= format.length()) {
            printer.literal("%!(NOVERB)");
            return;
        }
        int verb = Bytes.runeAt(format, position);
        position += Bytes.widthAt(format, position);
        operand(verb, flags);
    }

    private void operand(int verb, Flags flags) {
        if (verb == '%') {
            printer.literal("%");
        } else if (!goodIndex) {
            printer.literal("%!" + Bytes.ofRune(verb) + "(BADINDEX)");
        } else if (next >= operands.length) {
            printer.literal("%!" + Bytes.ofRune(verb) + "(MISSING)");
        } else {
            if (verb == 'v' || verb == 'w') {
                flags.forValue();
            }
            printer.argument(operands[next++], verb);
        }
    }

    private void width(Flags flags) {
        if (at('*')) {
            Integer width = fromOperand();
            if (width == null) {
                printer.literal("%!(BADWIDTH)");
            } else {
                flags.width = Math.abs(width);
                flags.minus |= width < 0;
                flags.zero &= width >= 0;
            }
            afterIndex = false;
            return;
        }
        int width = number(format.length());
        if (width >= 0) {
            flags.width = width;
            goodIndex &= !afterIndex;
        }
    }

    private void precision(Flags flags) {
        // Go takes a point that ends the format for a verb.
        if (position + 1 >= format.length() || !at('.')) {
            return;
        }
        goodIndex &= !afterIndex;
        index();
        if (at('*')) {
            Integer precision = fromOperand();
            if (precision == null || precision < 0) {
                printer.literal("%!(BADPREC)");
            } else {
                flags.precision = precision;
            }
            afterIndex = false;
        } else {
            flags.precision = Math.max(0, number(format.length()));
        }
    }

    private boolean at(char letter) {
        boolean found = position < format.length() && format.charAt(position) == letter;
        position += found ? 1 : 0;
        return found;
    }

    /** Reads {@code [n]}, if it is there. */
    private void index() {
        afterIndex = false;
        if (position >= format.length() || format.charAt(position) != '[') {
            return;
        }
        reordered = true;
        int close = format.indexOf(']', position);
        if (format.length() - position < 3 || close < 0) {
            position++;
            goodIndex = false;
            return;
        }
        position++;
        int number = number(close);
        boolean wellFormed = number >= 0 && position == close;
        position = close + 1;
        afterIndex = wellFormed;
        if (wellFormed && number >= 1 && number <= operands.length) {
            next = number - 1;
        } else {
            goodIndex = false;
        }
    }

    /**
     * The digits up to {@code end}; -1 if there are none, or if they make too large a number, which takes all up to the end. As in
     * Go, the last digit may go over the limit.
     */
    private int number(int end) {
        int number = -1;
        while (position < end && Character.digit(format.charAt(position), 10) >= 0 && format.charAt(position) < 0x80) {
            if (number > MAX_NUMBER) {
                position = end;
                return -1;
            }
            number = 10 * Math.max(0, number) + (format.charAt(position++) - '0');
        }
        return number;
    }

    private @Nullable Integer fromOperand() {
        if (next >= operands.length) {
            return null;
        }
        Object operand = operands[next++];
        Long number =
                operand instanceof Long signed ? signed : operand instanceof Unsigned bits ? (Long) bits.bits() : null;
        return number == null || number > MAX_NUMBER || number < -MAX_NUMBER ? null : number.intValue();
    }
}
