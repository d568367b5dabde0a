package dev.slipway.command;

import dev.slipway.console.Console;
import dev.slipway.exec.Runner.Streams;
import dev.slipway.model.UserException;
import dev.slipway.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

/** Every command, whichever door it comes in by: finds it, reads its words, runs it, and turns what it throws into an exit code. */
public final class CommandTable implements Commands {

    private final Store store;
    private final SequencedMap<String, Noun> nouns = new LinkedHashMap<>();
    private final Map<String, Verb> verbs = new TreeMap<>();
    private final Map<String, String> absent;

    /** Every command there is. */
    public CommandTable(Nouns.Parts parts) {
        this(parts.store(), Nouns.all(parts), AbsentNouns.answers());
        add(new ReportCommands(parts.version(), verbs::values));
    }

    CommandTable(Store store, List<Noun> nouns, Map<String, String> absent) {
        this.store = store;
        this.absent = absent;
        nouns.forEach(this::add);
        add(new CompletionCommands(verbs::values));
    }

    private void add(Noun noun) {
        nouns.put(noun.name(), noun);
        noun.verbs().forEach(verb -> verbs.put(verb.name(), verb));
    }

    /** Every noun there is, in the order in which they are listed. */
    List<Noun> nouns() {
        return nouns.values().stream().sorted(Comparator.comparing(Noun::name)).toList();
    }

    @Override
    public int run(Caller caller, List<String> words, Streams streams) {
        Console console = new Console(streams.out(), streams.err());
        try {
            return run(known(words), caller, console, streams);
        } catch (UserException e) {
            console.warn(Words.cut(e.text()));
            return e.exitCode();
        } catch (CancellationException e) {
            return Failures.INTERRUPTED;
        } catch (RuntimeException e) {
            return Failures.bug(e, words.isEmpty() ? "help" : words.getFirst(), console);
        }
    }

    /** Dokku's own client names the app of its checkout whatever is asked for: a command about no app passes over it. */
    private Words known(List<String> all) {
        Words words = Words.of(all);
        Optional<String> app = Words.app(all);
        Verb verb = verbs.get(words.command());
        boolean needless = app.isPresent()
                && verb != null
                && !verb.syntax().takesApp()
                && !words.rest().isEmpty()
                && words.rest().getFirst().equals(app.get());
        return needless ? words.without(0) : words;
    }

    private int run(Words words, Caller caller, Console console, Streams streams) {
        if (words.command().isEmpty()) {
            list(console);
        } else if (words.command().equals("help")) {
            help(words.rest(), console);
        } else if (isHelp(words)) {
            describe(noun(words.command()), console);
        } else {
            Verb verb = verb(words.command());
            return verb.action()
                    .run(new Call(caller, arguments(verb.syntax(), words), console, streams, store, words.quiet()));
        }
        return 0;
    }

    private Syntax.Arguments arguments(Syntax syntax, Words words) {
        List<String> rest = new ArrayList<>(words.rest());
        if (words.force() && syntax.takes(Flags.FORCE)) {
            rest.addFirst(Flags.FORCE);
        }
        try {
            return syntax.read(rest);
        } catch (UserException e) {
            // As in Dokku, an app that is not there is told before a property that is missing.
            if (syntax.setsProperty() && !rest.isEmpty() && !rest.getFirst().startsWith("-")) {
                Call.app(store, rest.getFirst());
            }
            throw e;
        }
    }

    private boolean isHelp(Words words) {
        String command = words.command();
        boolean known = verbs.containsKey(command);
        return command.endsWith(":help") || (known && asksForHelp(words)) || (!known && nouns.containsKey(command));
    }

    /** Behind the name of a program that is to be run, the flag is the program's own. */
    private static boolean asksForHelp(Words words) {
        return Words.VERBATIM.contains(words.command())
                ? !words.rest().isEmpty() && words.rest().getFirst().equals("--help")
                : words.rest().contains("--help");
    }

    private Noun noun(String command) {
        Noun noun = nouns.get(command.split(":", 2)[0]);
        if (noun == null) {
            throw unknown(command);
        }
        return noun;
    }

    private Verb verb(String command) {
        Verb verb = verbs.get(command);
        if (verb == null) {
            throw unknown(command);
        }
        return verb;
    }

    private UserException unknown(String command) {
        String instead = Optional.ofNullable(absent.get(command))
                .orElseGet(() -> absent.getOrDefault(command.split(":", 2)[0], ""));
        if (!instead.isEmpty()) {
            return UserException.invalid(instead);
        }
        return UserException.invalid("`" + Words.shown(command) + "` is not a dokku command.\n"
                + "See `dokku help` for a list of available commands.");
    }

    private void help(List<String> words, Console console) {
        if (words.size() > 1) {
            throw UserException.invalid(
                    "Too many words, beginning with '" + Words.shown(words.get(1)) + "': help [<noun>]");
        }
        if (!words.isEmpty()) {
            describe(noun(words.getFirst()), console);
            return;
        }
        console.line("Usage: dokku [--quiet] [--app <app>] COMMAND [<app>] [words]");
        console.line("");
        console.line("Commands:");
        list(console);
        console.line("");
        console.line("What a noun has: dokku NOUN:help");
    }

    private void list(Console console) {
        Map<String, String> summaries = new TreeMap<>(Map.of("help", "Print the list of commands"));
        nouns.forEach((name, noun) -> summaries.put(name, noun.summary()));
        summaries.forEach((name, summary) -> console.line("    %-24s %s".formatted(name, summary)));
    }

    private static void describe(Noun noun, Console console) {
        console.line(noun.title());
        console.line("");
        console.line("Commands:");
        int width = noun.verbs().stream()
                .mapToInt(verb -> verb.syntax().usage().length())
                .max()
                .orElse(0);
        noun.verbs()
                .forEach(verb -> console.line(
                        ("    %-" + width + "s  %s").formatted(verb.syntax().usage(), verb.summary())));
    }
}
