package dev.slipway.sigil.format;

import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.Complex;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import dev.slipway.sigil.value.Kinds;
import dev.slipway.sigil.value.Stream;
import dev.slipway.sigil.value.Unsigned;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Go's {@code fmt}: turns values into text, by default or by a verb. */
public final class Printer {
    private static final String NIL = "<nil>";

    private final Budget budget;
    private final StringBuilder out = new StringBuilder();
    private final Numerals numerals = new Numerals(out);
    private final Padding padding = new Padding(out);
    private Flags flags = new Flags();

    public Printer(Budget budget) {
        this.budget = budget;
    }

    /** {@code fmt.Sprint} of one value: its default form. */
    public String print(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Long number) {
            return number.toString();
        }
        return print(new Object[] {value});
    }

    /** {@code fmt.Sprint}: spaces between neighbours of which neither is a string. */
    public String print(@Nullable Object[] values) {
        begin();
        for (int i = 0; i < values.length; i++) {
            if (i > 0 && !(values[i] instanceof String) && !(values[i - 1] instanceof String)) {
                out.append(' ');
            }
            argument(values[i], 'v');
        }
        return finish();
    }

    /** {@code fmt.Sprintln}: a space between all, and a line break. */
    public String println(@Nullable Object[] values) {
        begin();
        for (int i = 0; i < values.length; i++) {
            out.append(i > 0 ? " " : "");
            argument(values[i], 'v');
        }
        out.append('\n');
        return finish();
    }

    /** {@code fmt.Sprintf}. */
    public String printf(String format, @Nullable Object[] values) {
        begin();
        new FormatString(this, format, values).write();
        return finish();
    }

    private void begin() {
        out.setLength(0);
        flags = new Flags();
    }

    private String finish() {
        budget.made(out.length());
        return out.toString();
    }

    void literal(String text) {
        out.append(text);
        budget.size(out.length());
    }

    Flags newFlags() {
        flags = new Flags();
        return flags;
    }

    /** Writes one operand in the way of a verb, under the current flags. */
    void argument(@Nullable Object value, int verb) {
        if (value == null && (verb == 'v' || verb == 'T')) {
            padding.pad(NIL, flags);
        } else if (verb == 'T') {
            string(Kinds.typeName(value), 's');
        } else {
            value(value, verb);
        }
    }

    private void value(@Nullable Object value, int verb) {
        budget.step();
        if (verb == 'w') {
            // Only Errorf wraps: it is a bad verb for the whole value, not for its elements.
            badVerb(value, verb);
            return;
        }
        boolean known = switch (value) {
            case null -> false;
            case Boolean truth -> bool(truth, verb);
            case Long number -> numerals.integer(number, true, verb, flags);
            case Unsigned number -> numerals.integer(number.bits(), false, verb, flags);
            case Double number -> numerals.floating(number, verb, flags);
            case Complex number -> numerals.complex(number.real(), number.imaginary(), verb, flags);
            case String text -> string(text, verb);
            case GoList list -> list(list, verb);
            case GoMap map -> map(map, verb);
            case Stream stream -> stream(stream);
            default -> throw new IllegalArgumentException("not a template value: " + value.getClass());
        };
        if (!known) {
            badVerb(value, verb);
        }
        budget.size(out.length());
    }

    private void badVerb(@Nullable Object value, int verb) {
        out.append("%!").append(Bytes.ofRune(verb)).append('(');
        if (value == null) {
            out.append(NIL);
        } else {
            out.append(Kinds.typeName(value)).append('=');
            value(value, 'v');
        }
        out.append(')');
    }

    private boolean bool(boolean truth, int verb) {
        if (verb != 't' && verb != 'v') {
            return false;
        }
        padding.pad(String.valueOf(truth), flags);
        return true;
    }

    private boolean string(String text, int verb) {
        switch (verb) {
            case 'v' -> {
                if (flags.goSyntax) {
                    quoted(truncated(text));
                } else {
                    padding.pad(truncated(text), flags);
                }
            }
            case 's' -> padding.pad(truncated(text), flags);
            case 'q' -> quoted(truncated(text));
            case 'x' -> hex(text, false);
            case 'X' -> hex(text, true);
            default -> {
                return false;
            }
        }
        return true;
    }

    private String truncated(String text) {
        int end = 0;
        for (int runes = flags.precision; runes != 0 && end < text.length(); runes--) {
            end = flags.precision < 0 ? text.length() : end + Bytes.widthAt(text, end);
        }
        return text.substring(0, end);
    }

    private void quoted(String text) {
        boolean raw = flags.sharp && Quoting.canBackquote(text);
        padding.pad(raw ? "`" + text + "`" : Quoting.quote(text, '"', flags.plus), flags);
    }

    private void hex(String text, boolean upper) {
        int length = flags.precision >= 0 ? Math.min(flags.precision, text.length()) : text.length();
        String prefix = !flags.sharp ? "" : upper ? "0X" : "0x";
        StringBuilder digits = new StringBuilder(length == 0 ? "" : prefix);
        for (int i = 0; i < length; i++) {
            if (flags.space && i > 0) {
                digits.append(' ').append(prefix);
            }
            String pair = Integer.toHexString(0x100 | text.charAt(i)).substring(1);
            digits.append(upper ? pair.toUpperCase(Locale.ROOT) : pair);
        }
        padding.pad(digits.toString(), flags);
    }

    private boolean list(GoList list, int verb) {
        if (verb == 'p') {
            return false;
        }
        if (flags.goSyntax) {
            out.append(Kinds.typeName(list));
            if (list.isNil()) {
                out.append("(nil)");
                return true;
            }
        }
        out.append(flags.goSyntax ? '{' : '[');
        for (int i = 0; i < list.size(); i++) {
            out.append(i == 0 ? "" : separator());
            element(list.get(i), verb);
        }
        out.append(flags.goSyntax ? '}' : ']');
        return true;
    }

    private boolean map(GoMap map, int verb) {
        if (verb == 'p') {
            return false;
        }
        out.append(flags.goSyntax ? Kinds.typeName(map) + "{" : "map[");
        boolean first = true;
        for (Object key : map.sortedKeys()) {
            out.append(first ? "" : separator());
            first = false;
            element(key, verb);
            out.append(':');
            element(map.get(key), verb);
        }
        out.append(flags.goSyntax ? '}' : ']');
        return true;
    }

    private String separator() {
        return flags.goSyntax ? ", " : " ";
    }

    private void element(@Nullable Object value, int verb) {
        if (value == null) {
            out.append(flags.goSyntax ? "interface {}(nil)" : NIL);
        } else {
            value(value, verb);
        }
    }

    private boolean stream(Stream stream) {
        out.append('{').append(stream.name()).append('}');
        return true;
    }
}
