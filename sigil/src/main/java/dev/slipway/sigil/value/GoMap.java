package dev.slipway.sigil.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Go's {@code map[string]interface {}} or, out of YAML, {@code map[interface {}]interface {}}.
 *
 * @param entries by key; a String is a byte string
 * @param anyKeys whether keys may be other than strings
 */
public record GoMap(Map<@Nullable Object, @Nullable Object> entries, boolean anyKeys) {
    public static GoMap ofStrings(Map<@Nullable Object, @Nullable Object> entries) {
        return new GoMap(entries, false);
    }

    public int size() {
        return entries.size();
    }

    public boolean has(@Nullable Object key) {
        return entries.containsKey(key);
    }

    public @Nullable Object get(@Nullable Object key) {
        return entries.get(key);
    }

    /** The keys in the order in which Go prints a map and ranges over it. */
    public List<@Nullable Object> sortedKeys() {
        List<@Nullable Object> keys = new ArrayList<>(entries.keySet());
        keys.sort(KeyOrder::compare);
        return keys;
    }
}
