package dev.slipway.sigil.value;

import org.jspecify.annotations.Nullable;

/** What Go's reflection says of a value: its type's name, its truth, whether it is nil. */
public final class Kinds {
    private Kinds() {}

    /** The type as {@code %T} prints it, {@code interface {}} for a boxed value. */
    public static String typeName(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case Boxed ignored -> "interface {}";
            case String ignored -> "string";
            case Boolean ignored -> "bool";
            case Long ignored -> "int";
            case Unsigned number -> number.typeName();
            case Double ignored -> "float64";
            case Complex ignored -> "complex128";
            case GoList ignored -> "[]interface {}";
            case GoMap map -> map.anyKeys() ? "map[interface {}]interface {}" : "map[string]interface {}";
            case Stream ignored -> "sigil.NamedReader";
            default -> throw new IllegalArgumentException("not a template value: " + value.getClass());
        };
    }

    /** Whether {@code if} takes its branch: neither nil, false, zero nor empty. */
    public static boolean isTrue(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boxed boxed -> isTrue(boxed.inner());
            case String text -> !text.isEmpty();
            case Boolean truth -> truth;
            case Long number -> number != 0;
            case Unsigned number -> number.bits() != 0;
            case Double number -> number != 0;
            case Complex number -> !number.isZero();
            case GoList list -> list.size() > 0;
            case GoMap map -> map.size() > 0;
            default -> true;
        };
    }

    /** No value at all, or a nil slice. */
    public static boolean isNil(@Nullable Object value) {
        return value == null || (value instanceof GoList list && list.isNil());
    }
}
