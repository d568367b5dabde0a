package dev.slipway.command;

import java.util.List;

/** {@code app-json}: where the file is by which a repository says how it wants to run. */
final class AppJsonCommands implements Noun {

    private final Settable properties = new Settable("app-json");

    @Override
    public String name() {
        return "app-json";
    }

    @Override
    public String summary() {
        return "Manage app-json settings for an app";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                properties.reportVerb("Show where app.json is for one app or all, or the global setting"),
                properties.verb());
    }
}
