package dev.slipway.command;

import java.util.List;

/** {@code version}. */
final class VersionCommands implements Noun {

    private final String version;

    VersionCommands(String version) {
        this.version = version;
    }

    @Override
    public String name() {
        return "version";
    }

    @Override
    public String summary() {
        return "Print Slipway's version";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(Verb.of(
                "version", "", "Print Slipway's version", call -> call.console().line("slipway version " + version)));
    }
}
