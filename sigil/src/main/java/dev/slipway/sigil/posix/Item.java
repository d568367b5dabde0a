package dev.slipway.sigil.posix;

/** A piece of a text with parameters. */
sealed interface Item {
    record Text(String text) implements Item {}

    /** {@code $NAME} or {@code ${NAME}}. */
    record Read(String name) implements Item {}

    /** {@code ${#NAME}}. */
    record Length(String name) implements Item {}

    /** {@code ${NAME:-}}; the word follows, up to the {@link Close}. */
    record Operation(String name, int operator, boolean emptyIsUnset) implements Item {}

    record Close() implements Item {}

    /** The text ended inside a bracket or a quote. */
    record Unclosed(char missing) implements Item {}
}
