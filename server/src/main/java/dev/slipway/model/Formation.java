package dev.slipway.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many processes of each type an app shall have. */
public record Formation(SortedMap<ProcessType, Integer> counts) {

    public static final Formation EMPTY = new Formation(Collections.emptySortedMap());

    /** More than this of one type on one machine is a typing error. */
    public static final int MOST = 200;

    public Formation {
        counts.forEach((type, count) -> {
            if (count < 0 || count > MOST) {
                throw UserException.invalid("Invalid count for process type " + type);
            }
        });
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    public int count(ProcessType type) {
        return counts.getOrDefault(type, 0);
    }

    public boolean knows(ProcessType type) {
        return counts.containsKey(type);
    }

    public Formation with(ProcessType type, int count) {
        TreeMap<ProcessType, Integer> changed = new TreeMap<>(counts);
        changed.put(type, count);
        return new Formation(changed);
    }

    public Formation with(Map<ProcessType, Integer> changes) {
        TreeMap<ProcessType, Integer> changed = new TreeMap<>(counts);
        changed.putAll(changes);
        return new Formation(changed);
    }

    /**
     * The formation for a Procfile: types that it lacks go, a type that is new gets 0, save {@code web}, which gets 1 as in Dokku.
     */
    public Formation fit(Procfile procfile) {
        TreeMap<ProcessType, Integer> fitted = new TreeMap<>();
        for (ProcessType type : procfile.types()) {
            fitted.put(type, counts.getOrDefault(type, type.equals(ProcessType.WEB) ? 1 : 0));
        }
        return new Formation(fitted);
    }

    /** The types that would run if a Procfile had them; of an app that was never scaled, {@code web}. */
    public List<ProcessType> missingFrom(Procfile procfile) {
        Formation wanted = counts.isEmpty() ? with(ProcessType.WEB, 1) : this;
        return wanted.counts().keySet().stream()
                .filter(type -> wanted.count(type) > 0 && !procfile.has(type))
                .toList();
    }

    /** Every process that the formation asks for, by type and number. */
    public List<ProcessName> processes() {
        List<ProcessName> names = new ArrayList<>();
        counts.forEach((type, count) -> {
            for (int number = 1; number <= count; number++) {
                names.add(new ProcessName(type, number));
            }
        });
        return names;
    }
}
