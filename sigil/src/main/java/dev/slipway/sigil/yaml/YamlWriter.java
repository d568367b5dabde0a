package dev.slipway.sigil.yaml;

import dev.slipway.sigil.format.FloatForms;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.text.Base64;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import dev.slipway.sigil.value.Kinds;
import dev.slipway.sigil.value.Stream;
import dev.slipway.sigil.value.Unsigned;
import dev.slipway.sigil.yaml.ScalarShape.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes values as block-style YAML: keys sorted, lists at their mapping's indentation, strings quoted only where they must be. */
public final class YamlWriter {
    /** Sexagesimal floats are read by some and so are quoted, though never read here. */
    private static final Pattern BASE_60 = Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");

    private static final int BINARY_LINE = 70;

    private final Budget budget;
    private final YamlOutput out = new YamlOutput();

    private YamlWriter(Budget budget) {
        this.budget = budget;
    }

    /** @throws FunctionException for a value that YAML has no form for */
    public static String write(@Nullable Object value, Budget budget) {
        YamlWriter writer = new YamlWriter(budget);
        writer.node(value, false);
        writer.out.end();
        String text = writer.out.text();
        budget.made(text.length());
        return text;
    }

    private void node(@Nullable Object value, boolean inMapping) {
        budget.step();
        budget.size(out.size());
        switch (value) {
            case GoList list when list.size() > 0 -> list(list, inMapping);
            case GoList ignored -> out.flow("[", "]");
            case GoMap map when map.size() > 0 -> map(map);
            case GoMap ignored -> out.flow("{", "}");
            case null, default -> scalar(value, false);
        }
    }

    private void list(GoList list, boolean inMapping) {
        out.deepen(inMapping && !out.onlyIndented());
        for (Object element : list) {
            out.newLine();
            out.indicator("-", true);
            node(element, false);
        }
        out.shallow();
    }

    private void map(GoMap map) {
        out.deepen(false);
        List<@Nullable Object> keys = new ArrayList<>(map.entries().keySet());
        keys.sort(YamlKeyOrder::compare);
        for (Object key : keys) {
            out.newLine();
            if (isSimple(key)) {
                scalar(key, true);
                out.indicator(":", false);
            } else {
                out.indicator("?", true);
                node(key, true);
                out.newLine();
                out.indicator(":", true);
            }
            node(map.get(key), true);
        }
        out.shallow();
    }

    private static boolean isSimple(@Nullable Object key) {
        return !(key instanceof String text) || (text.length() <= 128 && text.indexOf('\n') < 0);
    }

    private void scalar(@Nullable Object value, boolean isKey) {
        switch (value) {
            case null -> out.plain("null", isKey);
            case Boolean truth -> out.plain(truth.toString(), isKey);
            case Long number -> out.plain(number.toString(), isKey);
            case Unsigned number -> out.plain(Long.toUnsignedString(number.bits()), isKey);
            case Double number -> out.plain(number(number), isKey);
            case String text -> string(text, isKey);
            case Stream stream -> out.plain("name: " + stream.name(), isKey);
            default -> throw new FunctionException("cannot marshal type: " + Kinds.typeName(value));
        }
    }

    private static String number(double value) {
        String text = FloatForms.format(value, 'g', -1);
        return switch (text) {
            case "+Inf" -> ".inf";
            case "-Inf" -> "-.inf";
            case "NaN" -> ".nan";
            default -> text;
        };
    }

    private void string(String bytes, boolean isKey) {
        String text = Bytes.text(bytes);
        boolean valid = Bytes.of(text).equals(bytes);
        if (!valid) {
            text = binary(bytes);
            out.tag("!!binary");
        }
        boolean plain = !valid
                || (Resolution.of("", text).tag().equals(Resolution.STRING)
                        && !BASE_60.matcher(text).matches());
        Style wanted = text.indexOf('\n') >= 0 ? Style.LITERAL : plain ? Style.PLAIN : Style.DOUBLE_QUOTED;
        out.scalar(text, new ScalarShape(text).choose(wanted, isKey), isKey);
    }

    private static String binary(String bytes) {
        String encoded = Base64.encode(bytes);
        if (encoded.length() < BINARY_LINE) {
            return encoded;
        }
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < encoded.length(); i += BINARY_LINE) {
            lines.append(encoded, i, Math.min(encoded.length(), i + BINARY_LINE))
                    .append('\n');
        }
        return lines.toString();
    }
}
