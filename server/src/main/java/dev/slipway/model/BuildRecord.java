package dev.slipway.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What is kept on record of one build and the deploy of it, or of a deploy of what was built before, in Dokku's terms.
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

    /** Whether anything is built, or what is there is deployed anew. */
    public enum Kind {
        BUILD,
        DEPLOY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What caused it; each is called as the command or the hook that does so. */
    public enum Origin {
        GIT_HOOK("git-hook", Kind.BUILD),
        REBUILD("ps:rebuild", Kind.BUILD),
        CLONE("apps:clone", Kind.BUILD),
        GIT_SYNC("git:sync", Kind.BUILD),
        GIT_FROM_ARCHIVE("git:from-archive", Kind.BUILD),
        RESTART("ps:restart", Kind.DEPLOY),
        START("ps:start", Kind.DEPLOY),
        CONFIG("config-redeploy", Kind.DEPLOY);

        private final String text;
        private final Kind kind;

        Origin(String text, Kind kind) {
            this.text = text;
            this.kind = kind;
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
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Kind kind() {
        return origin.kind;
    }

    /** How long it took, or has taken until now. */
    public Duration duration(Instant now) {
        Duration taken = Duration.between(startedAt, finishedAt.orElse(now));
        return taken.isNegative() ? Duration.ZERO : taken;
    }
}
