package dev.slipway.sigil.eval;

import dev.slipway.sigil.functions.Function;
import dev.slipway.sigil.functions.Host;
import dev.slipway.sigil.syntax.Expression;
import dev.slipway.sigil.value.Boxed;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoMap;
import dev.slipway.sigil.value.Kinds;
import dev.slipway.sigil.value.Stream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates pipelines.
 *
 * <p>Two values stand for nothing: {@code null} is no value at all (a missing key, an untyped nil), a {@link Boxed} null is the nil
 * found in a map or list. Which part an error names is set by {@code place.at} in the order in which Go visits the parts.
 */
final class Evaluator {
    /** Says that nothing comes down the pipeline. */
    private static final Object NOTHING = new Object();

    private final Map<String, Function> functions;
    private final Host host;
    private final Place place;
    private final Arguments arguments;
    private Scope scope = new Scope(null);

    Evaluator(Map<String, Function> functions, Host host, Place place) {
        this.functions = functions;
        this.host = host;
        this.place = place;
        this.arguments = new Arguments(this, place);
    }

    private static boolean isPiped(@Nullable Object last) {
        return !NOTHING.equals(last);
    }

    Scope scope() {
        return scope;
    }

    void enter(Scope next) {
        scope = next;
    }

    /** The value of a pipeline, unboxed; sets its variables. */
    @Nullable
    Object pipe(@Nullable Object dot, Expression.Pipe pipe) {
        place.at(pipe);
        Object value = NOTHING;
        List<Expression.Command> commands = pipe.commands();
        for (int i = 0; i < commands.size(); i++) {
            value = Boxed.open(command(dot, commands.get(i), value));
        }
        for (String variable : pipe.variables()) {
            if (pipe.assigns()) {
                assign(variable, value);
            } else {
                scope.push(variable, value);
            }
        }
        return value;
    }

    void assign(String variable, @Nullable Object value) {
        scope.set(placeOf(variable), value);
    }

    private int placeOf(String variable) {
        int found = scope.find(variable);
        if (found < 0) {
            throw place.error("undefined variable: " + variable);
        }
        return found;
    }

    private @Nullable Object command(@Nullable Object dot, Expression.Command command, @Nullable Object last) {
        List<Expression> words = command.words();
        Expression first = words.getFirst();
        return switch (first) {
            case Expression.Field field -> field(dot, field, words, last);
            case Expression.Chain chain -> chain(dot, chain, words, last);
            case Expression.Identifier name -> {
                place.at(name);
                yield call(dot, new Invocation(function(name.name()), command, words, last));
            }
            case Expression.Variable variable -> variable(variable, words, last);
            case Expression.Pipe pipe -> {
                refuseArguments(words, last);
                yield pipe(dot, pipe);
            }
            default -> {
                place.at(first);
                refuseArguments(words, last);
                yield operand(dot, first);
            }
        };
    }

    private @Nullable Object operand(@Nullable Object dot, Expression word) {
        if (word instanceof Expression.Dot) {
            return dot;
        }
        if (word instanceof Expression.Nil) {
            throw place.error("nil is not a command");
        }
        return constant(word);
    }

    /** The value of a literal. */
    Object constant(Expression word) {
        return switch (word) {
            case Expression.Bool bool -> bool.value();
            case Expression.Literal literal -> literal.value();
            case Expression.Numeral number -> {
                if (number.value() == null) {
                    throw place.error(number.text() + " overflows int");
                }
                yield number.value();
            }
            default -> throw new IllegalStateException("not a literal: " + word);
        };
    }

    private void refuseArguments(List<Expression> words, @Nullable Object last) {
        if (words.size() > 1 || isPiped(last)) {
            throw place.error("can't give argument to non-function " + words.getFirst());
        }
    }

    /** A field that stands as an argument. */
    @Nullable
    Object field(@Nullable Object dot, Expression.Field field) {
        return field(dot, field, List.of(field), NOTHING);
    }

    private @Nullable Object field(
            @Nullable Object dot, Expression.Field field, List<Expression> words, @Nullable Object last) {
        place.at(field);
        return fields(dot, field.names(), 0, words.size() > 1 || isPiped(last));
    }

    /** A chain that stands as an argument. */
    @Nullable
    Object chain(@Nullable Object dot, Expression.Chain chain) {
        return chain(dot, chain, List.of(chain), NOTHING);
    }

    private @Nullable Object chain(
            @Nullable Object dot, Expression.Chain chain, List<Expression> words, @Nullable Object last) {
        place.at(chain);
        Object receiver = arguments.evaluate(dot, null, chain.operand());
        return fields(receiver, chain.names(), 0, words.size() > 1 || isPiped(last));
    }

    /** A variable that stands as an argument. */
    @Nullable
    Object variable(Expression.Variable variable) {
        return variable(variable, List.of(variable), NOTHING);
    }

    private @Nullable Object variable(Expression.Variable variable, List<Expression> words, @Nullable Object last) {
        place.at(variable);
        Object value = scope.get(placeOf(variable.names().getFirst()));
        if (variable.names().size() == 1) {
            refuseArguments(words, last);
            return value;
        }
        return fields(value, variable.names(), 1, words.size() > 1 || isPiped(last));
    }

    private @Nullable Object fields(@Nullable Object receiver, List<String> names, int from, boolean hasArguments) {
        Object value = receiver;
        for (int i = from; i < names.size(); i++) {
            value = element(value, names.get(i), hasArguments && i == names.size() - 1);
        }
        return value;
    }

    private @Nullable Object element(@Nullable Object receiver, String name, boolean hasArguments) {
        if (receiver == null) {
            return null;
        }
        Object open = Boxed.open(receiver);
        if (open == null) {
            throw place.error("nil pointer evaluating interface {}." + name);
        }
        if (open instanceof GoMap map) {
            if (hasArguments) {
                throw place.error(name + " is not a method but has arguments");
            }
            Object value = map.get(name);
            return value != null || map.has(name) ? Boxed.of(value) : null;
        }
        if (open instanceof Stream stream && name.equals("Name")) {
            return stream.name();
        }
        throw place.error("can't evaluate field " + name + " in type " + Kinds.typeName(receiver));
    }

    /** A function that stands as an argument. */
    @Nullable
    Object call(@Nullable Object dot, Expression.Identifier name) {
        place.at(name);
        return call(dot, new Invocation(function(name.name()), name, List.of(name), NOTHING));
    }

    /**
     * A function with what it is called with.
     *
     * @param whole what an error names
     * @param words the function's name and the arguments as written
     * @param last what comes down the pipeline, or {@link #NOTHING}
     */
    private record Invocation(
            Function function,
            Expression whole,
            List<Expression> words,
            @Nullable Object last) {}

    private Function function(String name) {
        Function function = functions.get(name);
        if (function == null) {
            throw place.error("\"" + name + "\" is not a defined function");
        }
        return function;
    }

    private @Nullable Object call(@Nullable Object dot, Invocation invocation) {
        Function function = invocation.function;
        List<Expression> words = invocation.words;
        boolean piped = isPiped(invocation.last);
        checkCount(function, words.size() - 1, piped);
        if (function.name().equals("and") || function.name().equals("or")) {
            return shortCircuit(dot, invocation);
        }
        @Nullable Object[] values = arguments.all(dot, function, words, piped);
        if (piped) {
            values[values.length - 1] = arguments.validate(invocation.last, parameter(function, values.length - 1));
        }
        try {
            Object result = function.name().equals("call")
                    ? refuseCall(words, values)
                    : function.body().call(values, host);
            return function.result() == Function.Result.BOXED ? Boxed.of(result) : result;
        } catch (FunctionException problem) {
            place.at(invocation.whole);
            throw place.error("error calling " + function.name() + ": " + problem.getMessage());
        }
    }

    static Function.Parameter parameter(Function function, int index) {
        List<Function.Parameter> fixed = function.parameters();
        return index < fixed.size() || function.rest() == null ? fixed.get(index) : function.rest();
    }

    private void checkCount(Function function, int written, boolean piped) {
        int given = written + (piped ? 1 : 0);
        int wanted = function.parameters().size();
        String problem = "wrong number of args for " + function.name() + ": want ";
        if (function.rest() != null && given < wanted) {
            throw place.error(problem + "at least " + wanted + " got " + written);
        }
        if (function.rest() == null && given != wanted) {
            throw place.error(problem + wanted + " got " + given);
        }
    }

    private @Nullable Object shortCircuit(@Nullable Object dot, Invocation invocation) {
        List<Expression> words = invocation.words;
        boolean stopAt = invocation.function.name().equals("or");
        Object value = null;
        for (int i = 1; i < words.size(); i++) {
            value = arguments.evaluate(dot, Function.Parameter.VALUE, words.get(i));
            if (Kinds.isTrue(value) == stopAt) {
                return value;
            }
        }
        return isPiped(invocation.last) ? invocation.last : value;
    }

    /** {@code call} wants a function for a value, and no template value is one. */
    private Object refuseCall(List<Expression> words, @Nullable Object[] values) {
        Object callee = Boxed.open(values[0]);
        if (callee == null) {
            throw new FunctionException("call of nil");
        }
        String name = words.size() > 1
                ? words.get(1).toString()
                : callee instanceof String text ? text : "<" + Kinds.typeName(values[0]) + " Value>";
        throw new FunctionException("non-function " + name + " of type " + Kinds.typeName(callee));
    }
}
