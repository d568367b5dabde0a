package dev.slipway.sigil.syntax;

/** What opens and closes an action. */
public record Delimiters(String left, String right) {
    public static final Delimiters DEFAULT = new Delimiters("{{", "}}");

    /** Go's rule: an empty delimiter stands for the usual one. */
    public Delimiters {
        left = left.isEmpty() ? "{{" : left;
        right = right.isEmpty() ? "}}" : right;
    }
}
