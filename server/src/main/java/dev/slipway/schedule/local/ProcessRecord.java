package dev.slipway.schedule.local;

import dev.slipway.model.ProcessSpec;
import dev.slipway.sandbox.ProcessLog;
import dev.slipway.sandbox.ProcessStat;
import dev.slipway.sandbox.Sandboxes;
import dev.slipway.schedule.Running;
import java.time.Instant;

/**
 * All that is known of one process: kept in a file, and written before anything is done, so that a daemon that was killed in the
 * middle knows what to finish or to undo.
 *
 * @param run tells it from other processes that had the same name
 * @param kept whether it is under the restart policy
 * @param failures how often in a row it failed
 * @param restarts how often it was started again in all
 */
record ProcessRecord(
        String id, String run, ProcessSpec spec, Phase phase, Run current, boolean kept, int failures, int restarts) {

    /** Where in its life a process is. */
    enum Phase {
        /** It was decided to start it; something of it may be there. */
        STARTING,
        RUNNING,
        /** It failed and is to be started again at {@link Run#next}. */
        WAITING,
        /** It was decided to stop it; something of it may be left. */
        STOPPING,
        /** It ended for good. */
        EXITED
    }

    /**
     * The run that a process is in, or was in last.
     *
     * @param boot the run of the machine that pid and ticks belong to
     * @param next when it starts again, if it waits for that
     */
    record Run(String address, long pid, long startTicks, String boot, Instant startedAt, Instant next) {

        static final Run NONE = new Run("", 0, 0, "", Instant.EPOCH, Instant.EPOCH);

        static Run of(Sandboxes.Started started, Instant now) {
            return new Run(
                    started.address(), started.pid(), started.startTicks(), ProcessStat.boot(), now, Instant.EPOCH);
        }

        boolean alive(String thisBoot) {
            return boot.equals(thisBoot) && ProcessStat.runs(pid, startTicks);
        }

        Run over(Instant again) {
            return new Run("", 0, 0, boot, startedAt, again);
        }
    }

    static ProcessRecord starting(String run, ProcessSpec spec) {
        String id = spec.app() + "." + spec.name() + "." + run;
        return new ProcessRecord(id, run, spec, Phase.STARTING, Run.NONE, false, 0, 0);
    }

    ProcessLog log() {
        return new ProcessLog(spec.app(), spec.name(), run);
    }

    ProcessRecord to(Phase next) {
        return new ProcessRecord(id, run, spec, next, current, kept, failures, restarts);
    }

    ProcessRecord to(Phase next, Run other) {
        return new ProcessRecord(id, run, spec, next, other, kept, failures, restarts);
    }

    ProcessRecord keeping() {
        return new ProcessRecord(id, run, spec, phase, current, true, failures, restarts);
    }

    ProcessRecord failed(int inARow) {
        return new ProcessRecord(id, run, spec, phase, current, kept, inARow, restarts);
    }

    ProcessRecord restarting() {
        return new ProcessRecord(id, run, spec, Phase.STARTING, current, kept, failures, restarts + 1);
    }

    /** Whether it runs or is to be started again. */
    boolean isRunning() {
        return switch (phase) {
            case STARTING -> restarts > 0;
            case RUNNING, WAITING, STOPPING -> true;
            case EXITED -> false;
        };
    }

    Running view() {
        Running.State state = switch (phase) {
            case RUNNING, STOPPING -> Running.State.RUNNING;
            case STARTING, WAITING -> Running.State.RESTARTING;
            case EXITED -> Running.State.EXITED;
        };
        return new Running(
                id,
                spec.app(),
                spec.name(),
                spec.release(),
                current.address(),
                current.pid(),
                current.startedAt(),
                state,
                restarts,
                spec.oneOff());
    }
}
