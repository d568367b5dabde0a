package dev.slipway.model;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The environment variables that an app's users set; values are secrets and never logged. */
public record Config(SortedMap<String, String> values) {

    public static final Config EMPTY = new Config(Collections.emptySortedMap());

    /** The bytes that Linux takes in one variable, name, {@code =} and closing NUL included (MAX_ARG_STRLEN, execve(2)). */
    private static final int LONGEST = 128 * 1024;

    /** The bytes of all variables: execve(2) takes two million beside the arguments, and builds add theirs. */
    private static final int MOST = 1024 * 1024;

    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");

    public Config {
        values.forEach(Config::check);
        if (values.entrySet().stream()
                        .mapToInt(entry -> bytes(entry.getKey(), entry.getValue()))
                        .sum()
                > MOST) {
            throw UserException.invalid("All variables together are longer than " + MOST + " bytes");
        }
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    private static void check(String key, String value) {
        if (!KEY.matcher(key).matches()) {
            throw UserException.invalid("Invalid key name: '" + (key.length() > 80 ? key.substring(0, 80) + "…" : key)
                    + "': letters, digits and _ only, not beginning with a digit, at most 255 of them");
        }
        if (value.indexOf('\0') >= 0) {
            throw UserException.invalid("The value of " + key + " holds a NUL byte");
        }
        if (bytes(key, value) > LONGEST) {
            throw UserException.invalid("The value of " + key + " is longer than the " + LONGEST
                    + " bytes that Linux gives a variable: keep it in a file");
        }
    }

    private static int bytes(String key, String value) {
        return key.length() + value.getBytes(StandardCharsets.UTF_8).length + 2;
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
