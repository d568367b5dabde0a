package dev.slipway.command;

import java.util.List;
import java.util.stream.Collectors;

/** The pages of {@code docs/commands}, made from the table of commands: what stands there is what the parser reads. */
final class Manual {

    private Manual() {}

    /** The page of one noun, in Markdown. */
    static String page(Noun noun) {
        String rows = noun.verbs().stream()
                .map(verb -> "| `" + verb.syntax().usage().replace("|", "\\|") + "` | " + verb.summary() + " |\n")
                .collect(Collectors.joining());
        return """
                # %s

                %s.

                | command | what it does |
                | --- | --- |
                %s
                `--quiet` leaves headings out; `--app APP` may take the place of the app's name. Exit code 0, or 1 with a message on standard
                error, or 20 for an app that does not exist.
                """.formatted(noun.name(), noun.summary(), rows);
    }

    /** The page that leads to the others. */
    static String index(List<Noun> nouns) {
        return """
                # Commands

                By `bin/dokku COMMAND` on the server's own machine, by `ssh -p 2222 dokku@HOST COMMAND` from anywhere. Words in `<…>` are yours,
                what stands in `[…]` may be left out, `…` may be repeated. `dokku NOUN:help` prints the same.

                %s
                In bash, `eval "$(dokku completion bash)"` completes commands, flags and apps; in zsh, the same with `zsh`.
                """.formatted(nouns.stream()
                .map(noun -> "- [%s](%s.md): %s\n".formatted(noun.name(), noun.name(), noun.summary()))
                .collect(Collectors.joining()));
    }
}
