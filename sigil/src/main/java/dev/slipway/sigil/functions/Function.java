package dev.slipway.sigil.functions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something a template can call.
 *
 * @param name as it is called
 * @param parameters the types that the arguments must have
 * @param rest the type of any further arguments, or null if there may be none
 * @param result what its static type in Go is
 * @param body what it does
 */
public record Function(
        String name, List<Parameter> parameters, @Nullable Parameter rest, Result result, Body body) {
    /** The type of a parameter in Go. */
    public enum Parameter {
        /** {@code interface {}}: anything, nil too. */
        ANY("interface {}"),
        /** {@code reflect.Value}: anything, and the function sees whether it came boxed. */
        VALUE("reflect.Value"),
        STRING("string"),
        LIST("[]interface {}");

        private final String typeName;

        Parameter(String typeName) {
            this.typeName = typeName;
        }

        public String typeName() {
            return typeName;
        }
    }

    /** Whether the result's own type is seen by what follows, or {@code interface {}}. */
    public enum Result {
        TYPED,
        BOXED
    }

    /** The work; arguments are of the declared types, those of {@link Parameter#ANY} unboxed. */
    @FunctionalInterface
    public interface Body {
        /** @throws FunctionException if it cannot be done */
        @Nullable
        Object call(@Nullable Object[] arguments, Host host);
    }
}
