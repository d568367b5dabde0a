package dev.slipway.command;

import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Scripts that complete commands, their flags and the names of apps in a shell, made from the table of commands. The names of apps are
 * asked for when they are needed: {@code apps:list} answers in less than a tenth of a second.
 */
final class Completion {

    private final Collection<Verb> verbs;

    Completion(Collection<Verb> verbs) {
        this.verbs = verbs;
    }

    /** @throws UserException for a shell that there is no script for */
    String script(String shell) {
        return switch (shell) {
            case "bash" -> filled(text("completion.bash"), " ");
            case "zsh" -> filled(text("completion.zsh"), "\\n").replace("@DESCRIBED@", lines(Completion::described));
            default -> throw UserException.invalid("No completion for " + Words.shown(shell) + ": bash or zsh");
        };
    }

    /** @param between what parts the flags of a command */
    private String filled(String script, String between) {
        String withApp = verbs.stream()
                .filter(verb -> verb.syntax().beginsWithApp())
                .map(Verb::name)
                .collect(Collectors.joining(" "));
        return script.replace("@COMMANDS@", verbs.stream().map(Verb::name).collect(Collectors.joining(" ")))
                .replace("@WITH_APP@", withApp)
                .replace("@FLAGS@", lines(verb -> flags(verb, between)));
    }

    private String lines(Function<Verb, String> line) {
        return verbs.stream().map(line).filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
    }

    private static String flags(Verb verb, String between) {
        String flags = verb.syntax().spellings().stream()
                .filter(flag -> !flag.equals(Flags.ANY))
                .collect(Collectors.joining(between));
        return flags.isEmpty() ? "" : "    " + verb.name() + ") printf -- '" + flags + "\\n' ;;";
    }

    /** As zsh's {@code _describe} takes it: a colon of the name is escaped, a quote ends and begins the word again. */
    private static String described(Verb verb) {
        return "      '" + verb.name().replace(":", "\\:") + ":"
                + verb.summary().replace("'", "'\\''") + "'";
    }

    private static String text(String name) {
        try (InputStream in = Completion.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
