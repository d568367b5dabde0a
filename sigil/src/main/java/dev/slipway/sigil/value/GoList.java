package dev.slipway.sigil.value;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Go's {@code []interface {}}: a window on a backing array, which other slices may share.
 *
 * <p>Templates can see the difference: {@code slice} reaches up to the capacity, and {@code append} writes into the shared array
 * while there is room.
 */
public final class GoList implements Iterable<@Nullable Object> {
    /** The slice that was never made: empty, equal to nil, {@code null} in JSON. */
    public static final GoList NIL = new GoList(new Object[0], 0, 0, 0);

    private final @Nullable Object[] backing;
    private final int offset;
    private final int length;
    private final int capacity;

    private GoList(@Nullable Object[] backing, int offset, int length, int capacity) {
        this.backing = backing;
        this.offset = offset;
        this.length = length;
        this.capacity = capacity;
    }

    /** A slice of just these elements. */
    public static GoList of(List<? extends @Nullable Object> elements) {
        @Nullable Object[] backing = elements.toArray();
        return new GoList(backing, 0, backing.length, backing.length);
    }

    /** What appending the elements one by one to a nil slice gives; nil if there are none. */
    public static GoList appended(List<? extends @Nullable Object> elements) {
        if (elements.isEmpty()) {
            return NIL;
        }
        int capacity = 1;
        while (capacity < elements.size()) {
            capacity = grown(capacity, capacity + 1);
        }
        return new GoList(Arrays.copyOf(elements.toArray(), capacity), 0, elements.size(), capacity);
    }

    /** The capacity Go's append picks: double while small, then by a quarter, here without the allocator's size classes. */
    private static int grown(int capacity, int needed) {
        if (capacity == 0) {
            return needed;
        }
        return Math.max(needed, capacity < 256 ? 2 * capacity : capacity + (capacity + 768) / 4);
    }

    public int size() {
        return length;
    }

    public int capacity() {
        return capacity;
    }

    public boolean isNil() {
        return this == NIL;
    }

    public @Nullable Object get(int index) {
        return backing[offset + index];
    }

    /** {@code list[from:to:max]}; the bounds have been checked. */
    public GoList slice(int from, int to, int max) {
        return isNil() ? this : new GoList(backing, offset + from, to - from, max - from);
    }

    /** Go's {@code append(list, item)}. */
    public GoList append(@Nullable Object item) {
        if (length < capacity) {
            backing[offset + length] = item;
            return new GoList(backing, offset, length + 1, capacity);
        }
        int room = grown(capacity, length + 1);
        @Nullable Object[] copy = new @Nullable Object[room];
        System.arraycopy(backing, offset, copy, 0, length);
        copy[length] = item;
        return new GoList(copy, 0, length + 1, room);
    }

    @Override
    public Iterator<@Nullable Object> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < length;
            }

            @Override
            public @Nullable Object next() {
                if (next >= length) {
                    throw new NoSuchElementException();
                }
                return get(next++);
            }
        };
    }
}
