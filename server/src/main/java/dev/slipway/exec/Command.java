package dev.slipway.exec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to run, as a value: what it is called with, not yet what it does.
 *
 * @param argv the program and its arguments; nothing here is ever read by a shell
 * @param environment the whole environment of the program: nothing of ours is inherited
 * @param directory where it runs; the root directory if absent
 * @param input what it reads from its standard input
 * @param limit how long it may take before its process tree is killed
 */
public record Command(
        List<String> argv, Map<String, String> environment, Optional<Path> directory, String input, Duration limit) {

    /** The search path of outside programs: the system's own directories alone. */
    public static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final Map<String, String> BARE = Map.of("PATH", PATH, "LANG", "C.UTF-8", "LC_ALL", "C.UTF-8");

    public Command {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    public static Command of(String... argv) {
        return of(List.of(argv));
    }

    public static Command of(List<String> argv) {
        return new Command(argv, BARE, Optional.empty(), "", Duration.ofMinutes(1));
    }

    public Command with(String... more) {
        List<String> longer = new ArrayList<>(argv);
        longer.addAll(List.of(more));
        return new Command(longer, environment, directory, input, limit);
    }

    public Command in(Path where) {
        return new Command(argv, environment, Optional.of(where), input, limit);
    }

    public Command reading(String text) {
        return new Command(argv, environment, directory, text, limit);
    }

    public Command within(Duration longest) {
        return new Command(argv, environment, directory, input, longest);
    }

    public Command environment(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(key, value);
        return new Command(argv, more, directory, input, limit);
    }

    /** The first word: for messages. Arguments may hold secrets, so they are not part of it. */
    public String program() {
        return argv.getFirst();
    }
}
