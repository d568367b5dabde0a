package dev.slipway.sigil.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns plain Java values into the ones a template works on. */
public final class Values {
    private Values() {}

    /**
     * @param value a string, a boolean, a number, a list or a map with string keys of these, or null
     * @throws IllegalArgumentException for anything else
     */
    public static @Nullable Object of(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> Bytes.of(text);
            case Boolean truth -> truth;
            case Long number -> number;
            case Integer number -> (Object) number.longValue();
            case Short number -> (Object) number.longValue();
            case Double number -> number;
            case Float number -> (Object) number.doubleValue();
            case List<?> list -> list(list);
            case Map<?, ?> map -> GoMap.ofStrings(entries(map));
            case GoList list -> list;
            case GoMap map -> map;
            default ->
                throw new IllegalArgumentException(
                        "a template cannot use a " + value.getClass().getName());
        };
    }

    /** The entries of a map with string keys, as byte strings and template values. */
    public static Map<@Nullable Object, @Nullable Object> entries(Map<?, ?> map) {
        Map<@Nullable Object, @Nullable Object> entries = HashMap.newHashMap(map.size() + 16);
        map.forEach((key, value) -> entries.put(Bytes.of((String) key), of(value)));
        return entries;
    }

    private static GoList list(List<?> list) {
        List<@Nullable Object> elements = new ArrayList<>(list.size());
        list.forEach(element -> elements.add(of(element)));
        return GoList.of(elements);
    }
}
