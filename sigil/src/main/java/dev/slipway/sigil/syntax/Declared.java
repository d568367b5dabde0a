package dev.slipway.sigil.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The variables that are known where the parser is; a name may be declared again in an inner block. */
final class Declared {
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();

    Declared() {
        add("$");
    }

    void add(String name) {
        names.add(name);
        counts.merge(name, 1, Integer::sum);
    }

    boolean has(String name) {
        return counts.containsKey(name);
    }

    int size() {
        return names.size();
    }

    /** Forgets all but the first so many. */
    void keep(int size) {
        while (names.size() > size) {
            counts.computeIfPresent(names.removeLast(), (name, count) -> count == 1 ? null : count - 1);
        }
    }
}
