package dev.slipway.model;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The path that a route takes: it and everything below it, at a boundary, so that {@code /api} takes {@code /api} and {@code /api/x} but
 * not {@code /api2}. A slash at its end says nothing more and is left away.
 *
 * <p>Segments hold letters, digits and {@code . _ ~ @ + -}: what a location of nginx means literally, since it compares decoded paths.
 */
public record RoutePath(String value) implements Comparable<RoutePath> {

    private static final int LONGEST = 255;
    private static final Pattern FORM = Pattern.compile("/|(/[A-Za-z0-9._~@+-]+)+");
    private static final Pattern DOTS = Pattern.compile(".*/\\.{1,2}(/.*)?");

    /** Where the default template serves the pages of errors. */
    private static final Set<String> TAKEN =
            Set.of("/400-error.html", "/404-error.html", "/500-error.html", "/502-error.html");

    /** Everything that no longer path takes. */
    public static final RoutePath ROOT = new RoutePath("/");

    public RoutePath {
        value = value.length() > 1 && value.endsWith("/") && !value.endsWith("//")
                ? value.substring(0, value.length() - 1)
                : value;
        if (value.length() > LONGEST
                || !FORM.matcher(value).matches()
                || DOTS.matcher(value).matches()) {
            throw UserException.invalid(
                    "Invalid path '" + shown(value) + "': write / and segments of letters, digits and . _ ~ @ + -,"
                            + " such as /echo, at most " + LONGEST + " characters");
        }
        if (TAKEN.contains(value)) {
            throw UserException.invalid("The path " + value + " is the platform's own page of errors: choose another");
        }
    }

    private static String shown(String path) {
        return (path.length() > 80 ? path.substring(0, 80) + "…" : path).replaceAll("\\p{Cntrl}", "?");
    }

    public boolean isRoot() {
        return value.equals("/");
    }

    @Override
    public int compareTo(RoutePath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
