package dev.slipway.sigil.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line: flags anywhere among the {@code NAME=value} arguments, up to {@code --}. */
final class Options {
    static final String USAGE = """
            Usage of sigil:
              -f, --filename string         use template file instead of STDIN
                  --in-place                write output back to the file specified by -f
              -i, --inline string           use inline template string instead of STDIN
              -p, --posix                   preprocess with POSIX variable expansion
              -V, --vars-file stringArray   load variables from a file (JSON, YAML, or env format)
              -v, --version                 prints version
            """;

    private String filename = "";
    private String inline = "";
    private boolean inPlace;
    private boolean posix;
    private boolean version;
    private boolean help;
    private final List<String> varsFiles = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();

    private Options() {}

    /** A command line that cannot be read. */
    static final class UsageException extends Exception {
        UsageException(String message) {
            super(message);
        }
    }

    private enum Flag {
        FILENAME("-f, --filename", true),
        IN_PLACE("--in-place", false),
        INLINE("-i, --inline", true),
        POSIX("-p, --posix", false),
        VARS_FILE("-V, --vars-file", true),
        VERSION("-v, --version", false);

        private final String names;
        private final boolean takesValue;

        Flag(String names, boolean takesValue) {
            this.names = names;
            this.takesValue = takesValue;
        }

        static @Nullable Flag ofLong(String name) {
            for (Flag flag : values()) {
                if (flag.names.endsWith("--" + name)) {
                    return flag;
                }
            }
            return null;
        }

        static @Nullable Flag ofShort(char letter) {
            for (Flag flag : values()) {
                if (flag.names.startsWith("-" + letter + ",")) {
                    return flag;
                }
            }
            return null;
        }
    }

    static Options parse(List<String> words) throws UsageException {
        Options options = new Options();
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.removeFirst();
            if (word.equals("--")) {
                options.arguments.addAll(rest);
                break;
            }
            if (word.startsWith("--")) {
                options.longFlag(word.substring(2), rest);
            } else if (word.length() > 1 && word.startsWith("-")) {
                options.shortFlags(word.substring(1), rest);
            } else {
                options.arguments.add(word);
            }
        }
        return options;
    }

    private void longFlag(String word, Deque<String> rest) throws UsageException {
        if (word.startsWith("-") || word.startsWith("=")) {
            throw new UsageException("bad flag syntax: --" + word);
        }
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Flag flag = Flag.ofLong(name);
        if (flag == null) {
            if (name.equals("help")) {
                help = true;
                return;
            }
            throw new UsageException("unknown flag: --" + name);
        }
        if (equals >= 0) {
            set(flag, word.substring(equals + 1));
        } else if (!flag.takesValue) {
            set(flag, "true");
        } else if (rest.isEmpty()) {
            throw new UsageException("flag needs an argument: --" + name);
        } else {
            set(flag, rest.removeFirst());
        }
    }

    private void shortFlags(String letters, Deque<String> rest) throws UsageException {
        for (int i = 0; i < letters.length(); i++) {
            Flag flag = Flag.ofShort(letters.charAt(i));
            String after = letters.substring(i + 1);
            if (flag == null) {
                if (letters.charAt(i) == 'h') {
                    help = true;
                    return;
                }
                throw new UsageException("unknown shorthand flag: '" + letters.charAt(i) + "' in -" + letters);
            }
            if (after.length() > 1 && after.startsWith("=")) {
                set(flag, after.substring(1));
                return;
            }
            if (!flag.takesValue) {
                set(flag, "true");
            } else if (!after.isEmpty()) {
                set(flag, after);
                return;
            } else if (rest.isEmpty()) {
                throw new UsageException("flag needs an argument: '" + letters.charAt(i) + "' in -" + letters);
            } else {
                set(flag, rest.removeFirst());
            }
        }
    }

    private void set(Flag flag, String value) throws UsageException {
        switch (flag) {
            case FILENAME -> filename = value;
            case INLINE -> inline = value;
            case VARS_FILE -> varsFiles.add(value);
            case IN_PLACE -> inPlace = truth(flag, value);
            case POSIX -> posix = truth(flag, value);
            case VERSION -> version = truth(flag, value);
        }
    }

    private static boolean truth(Flag flag, String value) throws UsageException {
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                throw new UsageException(
                        "invalid argument \"%s\" for \"%s\" flag: strconv.ParseBool: parsing \"%s\": invalid syntax"
                                .formatted(value, flag.names, value));
        };
    }

    String filename() {
        return filename;
    }

    String inline() {
        return inline;
    }

    boolean inPlace() {
        return inPlace;
    }

    boolean posix() {
        return posix;
    }

    boolean version() {
        return version;
    }

    boolean help() {
        return help;
    }

    List<String> varsFiles() {
        return varsFiles;
    }

    List<String> arguments() {
        return arguments;
    }
}
