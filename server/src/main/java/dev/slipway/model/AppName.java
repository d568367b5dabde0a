package dev.slipway.model;

/**
 * The name of an app: lowercase letters, digits, dots and hyphens, beginning with a letter or digit; at most 63 characters.
 *
 * <p>It is part of file names, upstream names and host names, so it can hold nothing that one of them reads otherwise.
 */
public record AppName(String value) implements Comparable<AppName> {

    private static final int LONGEST = 63;

    public AppName {
        if (!isName(value)) {
            throw UserException.invalid("App name must begin with lowercase alphanumeric character,"
                    + " and may only contain lowercase alphanumerics, dots, and hyphens");
        }
    }

    /** Without a pattern: a report of all apps asks this ten thousand times. */
    private static boolean isName(String text) {
        if (text.isEmpty() || text.length() > LONGEST || !isAlphanumeric(text.charAt(0)) || text.contains("..")) {
            return false;
        }
        return text.chars().allMatch(c -> isAlphanumeric(c) || c == '.' || c == '-');
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    @Override
    public int compareTo(AppName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
