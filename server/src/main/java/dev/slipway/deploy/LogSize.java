package dev.slipway.deploy;

import dev.slipway.model.UserException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long the log of one process may grow, in Dokku's words: {@code 20m}, or {@code unlimited}. */
final class LogSize {

    private static final String UNLIMITED = "unlimited";
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([kmg])");
    private static final long LEAST = 64 * 1024;

    private LogSize() {}

    /** @throws UserException in Dokku's words, or for less than a log can be kept in */
    static String check(String text) {
        if (!text.equals(UNLIMITED) && !text.matches("(?s).*[kmg]")) {
            throw UserException.invalid("Invalid max-size unit measure, value must end in any of [k, m, g]");
        }
        if (!text.equals(UNLIMITED) && (!FORM.matcher(text).matches() || bytes(text) < LEAST)) {
            throw UserException.invalid(
                    "Invalid max-size value, must be a number followed by a unit of measure [k, m, g], at least 64k,"
                            + " or unlimited");
        }
        return text;
    }

    static long bytes(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Long.MAX_VALUE;
        }
        int factor = switch (form.group(2)) {
            case "k" -> 1;
            case "m" -> 1024;
            default -> 1024 * 1024;
        };
        return Long.parseLong(form.group(1)) * factor * 1024L;
    }
}
