package dev.slipway.sigil.functions;

import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.Stream;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of sigil's functions. */
final class Given {
    private Given() {}

    /** An argument of a {@code string} parameter. */
    static String string(@Nullable Object argument) {
        return (String) Objects.requireNonNull(argument);
    }

    /** An argument of a {@code []interface {}} parameter. */
    static GoList list(@Nullable Object argument) {
        return (GoList) Objects.requireNonNull(argument);
    }

    /** What sigil takes for a text: a string, or a stream, which it reads. */
    static String text(@Nullable Object argument, String function, Budget budget) {
        if (argument instanceof String text) {
            return text;
        }
        if (argument instanceof Stream stream) {
            return read(stream, budget);
        }
        throw new FunctionException(function + " must be given a string");
    }

    static String read(Stream stream, Budget budget) {
        try {
            String all = stream.readAll();
            budget.made(all.length());
            return all;
        } catch (IOException failure) {
            throw new FunctionException(Bytes.of(stream.name() + ": " + failure.getMessage()));
        }
    }
}
