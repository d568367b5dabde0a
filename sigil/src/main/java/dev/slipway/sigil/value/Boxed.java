package dev.slipway.sigil.value;

import org.jspecify.annotations.Nullable;

/**
 * A value as it comes out of a list or a map, whose static type in Go is {@code interface {}}.
 *
 * <p>Go's error texts and nil rules tell such a value from a bare one ({@code can't evaluate field x in type interface {}}), so the
 * evaluator carries the difference until a pipeline strips it.
 */
public record Boxed(@Nullable Object inner) {
    private static final Boxed NIL = new Boxed(null);

    public static Boxed of(@Nullable Object inner) {
        return inner == null ? NIL : new Boxed(inner);
    }

    /** The value without its box, if it has one. */
    public static @Nullable Object open(@Nullable Object value) {
        return value instanceof Boxed boxed ? boxed.inner : value;
    }
}
