package dev.slipway.command;

import java.util.List;

/** {@code scheduler}: what keeps an app's processes running. */
final class SchedulerCommands implements Noun {

    private final Settable properties = new Settable("scheduler");

    @Override
    public String name() {
        return "scheduler";
    }

    @Override
    public String summary() {
        return "Manage scheduler settings for an app";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                properties.reportVerb("Show the scheduler of one app or all, or the global one"), properties.verb());
    }
}
