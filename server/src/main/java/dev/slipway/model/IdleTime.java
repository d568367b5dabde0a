package dev.slipway.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long nothing may move on a connection before it is closed, in nginx's words: {@code 90s}, {@code 1h}, {@code 1h30m}; whole seconds, up to a year. */
public record IdleTime(long seconds) {

    private static final long LONGEST = 365L * 24 * 3600;
    private static final Pattern FORM =
            Pattern.compile("(?:([0-9]{1,3})d)?(?:([0-9]{1,4})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,8})s?)?");
    private static final long[] UNITS = {24 * 3600, 3600, 60, 1};
    private static final String NAMES = "dhms";

    public IdleTime {
        if (seconds < 1 || seconds > LONGEST) {
            throw UserException.invalid("An idle time must be between 1s and 365d");
        }
    }

    public static IdleTime parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw UserException.invalid(
                    "Invalid idle time '" + (text.length() > 40 ? text.substring(0, 40) + "…" : text)
                            + "': write a time such as 90s, 1h or 1h30m");
        }
        long seconds = 0;
        for (int i = 0; i < UNITS.length; i++) {
            String part = matcher.group(i + 1);
            seconds += part == null ? 0 : Long.parseLong(part) * UNITS[i];
        }
        return new IdleTime(seconds);
    }

    /** In the largest units: {@code 1h30m}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        long rest = seconds;
        for (int i = 0; i < UNITS.length; i++) {
            if (rest >= UNITS[i]) {
                text.append(rest / UNITS[i]).append(NAMES.charAt(i));
                rest %= UNITS[i];
            }
        }
        return text.toString();
    }
}
