package dev.slipway.schedule.local;

import java.time.Duration;

/**
 * When a process that exited is started again: Dokku's {@code on-failure:10}, which is Docker's, with pauses that grow.
 *
 * @param most failures in a row after which it is given up
 * @param first the pause after the first failure; each further one is twice as long
 * @param longest the pause does not grow beyond this
 * @param recovered a run of this length ends the row of failures
 */
public record RestartPolicy(int most, Duration first, Duration longest, Duration recovered) {

    public static final RestartPolicy ON_FAILURE_10 =
            new RestartPolicy(10, Duration.ofMillis(100), Duration.ofMinutes(1), Duration.ofSeconds(10));

    /** @param failures how many there were in a row, the last one included */
    boolean again(int exitCode, int failures) {
        return exitCode != 0 && failures <= most;
    }

    /** How long to wait after so many failures in a row. */
    Duration pause(int failures) {
        int doublings = Math.min(failures - 1, 30);
        Duration pause = first.multipliedBy(1L << doublings);
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
