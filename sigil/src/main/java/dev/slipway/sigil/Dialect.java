package dev.slipway.sigil;

/**
 * How a template is written.
 *
 * @param left opens an action
 * @param right closes it
 * @param posix whether {@code $NAME} and {@code ${NAME:-…}} are replaced before the template is read, as {@code sigil -p} does
 */
public record Dialect(String left, String right, boolean posix) {
    /** Double braces, no POSIX expansion. */
    public static Dialect standard() {
        return new Dialect("{{", "}}", false);
    }
}
