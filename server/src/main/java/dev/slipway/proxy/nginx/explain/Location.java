package dev.slipway.proxy.nginx.explain;

import java.util.Optional;

/**
 * One {@code location} block.
 *
 * @param name the path or the expression, without its modifier
 */
record Location(Statement statement, Kind kind, String name) {

    /** How it is compared. */
    enum Kind {
        EXACT,
        PREFIX,
        /** A prefix behind which no regex is asked. */
        PREFIX_FIRST,
        REGEX,
        REGEX_CASELESS
    }

    /** Reads one, the modifier a word of its own or not; nothing for a named location, which no request leads to. */
    static Optional<Location> of(Statement statement) {
        String first = statement.argument(0);
        String joined = first + statement.argument(1);
        if (!statement.is("location") || first.startsWith("@")) {
            return Optional.empty();
        }
        boolean apart = statement.arguments().size() > 1;
        return Optional.of(
                switch (apart ? first : modifier(first)) {
                    case "=" -> new Location(statement, Kind.EXACT, path(joined, 1));
                    case "^~" -> new Location(statement, Kind.PREFIX_FIRST, path(joined, 2));
                    case "~*" -> new Location(statement, Kind.REGEX_CASELESS, path(joined, 2));
                    case "~" -> new Location(statement, Kind.REGEX, path(joined, 1));
                    default -> new Location(statement, Kind.PREFIX, path(joined, 0));
                });
    }

    private static String path(String joined, int modifier) {
        return RequestPath.bytes(joined.substring(modifier));
    }

    private static String modifier(String word) {
        if (word.startsWith("^~") || word.startsWith("~*")) {
            return word.substring(0, 2);
        }
        return word.startsWith("=") || word.startsWith("~") ? word.substring(0, 1) : "";
    }

    boolean isRegex() {
        return kind == Kind.REGEX || kind == Kind.REGEX_CASELESS;
    }

    boolean isPrefix() {
        return kind == Kind.PREFIX || kind == Kind.PREFIX_FIRST;
    }

    /** Whether nginx sends those who leave out its last slash there. */
    boolean completes(String path) {
        return !isRegex()
                && name.equals(path + "/")
                && statement.block().stream()
                        .anyMatch(inner -> inner.directive().name().text().endsWith("_pass"));
    }

    /** As it is written: {@code ^~ /echo/}. */
    String text() {
        return String.join(" ", statement.arguments());
    }
}
