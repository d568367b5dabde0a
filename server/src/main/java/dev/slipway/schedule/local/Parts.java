package dev.slipway.schedule.local;

import dev.slipway.sandbox.Sandboxes;
import dev.slipway.schedule.Change;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** What every process of one scheduler works with. */
record Parts(
        Sandboxes sandboxes,
        ProcessRecords records,
        Path logs,
        RestartPauses pauses,
        Clock clock,
        ScheduledExecutorService timer,
        Consumer<Change> changes) {}
