package dev.slipway.command;

import dev.slipway.model.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words of one call, without the flags that every command takes: {@code --quiet}, {@code --app APP} and {@code --force}.
 *
 * @param command the command's name; empty if there is none
 * @param rest what stands behind it, the app of {@code --app} first
 * @param force whether {@code --force} stands before the command, where those that do not know it pass over it
 */
record Words(String command, List<String> rest, boolean quiet, boolean force) {

    private static final int LONGEST_SHOWN = 80;
    private static final int LONGEST_LINE = 4_000;

    /** Flags before the command that Dokku has, and that make no difference here. */
    private static final List<String> IGNORED = List.of("--trace", "--rm", "--rm-container");

    /** A label of Docker's, with a value: names nothing here. */
    private static final String LABEL = "--label";

    /** Commands that are given the words of another: what stands behind their own flags is not looked into. */
    static final Set<String> VERBATIM = Set.of("run", "run:detached", "enter");

    Words {
        rest = List.copyOf(rest);
    }

    static Words of(List<String> all) {
        return new Reader(all).read();
    }

    /** The app that {@code --app} names. */
    static Optional<String> app(List<String> all) {
        Reader reader = new Reader(all);
        reader.read();
        return reader.app;
    }

    /** The same without one of the words behind the command. */
    Words without(int index) {
        List<String> fewer = new ArrayList<>(rest);
        fewer.remove(index);
        return new Words(command, fewer, quiet, force);
    }

    /** A caller's word as it may stand in a message: short, and with nothing in it that a terminal acts upon. */
    static String shown(String word) {
        String cut = word.length() > LONGEST_SHOWN ? word.substring(0, LONGEST_SHOWN) + "…" : word;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    /** A message that may quote a caller's words: each of its lines at a length that people read. */
    static String cut(String message) {
        return message.lines()
                .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
                .collect(Collectors.joining("\n"));
    }

    private static final class Reader {

        private final List<String> all;
        private final List<String> rest = new ArrayList<>();
        private Optional<String> app = Optional.empty();
        private String command = "";
        private boolean quiet;
        private boolean force;
        private int at;

        Reader(List<String> all) {
            this.all = all;
        }

        Words read() {
            while (at < all.size() && !endsFlags(all.get(at))) {
                take(all.get(at++));
            }
            rest.addAll(all.subList(at, all.size()));
            // Dokku's own client names the app of apps:create and apps:destroy twice: by the flag and by the word.
            app.filter(name -> !first(rest).equals(name)).ifPresent(rest::addFirst);
            return new Words(command, rest, quiet, force);
        }

        private boolean endsFlags(String word) {
            if (VERBATIM.contains(command)) {
                return !word.equals("--quiet") && !word.equals("--app") && !word.startsWith("--app=");
            }
            return word.equals("--") && !command.isEmpty();
        }

        private void take(String word) {
            if (word.equals("--quiet")) {
                quiet = true;
            } else if (word.equals("--app")) {
                if (at == all.size()) {
                    throw UserException.invalid("The flag --app needs a value");
                }
                app = Optional.of(all.get(at++));
            } else if (word.startsWith("--app=")) {
                app = Optional.of(word.substring("--app=".length()));
            } else if (!command.isEmpty()) {
                rest.add(word);
            } else if (word.equals("--")) {
                return; // It ends the flags of an ssh client that was given one too many.
            } else if (word.equals(LABEL)) {
                at = Math.min(at + 1, all.size());
            } else if (IGNORED.contains(word) || word.startsWith(LABEL + "=")) {
                return; // It steers how Dokku works, not what it does.
            } else if (word.equals("--force")) {
                force = true;
            } else {
                command = spelled(word);
            }
        }

        private static String first(List<String> words) {
            return words.stream()
                    .takeWhile(word -> !word.equals("--"))
                    .filter(word -> !word.startsWith("-"))
                    .findFirst()
                    .orElse("");
        }

        private static String spelled(String word) {
            return switch (word) {
                case "-v", "--version" -> "version";
                case "-h", "--help" -> "help";
                default -> word;
            };
        }
    }
}
