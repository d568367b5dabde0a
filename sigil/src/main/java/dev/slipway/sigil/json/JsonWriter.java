package dev.slipway.sigil.json;

import dev.slipway.sigil.format.FloatForms;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import dev.slipway.sigil.value.Kinds;
import dev.slipway.sigil.value.Stream;
import dev.slipway.sigil.value.Unsigned;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes values as compact JSON that is safe inside HTML, keys sorted. */
public final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private final Budget budget;
    private final StringBuilder out = new StringBuilder();

    private JsonWriter(Budget budget) {
        this.budget = budget;
    }

    /** @throws FunctionException for what JSON cannot hold, with Go's message */
    public static String write(@Nullable Object value, Budget budget) {
        JsonWriter writer = new JsonWriter(budget);
        writer.value(value);
        budget.made(writer.out.length());
        return writer.out.toString();
    }

    private void value(@Nullable Object value) {
        budget.step();
        budget.size(out.length());
        switch (value) {
            case null -> out.append("null");
            case Boolean truth -> out.append(truth.booleanValue());
            case Long number -> out.append(number.longValue());
            case Unsigned number -> out.append(Long.toUnsignedString(number.bits()));
            case Double number -> out.append(number(number));
            case String text -> string(text);
            case GoList list -> list(list);
            case GoMap map -> map(map);
            case Stream stream -> stream(stream);
            default -> throw unsupported(value);
        }
    }

    private static FunctionException unsupported(Object value) {
        return new FunctionException("json: unsupported type: " + Kinds.typeName(value));
    }

    /** As JavaScript writes numbers: an exponent below 1e-6 and from 1e21 on. */
    private static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new FunctionException("json: unsupported value: " + FloatForms.format(value, 'g', -1));
        }
        double size = Math.abs(value);
        boolean exponent = size != 0 && (size < 1e-6 || size >= 1e21);
        String text = FloatForms.format(value, exponent ? 'e' : 'f', -1);
        return exponent ? text.replace("e-0", "e-") : text;
    }

    private void list(GoList list) {
        if (list.isNil()) {
            out.append("null");
            return;
        }
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            out.append(i == 0 ? "" : ",");
            value(list.get(i));
        }
        out.append(']');
    }

    private void map(GoMap map) {
        if (map.anyKeys()) {
            throw unsupported(map);
        }
        out.append('{');
        boolean first = true;
        for (Object key : map.sortedKeys()) {
            out.append(first ? "" : ",");
            first = false;
            string((String) Objects.requireNonNull(key));
            out.append(':');
            value(map.get(key));
        }
        out.append('}');
    }

    private void stream(Stream stream) {
        out.append("{\"Reader\":{},\"Name\":");
        string(stream.name());
        out.append('}');
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i += Bytes.widthAt(text, i)) {
            int rune = Bytes.runeAt(text, i);
            int simple = "\"\\\b\f\n\r\t".indexOf(rune);
            if (simple >= 0) {
                out.append('\\').append("\"\\bfnrt".charAt(simple));
            } else if (rune < ' ' || "<>&".indexOf(rune) >= 0) {
                out.append("\\u00").append(HEX.charAt(rune >> 4)).append(HEX.charAt(rune & 0xF));
            } else if (rune == 0x2028 || rune == 0x2029) {
                out.append("\\u202").append(HEX.charAt(rune & 0xF));
            } else if (rune == Bytes.REPLACEMENT && Bytes.widthAt(text, i) == 1) {
                out.append("\\ufffd");
            } else {
                out.append(text, i, i + Bytes.widthAt(text, i));
            }
        }
        out.append('"');
    }
}
