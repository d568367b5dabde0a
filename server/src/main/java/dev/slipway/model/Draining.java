package dev.slipway.model;

import java.time.Instant;

/**
 * When a process that was replaced has to go. All that one change of an app replaced has the same beginning: that is a generation.
 *
 * @param since when it was replaced
 * @param late until when the proxy may still open connections to it: an old worker that receives a large upload connects once it has it all
 * @param deadline when it goes, connections or not
 */
public record Draining(Instant since, Instant late, Instant deadline) {

    /** A process that has to go at once. */
    public static Draining at(Instant now) {
        return new Draining(now, now, now);
    }
}
