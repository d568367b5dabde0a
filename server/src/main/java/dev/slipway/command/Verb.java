package dev.slipway.command;

import java.util.function.Consumer;

/**
 * One command.
 *
 * @param name the whole of it: {@code ps:scale}, or {@code logs}
 * @param syntax its words
 * @param summary one line for the help
 */
record Verb(String name, Syntax syntax, String summary, Action action) {

    /** What a command does. It writes to the call's console and throws {@link dev.slipway.model.UserException} to fail. */
    @FunctionalInterface
    interface Action {

        /** @return the exit code */
        int run(Call call);
    }

    static Verb of(String name, String usage, String summary, Consumer<Call> action) {
        return running(name, usage, summary, call -> {
            action.accept(call);
            return 0;
        });
    }

    /** A command that tells of one app, of all or of what holds for all. */
    static Verb report(String name, String summary, Consumer<Call> action) {
        return of(name, Report.USAGE, summary, call -> call.reading(action));
    }

    /** A command whose exit code is that of a program which it runs for its caller. */
    static Verb running(String name, String usage, String summary, Action action) {
        return new Verb(name, Syntax.of((name + " " + usage).strip()), summary, action);
    }
}
