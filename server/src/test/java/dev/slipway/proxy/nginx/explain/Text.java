package dev.slipway.proxy.nginx.explain;

import java.util.List;
import java.util.Map;

/** Configuration text of a test's own. */
final class Text {

    private Text() {}

    static List<Statement> statements(String text) {
        return Statement.read(source("t", text), pattern -> List.of());
    }

    static Source source(String name, String text) {
        return new Source(name, text, line -> name + ":" + line);
    }

    static Includes files(Map<String, String> texts) {
        return pattern -> List.of(source(pattern, texts.getOrDefault(pattern, "")));
    }
}
