package dev.slipway.sigil.limit;

import java.time.Duration;

/**
 * What is left for one rendering, with all that it includes. Not for sharing between threads.
 *
 * <p>A step is an action taken, an element visited or a few bytes produced, so that no function runs for long unseen;
 * as what was produced may be kept, the steps bound the memory as well.
 */
public final class Budget {
    /** Go's limit, which only a runaway recursion meets. */
    public static final int GO_DEPTH = 100_000;

    private static final int BYTES_PER_STEP = 8;
    private static final int STEPS_PER_ELEMENT = 8;
    /** A search compares a few dozen bytes in the time of a step. */
    private static final int COMPARISONS_PER_STEP = 64;

    private static final int STEPS_PER_LOOK_AT_THE_CLOCK = 1024;

    private final long steps;
    private final long bytes;
    private final int maxDepth;
    private final Duration time;
    private final long deadline;
    private long spent;
    private long nextLook = STEPS_PER_LOOK_AT_THE_CLOCK;

    /**
     * @param steps how many steps
     * @param bytes the size of the output, and of any value on the way
     * @param maxDepth how deeply templates may call and include one another
     * @param time how long, from now
     */
    public Budget(long steps, long bytes, int maxDepth, Duration time) {
        this.steps = steps;
        this.bytes = bytes;
        this.maxDepth = maxDepth;
        this.time = time;
        this.deadline = System.nanoTime() + time.toNanos();
    }

    /** As much as Go would give: the depth of a recursion and what an array can hold. */
    public static Budget unlimited() {
        return new Budget(Long.MAX_VALUE, Integer.MAX_VALUE - 64, GO_DEPTH, Duration.ofDays(365));
    }

    public int maxDepth() {
        return maxDepth;
    }

    public void step() {
        spend(1);
    }

    /** Takes some steps at once, before the work they stand for. */
    public void spend(long count) {
        spent += count;
        if (spent < nextLook) {
            return;
        }
        nextLook = spent + STEPS_PER_LOOK_AT_THE_CLOCK;
        if (spent > steps || spent < 0) {
            throw new LimitExceeded("the template takes more than " + steps + " steps");
        }
        if (System.nanoTime() - deadline > 0) {
            throw new LimitExceeded("the template takes longer than " + time.toMillis() + " ms");
        }
    }

    /** Refuses a value or an output of this many bytes if that is too many. */
    public void size(long count) {
        if (count > bytes) {
            throw new LimitExceeded("the template makes more than " + bytes + " bytes");
        }
    }

    /** Takes the steps for elements of a list or map, before they are made. */
    public void elements(long count) {
        spend(STEPS_PER_ELEMENT * count);
    }

    /** Takes the steps for looking for one text in another, at worst. */
    public void search(int wanted, int in) {
        spend((long) wanted * in / COMPARISONS_PER_STEP);
    }

    /** A value of this many bytes was made. */
    public void made(long count) {
        size(count);
        spend(count / BYTES_PER_STEP);
    }
}
