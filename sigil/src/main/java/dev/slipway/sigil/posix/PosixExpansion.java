package dev.slipway.sigil.posix;

import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces shell parameters in a text by the values of an environment, as {@code sigil -p} does before it reads a template. */
public final class PosixExpansion {
    private final Map<String, String> environment;

    /** @param environment is changed by {@code ${NAME:=word}} */
    public PosixExpansion(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * @param text byte string
     * @throws FunctionException for {@code ${NAME:?}} without a value and an unclosed bracket
     */
    public String expand(String text) {
        return evaluate(new PosixLexer(text));
    }

    private String evaluate(Items items) {
        StringBuilder out = new StringBuilder();
        for (Item item = items.next(); item != null; item = items.next()) {
            out.append(
                    switch (item) {
                        case Item.Text text -> text.text();
                        case Item.Read read -> value(read.name(), "");
                        case Item.Length length ->
                            Integer.toString(value(length.name(), "").length());
                        case Item.Operation operation -> operate(operation, items);
                        case Item.Close ignored -> "";
                        case Item.Unclosed unclosed ->
                            throw new FunctionException(
                                    "unexpected EOF while looking for matching `" + unclosed.missing() + "'");
                    });
        }
        return out.toString();
    }

    private @Nullable String value(String name) {
        String value = environment.get(Bytes.text(name));
        return value == null ? null : Bytes.of(value);
    }

    private String value(String name, String otherwise) {
        String value = value(name);
        return value == null ? otherwise : value;
    }

    private String operate(Item.Operation operation, Items items) {
        String value = value(operation.name());
        boolean set = operation.emptyIsUnset() ? value != null && !value.isEmpty() : value != null;
        if (operation.operator() == '+') {
            if (set) {
                return evaluate(items.bracketed());
            }
            // sigil drops all that follows, not only the word.
            items.skip();
            return "";
        }
        if (set && value != null) {
            items.bracketed().skip();
            return value;
        }
        String word = evaluate(items.bracketed());
        return switch (operation.operator()) {
            case '-' -> word;
            case '=' -> {
                environment.put(Bytes.text(operation.name()), Bytes.text(word));
                yield word;
            }
            case '?' ->
                throw new FunctionException(word.isEmpty() ? operation.name() + ": parameter null or not set" : word);
            default -> throw new FunctionException("unexpected op: %!s(int32=" + operation.operator() + ")");
        };
    }
}
