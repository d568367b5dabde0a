package dev.slipway.proxy.nginx.site;

import dev.slipway.proxy.nginx.syntax.Directive;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * What a template says, to be judged by people's rules: as it was written, without what is added or rewritten so that it can serve.
 *
 * @param lines from a line of the directives to the template's
 */
public record Reading(List<Directive> directives, IntUnaryOperator lines) {

    public Reading {
        directives = List.copyOf(directives);
    }

    /** The template's line that a directive begins at. */
    public int line(Directive directive) {
        return lines.applyAsInt(directive.line());
    }
}
