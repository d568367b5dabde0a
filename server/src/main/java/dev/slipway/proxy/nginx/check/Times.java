package dev.slipway.proxy.nginx.check;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** nginx's way of writing times: {@code 90}, {@code 1h}, {@code 1h 30m}. */
final class Times {

    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|[smhdwMy]?)\\s*");

    private static final Map<String, Long> MILLISECONDS = Map.of(
            "ms", 1L,
            "", 1000L,
            "s", 1000L,
            "m", 60_000L,
            "h", 3_600_000L,
            "d", 86_400_000L,
            "w", 7 * 86_400_000L,
            "M", 30 * 86_400_000L,
            "y", 365 * 86_400_000L);

    private record Unit(String name, long seconds) {}

    private static final List<Unit> UNITS =
            List.of(new Unit("d", 86_400), new Unit("h", 3600), new Unit("m", 60), new Unit("s", 1));

    private Times() {}

    /** Whole seconds; nothing for what is no time, a variable for instance. */
    static OptionalLong seconds(String time) {
        Matcher part = PART.matcher(time);
        long sum = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            sum += Long.parseLong(part.group(1)) * MILLISECONDS.getOrDefault(part.group(2), 0L);
            end = part.end();
        }
        return end == time.length() && end > 0 ? OptionalLong.of(sum / 1000) : OptionalLong.empty();
    }

    /** In the largest units: {@code 1h30m}. */
    static String text(long seconds) {
        StringBuilder text = new StringBuilder();
        long rest = seconds;
        for (Unit unit : UNITS) {
            if (rest >= unit.seconds()) {
                text.append(rest / unit.seconds()).append(unit.name());
                rest %= unit.seconds();
            }
        }
        return text.toString();
    }
}
