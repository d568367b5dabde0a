package dev.slipway.schedule;

import dev.slipway.model.AppName;
import dev.slipway.model.OneOff;
import dev.slipway.model.ProcessName;
import java.time.Instant;
import java.util.Optional;

/**
 * One process that a scheduler runs.
 *
 * @param id unique on this machine, never used twice
 * @param address the address that is its own; empty while it waits to be restarted
 * @param pid its process id on the host, 0 while it waits to be restarted
 * @param startedAt when this run of it began
 * @param oneOff set for a process that is no part of the formation
 */
public record Running(
        String id,
        AppName app,
        ProcessName name,
        int release,
        String address,
        long pid,
        Instant startedAt,
        State state,
        int restarts,
        Optional<OneOff> oneOff) {

    /** A process of the formation. */
    public Running(
            String id,
            AppName app,
            ProcessName name,
            int release,
            String address,
            long pid,
            Instant startedAt,
            State state,
            int restarts) {
        this(id, app, name, release, address, pid, startedAt, state, restarts, Optional.empty());
    }

    /** What a scheduler can say of a process. */
    public enum State {
        RUNNING,
        /** It exited and will be started again after a pause. */
        RESTARTING,
        /** It exited for good: its restart policy does not start it again. */
        EXITED
    }
}
