package dev.slipway.command;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** {@code completion}: commands that a shell completes. */
final class CompletionCommands implements Noun {

    private final Supplier<Collection<Verb>> verbs;

    /** @param verbs all commands, this one included */
    CompletionCommands(Supplier<Collection<Verb>> verbs) {
        this.verbs = verbs;
    }

    @Override
    public String name() {
        return "completion";
    }

    @Override
    public String summary() {
        return "Print a script that completes commands in a shell";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(Verb.of(
                "completion",
                "<shell>",
                "Print a script that completes commands, flags and apps: bash or zsh",
                call -> call.console()
                        .line(new Completion(verbs.get())
                                .script(call.arguments().one("shell"))
                                .stripTrailing())));
    }
}
