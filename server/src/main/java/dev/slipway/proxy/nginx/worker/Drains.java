package dev.slipway.proxy.nginx.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which workers belong together, and since when those that were replaced have been draining. Times are clock ticks since boot. */
final class Drains {

    /**
     * Workers that were forked closer together run the same configuration: between the last of one and the first of the next
     * nginx's master waits for a tenth of a second ({@code ngx_master_process_cycle}).
     */
    private static final long APART = ProcFile.TICKS_PER_SECOND / 10;

    /**
     * Workers that were forked together.
     *
     * @param since when it was replaced; -1 for the generation that serves
     */
    record Group(List<Child> children, long since) {

        boolean serves() {
            return since < 0;
        }
    }

    private final Map<Child, Long> since = new HashMap<>();
    private long lastLook;

    /**
     * Puts workers into groups, the one that serves first, then from the youngest to the oldest. One that is seen draining for the
     * first time was not when they were looked at before, so a look after each reload makes this exact; a daemon that has just started
     * goes by the age of the workers that came next.
     */
    synchronized List<Group> look(List<Child> serving, List<Child> draining, long now) {
        List<Group> groups = new ArrayList<>();
        if (!serving.isEmpty()) {
            groups.add(new Group(List.copyOf(serving), -1));
        }
        List<Child> all = new ArrayList<>(serving);
        all.addAll(draining);
        for (List<Child> together : together(draining)) {
            long began = together.stream()
                    .map(since::get)
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .orElse(Math.max(lastLook, replaced(together, all, now)));
            together.forEach(child -> since.put(child, began));
            groups.add(new Group(together, began));
        }
        Set<Child> present = new HashSet<>(draining);
        since.keySet().retainAll(present);
        lastLook = now;
        return groups;
    }

    /** When the next generation was forked, as far as any of it is left. A sibling may not call itself retiring yet: it is not next. */
    private static long replaced(List<Child> together, List<Child> all, long now) {
        long last = together.stream().mapToLong(Child::start).max().orElse(now);
        return all.stream()
                .mapToLong(Child::start)
                .filter(start -> start - last >= APART)
                .min()
                .orElse(now);
    }

    private static List<List<Child>> together(List<Child> draining) {
        List<Child> youngestFirst = draining.stream()
                .sorted(Comparator.comparingLong(Child::start).reversed())
                .toList();
        List<List<Child>> groups = new ArrayList<>();
        long last = 0;
        for (Child child : youngestFirst) {
            if (groups.isEmpty() || last - child.start() >= APART) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(child);
            last = child.start();
        }
        return groups;
    }
}
