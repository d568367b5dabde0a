package dev.slipway.command;

import java.util.List;

/** A family of commands: {@code ps}, {@code apps}. */
interface Noun {

    String name();

    /** One line for the list of all commands. */
    String summary();

    List<Verb> verbs();
}
