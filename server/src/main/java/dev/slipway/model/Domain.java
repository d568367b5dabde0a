package dev.slipway.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A host name that is routed to an app: labels of letters, digits and hyphens (RFC 1123), a leading {@code *.} for a wildcard, a leading {@code .}
 * for a name and all below it; kept in lower case.
 */
public record Domain(String value) implements Comparable<Domain> {

    private static final Pattern FORM = Pattern.compile(
            "(\\*?\\.)?[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");

    private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");

    public Domain {
        value = value.toLowerCase(Locale.ROOT);
        if (value.length() > 253 || !FORM.matcher(value).matches()) {
            throw UserException.invalid(
                    (value.length() > 253 ? value.substring(0, 80) + "…" : value) + " is not a valid domain name");
        }
    }

    /** Whether it stands for more than one name. */
    public boolean wildcard() {
        return value.startsWith("*") || value.startsWith(".");
    }

    /** Whether it is an IPv4 address in the place of a name: no name is below it. */
    public boolean isAddress() {
        return ADDRESS.matcher(value).matches();
    }

    @Override
    public int compareTo(Domain other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
