package dev.slipway.command;

import dev.slipway.model.UserException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a command is written: its usage line is at once what its help prints and what its words are read by.
 *
 * <p>{@code <app>} must be there, {@code [<app>]} may, {@code [<key>...]} may be there often, {@code <key>...} at least once;
 * {@code [--json]} is a flag and {@code [-n|--num <count>]} one with a value; {@code --global|<app>} takes the flag in the app's place. A
 * word {@code --} ends the flags, unless the usage line has it in a word's place, where it means standard input. {@code [<command>...]}
 * is a program and its words: from its first word on, nothing is read as a flag.
 */
final class Syntax {

    private static final Pattern PART =
            Pattern.compile("(?<optional>\\[)?(?:(?<instead>--[a-z-]*)\\|)?<(?<name>[^>]+)>(?<many>\\.\\.\\.)?]?"
                    + "|\\[(?<flag>-[^\\s\\]]+)(?:\\s+<(?<value>[^>]+)>)?]");

    /** A number below zero is a value that somebody will refuse, and no flag. */
    private static final Pattern NEGATIVE = Pattern.compile("-[0-9]+(\\.[0-9]+)?");

    /** What Dokku says where one of these words is missing. */
    private static final Map<String, String> MISSING = Map.of(
            "app", "Please specify an app to run the command on",
            "new-app", "Please specify a new app name",
            "key=value...", "At least one env pair must be given",
            "key...", "At least one key must be given",
            "buildpack", "Must specify a buildpack to add",
            "build-id", "Please specify a build id",
            "crt|key", "specify either 'key' or 'crt'");

    private final String usage;
    private final List<Positional> positionals = new ArrayList<>();
    private final Map<String, Flag> flags = new LinkedHashMap<>();

    /** The words of another program, which has flags of its own. */
    private static final String PROGRAM = "command";

    private Syntax(String usage) {
        this.usage = usage;
        Matcher part = PART.matcher(usage);
        while (part.find()) {
            if (part.group("flag") == null) {
                addPositional(part);
            } else {
                List<String> spellings = List.of(part.group("flag").split("\\|"));
                addFlag(spellings, part.group("value") != null);
            }
        }
    }

    private void addPositional(Matcher part) {
        String instead = Objects.requireNonNullElse(part.group("instead"), "");
        positionals.add(new Positional(
                part.group("name"), part.group("optional") == null, part.group("many") != null, instead));
        if (!instead.isEmpty()) {
            addFlag(List.of(instead), false);
        }
    }

    private void addFlag(List<String> spellings, boolean valued) {
        Flag flag = new Flag(spellings.getLast(), valued);
        spellings.forEach(spelling -> flags.put(spelling, flag));
    }

    static Syntax of(String usage) {
        return new Syntax(usage);
    }

    String usage() {
        return usage;
    }

    /** Whether the usage line has a flag of that spelling. */
    boolean takes(String spelling) {
        return flags.containsKey(spelling);
    }

    /** Every flag that the usage line has, in all its spellings. */
    Set<String> spellings() {
        return Collections.unmodifiableSet(flags.keySet());
    }

    /** Whether one of the words is an app's name. */
    boolean takesApp() {
        return positionals.stream().anyMatch(positional -> positional.name().endsWith("app"));
    }

    /** Whether the first word is an app's name. */
    boolean beginsWithApp() {
        return !positionals.isEmpty() && positionals.getFirst().name().equals("app");
    }

    /** @param instead the flag that takes its place; empty if none can */
    private record Positional(String name, boolean required, boolean many, String instead) {}

    /** @param name the last of its spellings, by which it is asked for */
    private record Flag(String name, boolean valued) {}

    /** Reads the words behind the command's name. */
    Arguments read(List<String> words) {
        Map<String, List<String>> set = new LinkedHashMap<>();
        List<String> plain = new ArrayList<>();
        int verbatim = verbatim();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--") && flags.containsKey(word) && set.putIfAbsent(word, List.of("true")) == null) {
                continue; // Here it stands for standard input.
            }
            if (word.equals("--")) {
                plain.addAll(words.subList(i + 1, words.size()));
                break;
            }
            if (plain.size() == verbatim && !takes(word.split("=", 2)[0])) {
                plain.addAll(words.subList(i, words.size()));
                break;
            }
            if (!word.startsWith("-")
                    || word.equals("-")
                    || (NEGATIVE.matcher(word).matches() && !takes(word))) {
                plain.add(word);
                continue;
            }
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            Flag flag = flag(equals < 0 ? word : word.substring(0, equals));
            if (!flag.valued()) {
                if (equals >= 0) {
                    throw UserException.invalid("The flag " + flag.name() + " takes no value: " + usage);
                }
                add(set, flag, "true");
            } else if (equals >= 0) {
                add(set, flag, word.substring(equals + 1));
            } else if (++i < words.size()) {
                add(set, flag, words.get(i));
            } else {
                throw UserException.invalid("The flag " + Words.shown(word) + " needs a value: " + usage);
            }
        }
        return new Arguments(plain, assign(plain, set), set);
    }

    private static void add(Map<String, List<String>> set, Flag flag, String value) {
        set.computeIfAbsent(flag.name(), name -> new ArrayList<>()).add(value);
    }

    /** How many words stand before those of another program. */
    private int verbatim() {
        int before = 0;
        for (Positional positional : positionals) {
            if (positional.name().equals(PROGRAM)) {
                return before;
            }
            before++;
        }
        return Integer.MAX_VALUE - 1;
    }

    private Flag flag(String spelling) {
        Flag flag = flags.get(spelling);
        if (flag == null) {
            flag = flags.get(Flags.ANY);
            if (flag == null) {
                throw UserException.invalid("Unknown flag " + Words.shown(spelling) + ": " + usage);
            }
            return new Flag(spelling, false);
        }
        return flag;
    }

    private Map<String, List<String>> assign(List<String> plain, Map<String, List<String>> set) {
        Map<String, List<String>> assigned = new LinkedHashMap<>();
        int next = 0;
        for (Positional positional : positionals) {
            if (set.containsKey(positional.instead())) {
                continue;
            }
            int end = positional.many() ? plain.size() : Math.min(next + 1, plain.size());
            if (!positional.required() && plain.size() - next <= requiredAfter(positional)) {
                end = next;
            }
            if (end == next && positional.required()) {
                throw UserException.invalid(missing(positional));
            }
            assigned.put(positional.name(), List.copyOf(plain.subList(next, end)));
            next = end;
        }
        if (next < plain.size()) {
            throw UserException.invalid(
                    "Too many words, beginning with '" + Words.shown(plain.get(next)) + "': " + usage);
        }
        return assigned;
    }

    private String missing(Positional positional) {
        if (positional.name().equals("app") && positional.instead().equals(Flags.GLOBAL)) {
            return "Please specify an app to run the command on, or --global";
        }
        if (positional.name().equals("property")) {
            return "No property specified: " + usage;
        }
        return MISSING.getOrDefault(
                positional.name() + (positional.many() ? "..." : ""),
                "Please specify <" + positional.name() + ">: " + usage);
    }

    /** How many words those that must be there and come later need: what may be left out leaves them their words. */
    private long requiredAfter(Positional optional) {
        return positionals.subList(positionals.indexOf(optional) + 1, positionals.size()).stream()
                .filter(Positional::required)
                .count();
    }

    /** The words of one call, by their names in the usage line. */
    static final class Arguments {

        private final List<String> plain;
        private final Map<String, List<String>> positionals;
        private final Map<String, List<String>> flags;

        private Arguments(List<String> plain, Map<String, List<String>> positionals, Map<String, List<String>> flags) {
            this.plain = List.copyOf(plain);
            this.positionals = positionals;
            this.flags = flags;
        }

        /** The words of a name that the usage line has; none if they were left out. */
        List<String> all(String name) {
            return positionals.getOrDefault(name, List.of());
        }

        Optional<String> optional(String name) {
            return all(name).stream().findFirst();
        }

        /** The word of a name that the usage line requires. */
        String one(String name) {
            return optional(name).orElseThrow(() -> new IllegalArgumentException("no <" + name + ">"));
        }

        /** All words that are not flags, in their order. */
        List<String> plain() {
            return plain;
        }

        boolean has(String flag) {
            return flags.containsKey(flag);
        }

        Optional<String> value(String flag) {
            return Optional.ofNullable(flags.get(flag)).map(List::getLast);
        }

        /** The values of a flag that may be given often. */
        List<String> values(String flag) {
            return flags.getOrDefault(flag, List.of());
        }

        /** Flags that the usage line does not spell out: those by which a report gives one value. */
        List<String> others(List<String> known) {
            return flags.keySet().stream().filter(flag -> !known.contains(flag)).toList();
        }
    }
}
