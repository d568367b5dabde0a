package dev.slipway.sigil.jmespath;

import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import dev.slipway.sigil.value.Kinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers a query from a value. */
public final class Query {
    private final Budget budget;
    private final QueryFunctions functions;

    private Query(Budget budget) {
        this.budget = budget;
        this.functions = new QueryFunctions(this, budget);
    }

    /**
     * Searches a value.
     *
     * @throws FunctionException with what is wrong with the query, or cannot be done
     */
    public static @Nullable Object search(String query, @Nullable Object value, Budget budget) {
        Node node = explained("JmesPath compileerror: ", () -> QueryParser.parse(query, budget));
        return explained("JmesPath search error: ", () -> new Query(budget).evaluate(node, value));
    }

    private interface Step<T extends @Nullable Object> {
        T run();
    }

    private static <T extends @Nullable Object> T explained(String problem, Step<T> step) {
        try {
            return step.run();
        } catch (FunctionException failure) {
            throw new FunctionException(problem + failure.getMessage());
        } catch (Panic failure) {
            throw new FunctionException(String.valueOf(failure.getMessage()));
        } catch (StackOverflowError tooDeep) {
            throw new FunctionException(problem + "the expression nests too deeply");
        }
    }

    @Nullable
    Object evaluate(Node node, @Nullable Object value) {
        budget.step();
        return switch (node) {
            case Node.Identity ignored -> value;
            case Node.Empty ignored -> throw new FunctionException("Unknown AST node: ASTEmpty");
            case Node.Field field -> value instanceof GoMap map && !map.anyKeys() ? map.get(field.name()) : null;
            case Node.Literal literal -> literal.value();
            case Node.Then then -> evaluate(then.right(), evaluate(then.left(), value));
            case Node.Index index -> value instanceof GoList list ? element(list, index.index()) : null;
            case Node.Slice slice -> value instanceof GoList list ? slice(list, slice) : null;
            case Node.Projection all -> project(elements(evaluate(all.left(), value)), all.right());
            case Node.ValueProjection all -> project(valuesAfterNils(quietly(all.left(), value)), all.right());
            case Node.Filter filter -> filter(filter, value);
            case Node.Flatten flatten -> flatten(quietly(flatten.left(), value));
            case Node.Comparison comparison -> compare(comparison, value);
            case Node.Or or -> {
                Object left = evaluate(or.left(), value);
                yield isFalse(left) ? evaluate(or.right(), value) : left;
            }
            case Node.And and -> {
                Object left = evaluate(and.left(), value);
                yield isFalse(left) ? left : evaluate(and.right(), value);
            }
            case Node.Not not -> isFalse(evaluate(not.operand(), value));
            case Node.MultiList multi -> value == null ? null : multiList(multi, value);
            case Node.MultiHash multi -> value == null ? null : multiHash(multi, value);
            case Node.Call call -> functions.call(call, value);
            case Node.NotCallable callee ->
                throw new Panic("interface conversion: interface {} is " + callee.type() + ", not string");
            case Node.Reference ignored -> throw new FunctionException("a reference is for functions only");
        };
    }

    /** What go-jmespath filters, flattens or takes the values of: if that fails it is nil. */
    private @Nullable Object quietly(Node node, @Nullable Object value) {
        try {
            return evaluate(node, value);
        } catch (FunctionException failure) {
            return null;
        }
    }

    private static @Nullable Object element(GoList list, int index) {
        int at = index < 0 ? index + list.size() : index;
        return at >= 0 && at < list.size() ? list.get(at) : null;
    }

    private GoList slice(GoList list, Node.Slice slice) {
        int step = slice.step() == null ? 1 : slice.step();
        if (step == 0) {
            throw new FunctionException("Invalid slice, step cannot be 0");
        }
        int size = list.size();
        budget.elements(size);
        int start = bound(slice.start(), step < 0 ? size - 1 : 0, size, step);
        int stop = bound(slice.stop(), step < 0 ? -1 : size, size, step);
        List<@Nullable Object> elements = new ArrayList<>();
        for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
            elements.add(list.get((int) i));
        }
        return GoList.appended(elements);
    }

    private static int bound(@Nullable Integer given, int usual, int size, int step) {
        if (given == null) {
            return usual;
        }
        if (given < 0) {
            return given + size < 0 ? (step < 0 ? -1 : 0) : given + size;
        }
        return given >= size ? (step < 0 ? size - 1 : size) : given;
    }

    private @Nullable List<@Nullable Object> elements(@Nullable Object value) {
        if (!(value instanceof GoList list)) {
            return null;
        }
        budget.elements(list.size());
        List<@Nullable Object> elements = new ArrayList<>(list.size());
        list.forEach(elements::add);
        return elements;
    }

    @Nullable
    List<@Nullable Object> values(@Nullable Object value) {
        if (!(value instanceof GoMap map) || map.anyKeys()) {
            return null;
        }
        budget.elements(map.size());
        List<@Nullable Object> values = new ArrayList<>(map.size());
        map.sortedKeys().forEach(key -> values.add(map.get(key)));
        return values;
    }

    /** go-jmespath puts as many nils in front as there are values, which only few expressions show. */
    private @Nullable List<@Nullable Object> valuesAfterNils(@Nullable Object value) {
        List<@Nullable Object> values = values(value);
        if (values == null) {
            return null;
        }
        List<@Nullable Object> all = new ArrayList<>(2 * values.size());
        values.forEach(each -> all.add(null));
        all.addAll(values);
        return all;
    }

    private @Nullable Object project(@Nullable List<@Nullable Object> elements, Node right) {
        if (elements == null) {
            return null;
        }
        List<@Nullable Object> found = new ArrayList<>();
        for (Object element : elements) {
            Object value = evaluate(right, element);
            if (value != null) {
                found.add(value);
            }
        }
        return GoList.of(found);
    }

    private @Nullable Object filter(Node.Filter filter, @Nullable Object value) {
        List<@Nullable Object> elements = elements(quietly(filter.left(), value));
        if (elements == null) {
            return null;
        }
        elements.removeIf(element -> isFalse(evaluate(filter.condition(), element)));
        return project(elements, filter.right());
    }

    private @Nullable Object flatten(@Nullable Object value) {
        if (!(value instanceof GoList list)) {
            return null;
        }
        List<@Nullable Object> flat = new ArrayList<>();
        for (Object element : list) {
            budget.elements(1);
            if (element instanceof GoList inner) {
                budget.elements(inner.size());
                inner.forEach(flat::add);
            } else {
                flat.add(element);
            }
        }
        return GoList.of(flat);
    }

    private @Nullable Object compare(Node.Comparison comparison, @Nullable Object value) {
        Object left = evaluate(comparison.left(), value);
        Object right = evaluate(comparison.right(), value);
        if (comparison.operator() == Token.Type.EQ || comparison.operator() == Token.Type.NE) {
            return Equality.deep(left, right) == (comparison.operator() == Token.Type.EQ);
        }
        if (!(left instanceof Double first) || !(right instanceof Double second)) {
            return null;
        }
        return switch (comparison.operator()) {
            case LT -> first < second;
            case LTE -> first <= second;
            case GT -> first > second;
            default -> first >= second;
        };
    }

    private GoList multiList(Node.MultiList multi, Object value) {
        List<@Nullable Object> elements = new ArrayList<>();
        budget.elements(multi.elements().size());
        multi.elements().forEach(element -> elements.add(evaluate(element, value)));
        return GoList.of(elements);
    }

    private GoMap multiHash(Node.MultiHash multi, Object value) {
        Map<@Nullable Object, @Nullable Object> entries = new HashMap<>();
        budget.elements(multi.keys().size());
        for (int i = 0; i < multi.keys().size(); i++) {
            entries.put(multi.keys().get(i), evaluate(multi.values().get(i), value));
        }
        return GoMap.ofStrings(entries);
    }

    /** Null, false and what is empty; a zero is not. */
    private static boolean isFalse(@Nullable Object value) {
        return value == null
                || ((value instanceof Boolean
                                || value instanceof String
                                || value instanceof GoList
                                || value instanceof GoMap)
                        && !Kinds.isTrue(value));
    }
}
