package dev.slipway.proxy.nginx.site;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A span of time in nginx's syntax: {@code 1h30m}, {@code 500ms}; a number alone is seconds. */
public final class NginxTime {

    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|[yMwdhms]?)");

    /** As nginx counts them: a month is 30 days, a year 365. */
    private static final Map<String, Duration> UNITS = Map.of(
            "y", Duration.ofDays(365),
            "M", Duration.ofDays(30),
            "w", Duration.ofDays(7),
            "d", Duration.ofDays(1),
            "h", Duration.ofHours(1),
            "m", Duration.ofMinutes(1),
            "s", Duration.ofSeconds(1),
            "", Duration.ofSeconds(1),
            "ms", Duration.ofMillis(1));

    private NginxTime() {}

    /** @param text of type {@link NginxType#TIME} */
    public static Duration parse(String text) {
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            Duration unit = UNITS.getOrDefault(part.group(2), Duration.ZERO);
            sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
        }
        return sum;
    }
}
