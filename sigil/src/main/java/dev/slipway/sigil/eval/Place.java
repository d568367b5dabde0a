package dev.slipway.sigil.eval;

import dev.slipway.sigil.format.Quoting;
import dev.slipway.sigil.syntax.Expression;
import dev.slipway.sigil.syntax.Source;
import dev.slipway.sigil.syntax.Statement;

/** Where a rendering is: the template and the part of it that an error will name. */
final class Place {
    private final Source source;
    private String template;
    private Object node;

    Place(Source source) {
        this.source = source;
        this.template = source.name();
        this.node = new Expression.Dot(0);
    }

    String template() {
        return template;
    }

    void enter(String name) {
        template = name;
    }

    void at(Expression expression) {
        node = expression;
    }

    void at(Statement statement) {
        node = statement;
    }

    ExecutionError error(String message) {
        int position = position();
        String location = source.name() + ":" + source.line(position) + ":" + source.column(position);
        String shown = node instanceof Expression || node instanceof Statement.Call ? " at <" + node + ">" : "";
        String text = "template: " + location + ": executing " + Quoting.quote(template) + shown + ": " + message;
        return new ExecutionError(text, position, null);
    }

    private int position() {
        return node instanceof Expression expression ? expression.position() : ((Statement) node).position();
    }
}
