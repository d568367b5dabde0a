package dev.slipway.sigil.eval;

import dev.slipway.sigil.format.Printer;
import dev.slipway.sigil.format.Quoting;
import dev.slipway.sigil.functions.Function;
import dev.slipway.sigil.functions.Host;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.limit.LimitExceeded;
import dev.slipway.sigil.syntax.Expression;
import dev.slipway.sigil.syntax.Statement;
import dev.slipway.sigil.syntax.Statement.Branches;
import dev.slipway.sigil.syntax.TreeSet;
import dev.slipway.sigil.value.Boxed;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import dev.slipway.sigil.value.Kinds;
import dev.slipway.sigil.value.Unsigned;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a template: takes its statements in turn and writes what they give. */
public final class Walker {
    /** What a statement does to the loop around it. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final TreeSet trees;
    private final Budget budget;
    private final Output output;
    private final Place place;
    private final Printer printer;
    private final Evaluator evaluator;
    private int depth;

    private Walker(TreeSet trees, Map<String, Function> functions, Host host) {
        this.trees = trees;
        this.budget = host.budget();
        this.output = new Output(budget);
        this.place = new Place(trees.source());
        this.printer = new Printer(budget);
        this.evaluator = new Evaluator(functions, host, place);
        this.depth = host.depth();
    }

    /**
     * Renders a template.
     *
     * @throws ExecutionError with Go's message
     */
    public static Output run(TreeSet trees, Map<String, Function> functions, Host host, @Nullable Object dot) {
        Walker walker = new Walker(trees, functions, host);
        List<Statement> body = trees.find(trees.source().name());
        try {
            walker.evaluator.enter(new Scope(dot));
            walker.walk(dot, body == null ? List.of() : body);
        } catch (LimitExceeded limit) {
            throw walker.place.error(String.valueOf(limit.getMessage()));
        } catch (StackOverflowError deep) {
            throw walker.place.error("exceeded maximum template depth (" + walker.budget.maxDepth() + ")");
        }
        return walker.output;
    }

    private Flow walk(@Nullable Object dot, List<Statement> body) {
        for (int i = 0; i < body.size(); i++) {
            Flow flow = step(dot, body.get(i));
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow step(@Nullable Object dot, Statement statement) {
        place.at(statement);
        budget.step();
        return switch (statement) {
            case Statement.Text text -> {
                output.literal(text.position(), text.text());
                yield Flow.ON;
            }
            case Statement.Action action -> act(dot, action);
            case Statement.If choice -> choose(dot, choice.branches(), false);
            case Statement.With choice -> choose(dot, choice.branches(), true);
            case Statement.Range loop -> range(dot, loop);
            case Statement.Call call -> call(dot, call);
            case Statement.Break ignored -> Flow.BREAK;
            case Statement.Continue ignored -> Flow.CONTINUE;
        };
    }

    private Flow act(@Nullable Object dot, Statement.Action action) {
        Object value = evaluator.pipe(dot, action.pipe());
        if (action.pipe().variables().isEmpty()) {
            place.at(action);
            String shown = value instanceof String text ? text : value == null ? "<no value>" : printer.print(value);
            output.value(action.position(), shown);
        }
        return Flow.ON;
    }

    private Flow choose(@Nullable Object dot, Branches branches, boolean setsDot) {
        Scope scope = evaluator.scope();
        int mark = scope.mark();
        Object value = evaluator.pipe(dot, branches.pipe());
        Flow flow = Flow.ON;
        if (Kinds.isTrue(value)) {
            flow = walk(setsDot ? value : dot, branches.body());
        } else if (branches.otherwise() != null) {
            flow = walk(dot, branches.otherwise());
        }
        scope.drop(mark);
        return flow;
    }

    private Flow call(@Nullable Object dot, Statement.Call call) {
        List<Statement> body = trees.find(call.name());
        if (body == null) {
            throw place.error("template " + Quoting.quote(call.name()) + " not defined");
        }
        if (depth >= budget.maxDepth()) {
            throw place.error("exceeded maximum template depth (" + budget.maxDepth() + ")");
        }
        Object argument = call.pipe() == null ? null : evaluator.pipe(dot, call.pipe());
        Scope outer = evaluator.scope();
        String outerName = place.template();
        place.enter(call.name());
        evaluator.enter(new Scope(argument));
        depth++;
        walk(argument, body);
        depth--;
        evaluator.enter(outer);
        place.enter(outerName);
        return Flow.ON;
    }

    private Flow range(@Nullable Object dot, Statement.Range loop) {
        Branches branches = loop.branches();
        Scope scope = evaluator.scope();
        int mark = scope.mark();
        Object value = evaluator.pipe(dot, branches.pipe());
        int inner = scope.mark();
        Loop iteration = new Loop(branches.pipe(), branches.body(), inner);
        Flow flow = Flow.ON;
        if (!iterate(value, iteration)) {
            flow = branches.otherwise() == null ? Flow.ON : walk(dot, branches.otherwise());
        }
        scope.drop(mark);
        return flow;
    }

    /** Visits the elements; false if there are none. */
    private boolean iterate(@Nullable Object value, Loop loop) {
        return switch (value) {
            case null -> false;
            case GoList list -> eachElement(list, loop);
            case GoMap map -> eachEntry(map, loop);
            case Long number -> count(value, number, loop);
            // A number above 2^63 is too far to count to: the budget ends it first.
            case Unsigned number -> count(value, number.bits() < 0 ? Long.MAX_VALUE : number.bits(), loop);
            default -> throw place.error("range can't iterate over " + printer.print(value));
        };
    }

    private boolean eachElement(GoList list, Loop loop) {
        boolean on = true;
        for (int i = 0; i < list.size() && on; i++) {
            on = loop.turn((long) i, Boxed.of(list.get(i)));
        }
        return list.size() > 0;
    }

    private boolean eachEntry(GoMap map, Loop loop) {
        budget.spend(map.size());
        for (Object key : map.sortedKeys()) {
            if (!loop.turn(map.anyKeys() ? Boxed.of(key) : key, Boxed.of(map.get(key)))) {
                break;
            }
        }
        return map.size() > 0;
    }

    /** The loop over a number, whose elements are of its own type. */
    private boolean count(Object number, long end, Loop loop) {
        if (loop.pipe.variables().size() > 1) {
            throw place.error("can't use " + printer.print(number) + " to iterate over more than one variable");
        }
        boolean on = true;
        for (long i = 0; i < end && on; i++) {
            on = loop.turn(null, number instanceof Unsigned unsigned ? unsigned.at(i) : (Object) i);
        }
        return end > 0;
    }

    /** The body of a range with the variables it sets. */
    private final class Loop {
        private final Expression.Pipe pipe;
        private final List<Statement> body;
        private final int mark;

        Loop(Expression.Pipe pipe, List<Statement> body, int mark) {
            this.pipe = pipe;
            this.body = body;
            this.mark = mark;
        }

        /** One turn; false to stop. */
        boolean turn(@Nullable Object index, @Nullable Object element) {
            budget.step();
            setVariables(index, element);
            Flow flow = walk(element, body);
            evaluator.scope().drop(mark);
            return flow != Flow.BREAK;
        }

        private void setVariables(@Nullable Object index, @Nullable Object element) {
            List<String> names = pipe.variables();
            if (names.isEmpty()) {
                return;
            }
            boolean two = names.size() > 1;
            if (pipe.assigns()) {
                evaluator.assign(names.getFirst(), two ? index : element);
                if (two) {
                    evaluator.assign(names.get(1), element);
                }
                return;
            }
            evaluator.scope().setNewest(1, element);
            if (two) {
                evaluator.scope().setNewest(2, index);
            }
        }
    }
}
