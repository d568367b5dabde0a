package dev.slipway.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The process types of a revision and their commands, in the order of the file. */
public record Procfile(SequencedMap<ProcessType, String> commands) {

    private static final Pattern LINE = Pattern.compile("([^:\\s]+)\\s*:\\s*(.+)");

    public Procfile {
        commands = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(commands));
    }

    /**
     * Reads a Procfile: a line {@code TYPE: COMMAND} a process type; blank lines and lines that begin with {@code #} are passed over.
     *
     * @param file the name to use in errors
     * @throws UserException for a malformed or duplicate line, with its number
     */
    public static Procfile parse(String file, String text) {
        LinkedHashMap<ProcessType, String> commands = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(commands, file + ":" + (i + 1), line);
            }
        }
        if (commands.isEmpty()) {
            throw UserException.invalid(
                    file + " declares no process type: write one line TYPE: COMMAND for each, such as web: ./server");
        }
        return new Procfile(commands);
    }

    private static void add(Map<ProcessType, String> commands, String where, String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches() || !ProcessType.isValid(matcher.group(1))) {
            throw UserException.invalid(where + ": malformed line: " + line
                    + "\nWrite TYPE: COMMAND, the type of letters, digits, - and _, such as web: ./server");
        }
        ProcessType type = new ProcessType(matcher.group(1));
        if (commands.putIfAbsent(type, matcher.group(2)) != null) {
            throw UserException.invalid(where + ": process type " + type + " is declared twice; keep one of the lines");
        }
    }

    public Set<ProcessType> types() {
        return commands.keySet();
    }

    public boolean has(ProcessType type) {
        return commands.containsKey(type);
    }

    /** The command of a type that this Procfile has. */
    public String command(ProcessType type) {
        String command = commands.get(type);
        if (command == null) {
            throw new IllegalArgumentException("no process type " + type);
        }
        return command;
    }
}
