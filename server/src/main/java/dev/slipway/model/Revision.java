package dev.slipway.model;

import java.util.regex.Pattern;

/** One commit of an app's repository, by its full object name (40 or 64 hexadecimal digits). */
public record Revision(String sha) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    public Revision {
        if (!FORM.matcher(sha).matches()) {
            throw UserException.invalid(sha + " is not a full commit id");
        }
    }

    /** What git sends for a ref that does not exist yet, or not any more. */
    public static boolean isZero(String sha) {
        return sha.chars().allMatch(digit -> digit == '0');
    }

    @Override
    public String toString() {
        return sha;
    }
}
