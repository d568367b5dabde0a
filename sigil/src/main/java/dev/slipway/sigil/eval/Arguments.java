package dev.slipway.sigil.eval;

import dev.slipway.sigil.functions.Function;
import dev.slipway.sigil.functions.Function.Parameter;
import dev.slipway.sigil.syntax.Expression;
import dev.slipway.sigil.value.Boxed;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.Kinds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates the arguments of a function to the types it declares. */
final class Arguments {
    private final Evaluator evaluator;
    private final Place place;

    Arguments(Evaluator evaluator, Place place) {
        this.evaluator = evaluator;
        this.place = place;
    }

    /** The arguments as written, with a place at the end for the one out of the pipeline. */
    @Nullable
    Object[] all(@Nullable Object dot, Function function, List<Expression> words, boolean piped) {
        @Nullable Object[] values = new @Nullable Object[words.size() - 1 + (piped ? 1 : 0)];
        for (int i = 1; i < words.size(); i++) {
            values[i - 1] = evaluate(dot, Evaluator.parameter(function, i - 1), words.get(i));
        }
        return values;
    }

    /** @param type null to take the value as it is */
    @Nullable
    Object evaluate(@Nullable Object dot, @Nullable Parameter type, Expression word) {
        place.at(word);
        return switch (word) {
            case Expression.Dot ignored -> validate(dot, type);
            case Expression.Nil ignored -> nil(type);
            case Expression.Field field -> validate(evaluator.field(dot, field), type);
            case Expression.Variable variable -> validate(evaluator.variable(variable), type);
            case Expression.Pipe pipe -> validate(evaluator.pipe(dot, pipe), type);
            case Expression.Identifier name -> validate(evaluator.call(dot, name), type);
            case Expression.Chain chain -> validate(evaluator.chain(dot, chain), type);
            default -> literal(type, word);
        };
    }

    private @Nullable Object nil(@Nullable Parameter type) {
        if (type == Parameter.STRING) {
            throw place.error("cannot assign nil to string");
        }
        return type == Parameter.LIST ? GoList.NIL : null;
    }

    private Object literal(@Nullable Parameter type, Expression word) {
        if (type == Parameter.LIST) {
            throw place.error("can't handle " + word + " for arg of type " + type.typeName());
        }
        if (type == Parameter.STRING && !(word instanceof Expression.Literal)) {
            throw place.error("expected string; found " + word);
        }
        return evaluator.constant(word);
    }

    /** The value as the type wants it. */
    @Nullable
    Object validate(@Nullable Object value, @Nullable Parameter type) {
        if (type == null || type == Parameter.VALUE) {
            return value;
        }
        Object open = Boxed.open(value);
        if (type == Parameter.ANY
                || (type == Parameter.STRING && open instanceof String)
                || (open instanceof GoList && type == Parameter.LIST)) {
            return open;
        }
        if (value == null) {
            if (type == Parameter.LIST) {
                return GoList.NIL;
            }
            throw place.error("invalid value; expected " + type.typeName());
        }
        String actual = Kinds.typeName(open == null ? value : open);
        throw place.error("wrong type for value; expected " + type.typeName() + "; got " + actual);
    }
}
