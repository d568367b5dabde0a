package dev.slipway.sigil.functions;

import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.value.Stream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What functions reach beyond their arguments. */
public interface Host {
    Budget budget();

    /** How many renderings this one is inside of. */
    int depth();

    /** The environment, with the template's own string variables laid over it; text, not byte strings. */
    Map<String, String> environment();

    /** The files a template may read. */
    TemplateFiles files();

    /** The standard input. */
    Stream stdin();

    /**
     * Renders another text with variables of its own.
     *
     * @param text byte string
     * @param name for messages
     * @param variables the dot, by byte strings
     * @throws FunctionException with the template's error, if it has one
     */
    String render(String text, String name, Map<@Nullable Object, @Nullable Object> variables);
}
