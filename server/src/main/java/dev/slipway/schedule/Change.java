package dev.slipway.schedule;

/** What happened to a kept process without anybody asking for it. */
public sealed interface Change {

    Running process();

    /** It exited; the process's state says whether it will be started again. */
    record Exited(Running process, int exitCode) implements Change {}

    /** It was started again, under the same id but perhaps with another address; it may not listen yet. */
    record Restarted(Running process) implements Change {}
}
