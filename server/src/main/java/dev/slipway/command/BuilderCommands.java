package dev.slipway.command;

import java.util.List;
import java.util.Map;

/** {@code builder}: what makes builds, and of which part of a repository. */
final class BuilderCommands implements Noun {

    private final Settable properties = new Settable("builder");

    @Override
    public String name() {
        return "builder";
    }

    @Override
    public String summary() {
        return "Manage builder settings for an app";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                properties.reportVerb(
                        "Show how one app or all are built, or the global settings",
                        app -> Map.of("Builder detected", app.release().isPresent() ? "buildpacks" : "")),
                properties.verb());
    }
}
