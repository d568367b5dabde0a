package dev.slipway.command;

import java.util.List;

/** A family of commands: {@code ps}, {@code apps}. */
interface Noun {

    String name();

    /** One line for the list of all commands. */
    String summary();

    /** The first line of the noun's own help, which Dokku words differently for some. */
    default String title() {
        return summary();
    }

    List<Verb> verbs();
}
