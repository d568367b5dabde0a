package dev.slipway.app;

import dev.slipway.model.AppName;
import dev.slipway.model.CronSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** When each cron task is due next. It has no clock: whoever asks says what time it is. */
final class Timetable {

    /** What is due longer ago than this was missed, because the machine slept or its clock was put forward: it is not made up for. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final ZoneId zone;
    private final Map<AppName, Map<String, Due>> apps = new TreeMap<>();

    Timetable(ZoneId zone) {
        this.zone = zone;
    }

    /** A task that is due. */
    record Turn(AppName app, String id) {}

    private record Due(CronSchedule schedule, Instant at) {}

    /** Replaces the tasks of an app by these; one that was there already keeps its turn. */
    void plan(AppName app, Map<String, CronSchedule> tasks, Instant now) {
        Map<String, Due> before = apps.getOrDefault(app, Map.of());
        Map<String, Due> after = new HashMap<>();
        tasks.forEach((id, schedule) -> {
            Due known = before.get(id);
            if (known != null) {
                after.put(id, known);
            } else {
                schedule.next(now, zone).ifPresent(at -> after.put(id, new Due(schedule, at)));
            }
        });
        if (after.isEmpty()) {
            apps.remove(app);
        } else {
            apps.put(app, after);
        }
    }

    /** Reckons all turns anew: the clock was set. */
    void reckon(Instant now) {
        apps.values()
                .forEach(tasks -> tasks.replaceAll((id, due) -> due.schedule()
                        .next(now, zone)
                        .map(at -> new Due(due.schedule(), at))
                        .orElse(due)));
    }

    /** When the next task is due. */
    Optional<Instant> next() {
        return apps.values().stream()
                .flatMap(tasks -> tasks.values().stream())
                .map(Due::at)
                .min(Comparator.naturalOrder());
    }

    /** Takes the tasks whose turn has come; each has its next turn after now. */
    List<Turn> take(Instant now) {
        List<Turn> turns = new ArrayList<>();
        apps.forEach((app, tasks) -> tasks.replaceAll((id, due) -> {
            if (due.at().isAfter(now)) {
                return due;
            }
            if (!due.at().plus(LATE).isBefore(now)) {
                turns.add(new Turn(app, id));
            }
            return due.schedule()
                    .next(now, zone)
                    .map(at -> new Due(due.schedule(), at))
                    .orElse(due);
        }));
        return turns;
    }
}
