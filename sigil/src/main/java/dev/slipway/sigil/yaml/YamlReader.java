package dev.slipway.sigil.yaml;

import dev.slipway.sigil.format.Printer;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.text.Base64;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the first document of a YAML text into template values. */
public final class YamlReader {
    private final Budget budget;
    private final Set<String> open = new HashSet<>();
    private long decoded;
    private long decodedByAlias;

    private YamlReader(Budget budget) {
        this.budget = budget;
    }

    /**
     * @param input byte string
     * @throws FunctionException with yaml.v2's message
     */
    public static @Nullable Object read(String input, Budget budget) {
        try {
            YamlNode root = new YamlParser(InputCheck.text(input), budget).document();
            return root == null ? null : new YamlReader(budget).value(root);
        } catch (StackOverflowError tooDeep) {
            throw YamlErrors.plain("exceeded max depth");
        }
    }

    private @Nullable Object value(YamlNode node) {
        budget.elements(1);
        decoded++;
        decodedByAlias += open.isEmpty() ? 0 : 1;
        if (decodedByAlias > 100 && decoded > 1000 && (double) decodedByAlias / decoded > allowedRatio()) {
            throw YamlErrors.plain("document contains excessive aliasing");
        }
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar(scalar);
            case YamlNode.Sequence sequence -> list(sequence);
            case YamlNode.Mapping mapping -> {
                Map<@Nullable Object, @Nullable Object> entries = new HashMap<>();
                fill(mapping, entries);
                yield new GoMap(entries, true);
            }
            case YamlNode.Alias alias -> alias(alias);
        };
    }

    /** Small documents may be nearly all aliases, large ones hardly. */
    private double allowedRatio() {
        if (decoded <= 400_000) {
            return 0.99;
        }
        return decoded >= 4_000_000 ? 0.10 : 0.99 - 0.89 * ((double) (decoded - 400_000) / 3_600_000);
    }

    private @Nullable Object alias(YamlNode.Alias alias) {
        if (!open.add(alias.name())) {
            throw YamlErrors.plain("anchor '" + alias.name() + "' value contains itself");
        }
        Object value = value(alias.target());
        open.remove(alias.name());
        return value;
    }

    private GoList list(YamlNode.Sequence sequence) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (YamlNode element : sequence.elements()) {
            elements.add(value(element));
        }
        return GoList.of(elements);
    }

    private void fill(YamlNode.Mapping mapping, Map<@Nullable Object, @Nullable Object> entries) {
        List<YamlNode> children = mapping.children();
        for (int i = 0; i < children.size(); i += 2) {
            if (isMerge(children.get(i))) {
                merge(children.get(i + 1), entries);
                continue;
            }
            Object key = value(children.get(i));
            if (key instanceof GoMap || key instanceof GoList) {
                String shown = new Printer(budget).printf("%#v", new Object[] {key});
                throw YamlErrors.plain("invalid map key: " + Bytes.text(shown));
            }
            entries.put(key, value(children.get(i + 1)));
        }
    }

    private static boolean isMerge(YamlNode key) {
        return key instanceof YamlNode.Scalar scalar
                && scalar.text().equals("<<")
                && (scalar.plain() || Resolution.shortened(scalar.tag()).equals("!!merge"));
    }

    private void merge(YamlNode from, Map<@Nullable Object, @Nullable Object> entries) {
        switch (from) {
            case YamlNode.Mapping mapping -> fill(mapping, entries);
            case YamlNode.Alias alias -> {
                if (!(alias.target() instanceof YamlNode.Mapping)) {
                    throw noMap();
                }
                if (alias(alias) instanceof GoMap map) {
                    entries.putAll(map.entries());
                }
            }
            case YamlNode.Sequence sequence -> {
                // Earlier maps win, so they are written last.
                for (YamlNode element : sequence.elements().reversed()) {
                    if (element instanceof YamlNode.Sequence || element instanceof YamlNode.Scalar) {
                        throw noMap();
                    }
                    merge(element, entries);
                }
            }
            case YamlNode.Scalar ignored -> throw noMap();
        }
    }

    private static FunctionException noMap() {
        return YamlErrors.plain("map merge requires map or sequence of maps as the value");
    }

    private static @Nullable Object scalar(YamlNode.Scalar scalar) {
        if (scalar.tag().isEmpty() && !scalar.plain()) {
            return Bytes.of(scalar.text());
        }
        Resolution resolution = Resolution.of(Resolution.shortened(scalar.tag()), scalar.text());
        if (resolution.tag().equals(Resolution.BINARY)) {
            return binary(scalar.text());
        }
        return resolution.value() instanceof String text ? Bytes.of(text) : resolution.value();
    }

    private static String binary(String text) {
        try {
            return Base64.decode(text);
        } catch (FunctionException notBase64) {
            throw YamlErrors.plain("!!binary value contains invalid base64 data");
        }
    }
}
