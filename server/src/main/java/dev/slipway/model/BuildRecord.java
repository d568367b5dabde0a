package dev.slipway.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept on record of one build and the deploy of it, in Dokku's terms.
 *
 * @param id sorts by the time of the start
 * @param exitCode absent while it runs; -1 if it was ended from outside
 */
public record BuildRecord(
        String id,
        AppName app,
        Origin origin,
        Revision revision,
        Instant startedAt,
        Optional<Instant> finishedAt,
        Status status,
        Optional<Integer> exitCode) {

    /** What caused it; each is called as the command or the hook that does so. */
    public enum Origin {
        GIT_HOOK("git-hook"),
        REBUILD("ps:rebuild"),
        CLONE("apps:clone"),
        GIT_SYNC("git:sync"),
        GIT_FROM_ARCHIVE("git:from-archive");

        private final String text;

        Origin(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }

        public static Origin of(String text) {
            for (Origin origin : values()) {
                if (origin.text.equals(text)) {
                    return origin;
                }
            }
            throw new IllegalArgumentException("no origin of builds is called " + text);
        }
    }

    /** How far it is. */
    public enum Status {
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELED;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** How long it took, or has taken until now. */
    public Duration duration(Instant now) {
        Duration taken = Duration.between(startedAt, finishedAt.orElse(now));
        return taken.isNegative() ? Duration.ZERO : taken;
    }
}
