package dev.slipway.sigil.jmespath;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a query. */
sealed interface Node {
    record Identity() implements Node {}

    record Field(String name) implements Node {}

    record Literal(@Nullable Object value) implements Node {}

    /** {@code left.right} and {@code left | right}, which differ only in how far a projection reaches. */
    record Then(Node left, Node right) implements Node {}

    /** What is left of a bracket that does not parse at the start of an expression: it fails when it is evaluated. */
    record Empty() implements Node {}

    record Index(int index) implements Node {}

    record Slice(
            @Nullable Integer start,
            @Nullable Integer stop,
            @Nullable Integer step) implements Node {}

    /** {@code left[*].right}. */
    record Projection(Node left, Node right) implements Node {}

    /** {@code left.*.right}. */
    record ValueProjection(Node left, Node right) implements Node {}

    /** {@code left[?condition].right}. */
    record Filter(Node left, Node right, Node condition) implements Node {}

    record Flatten(Node left) implements Node {}

    record Comparison(Token.Type operator, Node left, Node right) implements Node {}

    record Or(Node left, Node right) implements Node {}

    record And(Node left, Node right) implements Node {}

    record Not(Node operand) implements Node {}

    record MultiList(List<Node> elements) implements Node {}

    record MultiHash(List<String> keys, List<Node> values) implements Node {}

    record Call(String name, List<Node> arguments) implements Node {}

    /** A call of what is no name; its arguments are not looked at. */
    record NotCallable(String type) implements Node {}

    /** {@code &expression}, for functions to apply. */
    record Reference(Node expression) implements Node {}
}
