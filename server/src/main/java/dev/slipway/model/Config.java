package dev.slipway.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The environment variables that an app's users set; values are secrets and never logged. */
public record Config(SortedMap<String, String> values) {

    public static final Config EMPTY = new Config(Collections.emptySortedMap());

    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public Config {
        values.forEach(Config::check);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    private static void check(String key, String value) {
        if (!KEY.matcher(key).matches()) {
            throw UserException.invalid(
                    "Invalid key name: '" + key + "': letters, digits and _ only, not beginning with a digit");
        }
        if (value.indexOf('\0') >= 0) {
            throw UserException.invalid("The value of " + key + " holds a NUL byte");
        }
    }

    public Config with(Map<String, String> changes) {
        TreeMap<String, String> changed = new TreeMap<>(values);
        changed.putAll(changes);
        return new Config(changed);
    }

    public Config without(Collection<String> keys) {
        TreeMap<String, String> changed = new TreeMap<>(values);
        changed.keySet().removeAll(keys);
        return new Config(changed);
    }

    /** Keys alone: values are secrets. */
    @Override
    public String toString() {
        return "Config" + values.keySet();
    }
}
