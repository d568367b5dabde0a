package dev.slipway.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a cron task is due, in crontab's five fields, one of its names ({@code @daily}) or {@code @every 1h30m}, as Dokku takes them.
 *
 * <p>Where both days are restricted, either is enough (crontab(5)). A time that the clocks skip in spring is due when they have been put
 * forward, one that comes twice in autumn is due the first time; tasks of every hour follow the hours that pass.
 */
public final class CronSchedule {

    private static final Map<String, String> NAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    private static final Pattern EVERY =
            Pattern.compile("@every (?:([0-9]{1,4})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,6})s)?");

    /** A leap day may be eight years away (2096 to 2104). */
    private static final int FURTHEST_DAYS = 8 * 366 + 2;

    private final String text;
    private final Optional<Duration> every;
    private final Map<CronField.Kind, CronField> fields;

    private CronSchedule(String text, Optional<Duration> every, Map<CronField.Kind, CronField> fields) {
        this.text = text;
        this.every = every;
        this.fields = fields;
    }

    /** @throws UserException for what is no schedule, or one that never comes */
    public static CronSchedule parse(String text) {
        Matcher interval = EVERY.matcher(text);
        if (interval.matches()) {
            return every(text, interval);
        }
        if (text.startsWith("@") && !NAMES.containsKey(text)) {
            throw UserException.invalid("the schedule '" + text
                    + "' is none: write five fields, @yearly, @monthly, @weekly, @daily, @hourly or @every 1h30m");
        }
        String[] words = NAMES.getOrDefault(text, text).strip().split("[ \t]+");
        CronField.Kind[] kinds = CronField.Kind.values();
        if (words.length != kinds.length) {
            throw UserException.invalid("the schedule '" + text
                    + "' must have five fields: minute, hour, day of the month, month, day of the week");
        }
        Map<CronField.Kind, CronField> fields = new EnumMap<>(CronField.Kind.class);
        for (int i = 0; i < kinds.length; i++) {
            fields.put(kinds[i], CronField.parse(kinds[i], words[i]));
        }
        CronSchedule schedule = new CronSchedule(text, Optional.empty(), fields);
        if (schedule.next(Instant.EPOCH, ZoneOffset.UTC).isEmpty()) {
            throw UserException.invalid("the schedule '" + text + "' never comes: no such month has such a day");
        }
        return schedule;
    }

    private static CronSchedule every(String text, Matcher interval) {
        Duration length = Duration.ofHours(number(interval, 1))
                .plusMinutes(number(interval, 2))
                .plusSeconds(number(interval, 3));
        if (length.toSeconds() < 1) {
            throw UserException.invalid("the schedule '" + text + "' has no length: write @every 1h30m, for instance");
        }
        return new CronSchedule(text, Optional.of(length), Map.of());
    }

    private static long number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }

    /** The first time after another at which it is due; empty if there is none. */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        if (every.isPresent()) {
            return Optional.of(after.plus(every.get()));
        }
        LocalDate first = LocalDate.ofInstant(after, zone).minusDays(1);
        for (int day = 0; day < FURTHEST_DAYS; day++) {
            LocalDate date = first.plusDays(day);
            if (comes(date)) {
                Optional<Instant> next = next(date, after, zone);
                if (next.isPresent()) {
                    return next;
                }
            }
        }
        return Optional.empty();
    }

    private CronField field(CronField.Kind kind) {
        return Objects.requireNonNull(fields.get(kind));
    }

    private boolean comes(LocalDate date) {
        CronField day = field(CronField.Kind.DAY);
        CronField weekday = field(CronField.Kind.WEEKDAY);
        boolean byDay = day.has(date.getDayOfMonth());
        boolean byWeekday = weekday.has(date.getDayOfWeek().getValue() % 7);
        boolean either = !day.any() && !weekday.any();
        return field(CronField.Kind.MONTH).has(date.getMonthValue())
                && (either ? byDay || byWeekday : byDay && byWeekday);
    }

    /** The earliest of a day: where clocks are put forward, a later time may come before an earlier one. */
    private Optional<Instant> next(LocalDate date, Instant after, ZoneId zone) {
        Optional<Instant> earliest = Optional.empty();
        for (int hour = 0; hour < 24; hour++) {
            for (int minute = 0; field(CronField.Kind.HOUR).has(hour) && minute < 60; minute++) {
                if (field(CronField.Kind.MINUTE).has(minute)) {
                    for (Instant one : instants(LocalDateTime.of(date, LocalTime.of(hour, minute)), zone)) {
                        boolean better = one.isAfter(after)
                                && earliest.map(one::isBefore).orElse(true);
                        earliest = better ? Optional.of(one) : earliest;
                    }
                }
            }
        }
        return earliest;
    }

    private List<Instant> instants(LocalDateTime time, ZoneId zone) {
        if (!field(CronField.Kind.HOUR).any()) {
            return List.of(ZonedDateTime.of(time, zone).toInstant());
        }
        return zone.getRules().getValidOffsets(time).stream()
                .map(time::toInstant)
                .toList();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CronSchedule schedule && schedule.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
