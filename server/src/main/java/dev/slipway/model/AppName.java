package dev.slipway.model;

import java.util.regex.Pattern;

/**
 * The name of an app: lowercase letters, digits, dots and hyphens, beginning with a letter or digit; at most 63 characters.
 *
 * <p>It is part of file names, upstream names and host names, so it can hold nothing that one of them reads otherwise.
 */
public record AppName(String value) implements Comparable<AppName> {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

    public AppName {
        if (!FORM.matcher(value).matches() || value.contains("..")) {
            throw UserException.invalid("App name must begin with lowercase alphanumeric character,"
                    + " and may only contain lowercase alphanumerics, dots, and hyphens");
        }
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
