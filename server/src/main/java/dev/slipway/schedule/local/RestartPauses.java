package dev.slipway.schedule.local;

import java.time.Duration;

/**
 * How long a process that exited waits until it is started again: longer with each exit in a row.
 *
 * @param first the pause after the first exit; each further one is twice as long
 * @param longest the pause does not grow beyond this
 * @param recovered a run of this length ends the row
 */
public record RestartPauses(Duration first, Duration longest, Duration recovered) {

    public static final RestartPauses GROWING =
            new RestartPauses(Duration.ofMillis(100), Duration.ofMinutes(1), Duration.ofSeconds(10));

    /** How long to wait after so many exits in a row. */
    Duration after(int exits) {
        int doublings = Math.clamp(exits - 1, 0, 30);
        Duration pause = first.multipliedBy(1L << doublings);
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
