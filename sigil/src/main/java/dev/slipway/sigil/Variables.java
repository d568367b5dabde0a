package dev.slipway.sigil;

import java.util.Map;

/**
 * What a rendering is given.
 *
 * @param values the dot, whose keys are also {@code $NAME}: strings, booleans, numbers, lists and maps of these, null
 * @param environment what {@code var} reads beside the string values
 */
public record Variables(Map<String, ?> values, Map<String, String> environment) {
    /** Values and an empty environment. */
    public static Variables of(Map<String, ?> values) {
        return new Variables(values, Map.of());
    }
}
