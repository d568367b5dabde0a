package dev.slipway.sigil.eval;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The variables of one template, innermost last. */
final class Scope {
    private String[] names = new String[32];
    private @Nullable Object[] values = new Object[32];
    private int size;

    /** A scope with nothing but {@code $}. */
    Scope(@Nullable Object dollar) {
        push("$", dollar);
    }

    int mark() {
        return size;
    }

    /** Forgets what was declared since the mark. */
    void drop(int mark) {
        Arrays.fill(values, mark, size, null);
        size = mark;
    }

    void push(String name, @Nullable Object value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        names[size] = name;
        values[size++] = value;
    }

    /** Sets one of the newest variables; 1 is the last. */
    void setNewest(int nth, @Nullable Object value) {
        values[size - nth] = value;
    }

    /** The place of the innermost variable of this name, or -1. */
    int find(String name) {
        for (int i = size - 1; i >= 0; i--) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Nullable
    Object get(int place) {
        return values[place];
    }

    void set(int place, @Nullable Object value) {
        values[place] = value;
    }
}
