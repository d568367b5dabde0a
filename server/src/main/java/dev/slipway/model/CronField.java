package dev.slipway.model;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One field of a schedule: which of its values are meant.
 *
 * @param any whether it begins with a star, so that it restricts nothing by itself (crontab(5))
 */
record CronField(BitSet values, boolean any) {

    private static final Pattern PART =
            Pattern.compile("(?:(?<star>[*?])|(?<from>[a-z0-9]+)(?:-(?<to>[a-z0-9]+))?)(?:/(?<step>[0-9]{1,4}))?");

    /** What a field may hold. */
    enum Kind {
        MINUTE("minute", 0, 59, ""),
        HOUR("hour", 0, 23, ""),
        DAY("day of the month", 1, 31, ""),
        MONTH("month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
        /** 7 is Sunday too. */
        WEEKDAY("day of the week", 0, 7, "sun mon tue wed thu fri sat");

        private final String word;
        private final int least;
        private final int most;
        private final String names;

        Kind(String word, int least, int most, String names) {
            this.word = word;
            this.least = least;
            this.most = most;
            this.names = names;
        }

        private List<String> names() {
            return names.isEmpty() ? List.of() : List.of(names.split(" "));
        }
    }

    static CronField parse(Kind kind, String text) {
        BitSet values = new BitSet();
        for (String part : text.toLowerCase(Locale.ROOT).split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw wrong(kind, text);
            }
            add(kind, text, matcher, values);
        }
        if (kind == Kind.WEEKDAY && values.get(7)) {
            values.set(0);
            values.clear(7);
        }
        return new CronField(values, text.startsWith("*") || text.startsWith("?"));
    }

    private static void add(Kind kind, String text, Matcher part, BitSet values) {
        boolean star = part.group("star") != null;
        boolean stepped = part.group("step") != null;
        int last = kind == Kind.WEEKDAY ? 6 : kind.most;
        int from = star ? kind.least : number(kind, text, part.group("from"));
        int to = star || (stepped && part.group("to") == null)
                ? last
                : part.group("to") == null ? from : number(kind, text, part.group("to"));
        int step = stepped ? Integer.parseInt(part.group("step")) : 1;
        if (step == 0 || to < from) {
            throw wrong(kind, text);
        }
        for (int value = from; value <= to; value += step) {
            values.set(value);
        }
    }

    private static int number(Kind kind, String text, String word) {
        int named = kind.names().indexOf(word);
        if (named >= 0) {
            return named + kind.least;
        }
        int number = word.matches("[0-9]{1,3}") ? Integer.parseInt(word) : -1;
        if (number < kind.least || number > kind.most) {
            throw wrong(kind, text);
        }
        return number;
    }

    private static UserException wrong(Kind kind, String text) {
        String names = kind.names.isEmpty()
                ? ""
                : ", or " + kind.names().getFirst() + " to " + kind.names().getLast();
        return UserException.invalid("the " + kind.word + " '" + text + "' is none: write *, numbers from " + kind.least
                + " to " + kind.most + names + ", ranges (1-5), steps (*/10) or lists of these (1,15)");
    }

    boolean has(int value) {
        return values.get(value);
    }
}
