package dev.slipway.sigil.syntax;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parsed text: the template it is, and those it defines.
 *
 * @param source what was parsed
 * @param trees the body of each template by name, with the text's own among them
 */
public record TreeSet(Source source, Map<String, List<Statement>> trees) {
    TreeSet(Source source) {
        this(source, new HashMap<>());
    }

    /** The body of a template, or null if none has the name. */
    public @Nullable List<Statement> find(String name) {
        return trees.get(name);
    }

    /** Keeps a definition unless it is the second that has content; an empty one never replaces another. */
    boolean define(String name, List<Statement> body) {
        List<Statement> known = trees.get(name);
        if (known == null || isEmpty(known)) {
            trees.put(name, body);
            return true;
        }
        return isEmpty(body);
    }

    private static boolean isEmpty(List<Statement> body) {
        return body.stream()
                .allMatch(step ->
                        step instanceof Statement.Text text && text.text().isBlank());
    }
}
