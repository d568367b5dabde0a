package dev.slipway.sigil.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an action evaluates. As a string it is its source, as messages show it. */
public sealed interface Expression {
    /** Byte offset in the template's text. */
    int position();

    /** {@code $x, $y := a | b}. */
    record Pipe(int position, List<String> variables, boolean assigns, List<Command> commands) implements Expression {
        @Override
        public String toString() {
            StringBuilder out = new StringBuilder(String.join(", ", variables));
            if (!variables.isEmpty()) {
                out.append(assigns ? " = " : " := ");
            }
            for (int i = 0; i < commands.size(); i++) {
                out.append(i > 0 ? " | " : "").append(commands.get(i));
            }
            return out.toString();
        }
    }

    /** An operand or a function with its arguments; the first word decides which. */
    record Command(int position, List<Expression> words) implements Expression {
        @Override
        public String toString() {
            StringBuilder out = new StringBuilder();
            for (Expression word : words) {
                out.append(out.isEmpty() ? "" : " ").append(inParens(word));
            }
            return out.toString();
        }
    }

    /** {@code .a.b}. */
    record Field(int position, List<String> names) implements Expression {
        @Override
        public String toString() {
            return "." + String.join(".", names);
        }
    }

    /** {@code $x.a.b}; the first name has its dollar. */
    record Variable(int position, List<String> names) implements Expression {
        @Override
        public String toString() {
            return String.join(".", names);
        }
    }

    /** {@code (pipeline).a.b}, or a function's name with fields behind it. */
    record Chain(int position, Expression operand, List<String> names) implements Expression {
        @Override
        public String toString() {
            return inParens(operand) + "." + String.join(".", names);
        }
    }

    /** The name of a function. */
    record Identifier(int position, String name) implements Expression {
        @Override
        public String toString() {
            return name;
        }
    }

    record Dot(int position) implements Expression {
        @Override
        public String toString() {
            return ".";
        }
    }

    record Nil(int position) implements Expression {
        @Override
        public String toString() {
            return "nil";
        }
    }

    record Bool(int position, boolean value) implements Expression {
        @Override
        public String toString() {
            return String.valueOf(value);
        }
    }

    /**
     * A number or a character.
     *
     * @param value an int, float64 or complex128; null if it is a whole number above Go's int
     */
    record Numeral(int position, String text, @Nullable Object value) implements Expression {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A string in either form of quotes. */
    record Literal(int position, String quoted, String value) implements Expression {
        @Override
        public String toString() {
            return quoted;
        }
    }

    private static String inParens(Expression word) {
        return word instanceof Pipe ? "(" + word + ")" : word.toString();
    }
}
