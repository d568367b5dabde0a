package dev.slipway.sigil.syntax;

import dev.slipway.sigil.format.Quoting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step of a template: text to write, or an action to take. */
public sealed interface Statement {
    /** Byte offset in the template's text. */
    int position();

    /** Text between actions. */
    record Text(int position, String text) implements Statement {}

    /** {@code {{pipeline}}}. */
    record Action(int position, Expression.Pipe pipe) implements Statement {}

    /** {@code {{if}}}. */
    record If(int position, Branches branches) implements Statement {}

    /** {@code {{with}}}. */
    record With(int position, Branches branches) implements Statement {}

    /** {@code {{range}}}. */
    record Range(int position, Branches branches) implements Statement {}

    record Break(int position) implements Statement {}

    record Continue(int position) implements Statement {}

    /** {@code {{template "name" pipeline}}}, and the call that a {@code block} makes. */
    record Call(int position, String name, Expression.@Nullable Pipe pipe, Delimiters delimiters) implements Statement {
        @Override
        public String toString() {
            String argument = pipe == null ? "" : " " + pipe;
            return delimiters.left() + "template " + Quoting.quote(name) + argument + delimiters.right();
        }
    }

    /** The parts that {@code if}, {@code with} and {@code range} share. */
    record Branches(
            Expression.Pipe pipe,
            List<Statement> body,
            @Nullable List<Statement> otherwise) {}
}
