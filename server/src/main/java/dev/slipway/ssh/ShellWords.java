package dev.slipway.ssh;

import dev.slipway.model.UserException;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words as a POSIX shell would: blanks part words, quotes and backslashes keep them together. Nothing is ever
 * expanded, and what is special to a shell otherwise ({@code ; | & $ * #}) is a character as any other.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02">POSIX, quoting</a>
 */
final class ShellWords {

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean within;
    private int at;

    private ShellWords(String line) {
        this.line = line;
    }

    /** @throws UserException for a quote that is not closed, a backslash at the end, or a NUL character */
    static List<String> split(String line) {
        if (line.indexOf('\0') >= 0) {
            throw UserException.invalid("A command cannot hold a NUL character");
        }
        return new ShellWords(line).split();
    }

    private List<String> split() {
        while (at < line.length()) {
            char c = line.charAt(at++);
            switch (c) {
                case ' ', '\t', '\n' -> end();
                case '\'' -> single();
                case '"' -> twofold();
                case '\\' -> escaped("");
                default -> add(c);
            }
        }
        end();
        return List.copyOf(words);
    }

    private void end() {
        if (within) {
            words.add(word.toString());
            word.setLength(0);
            within = false;
        }
    }

    private void add(char c) {
        within = true;
        word.append(c);
    }

    private void single() {
        int close = line.indexOf('\'', at);
        if (close < 0) {
            throw open('\'');
        }
        within = true;
        word.append(line, at, close);
        at = close + 1;
    }

    private void twofold() {
        within = true;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '"') {
                return;
            } else if (c == '\\') {
                escaped("$`\"\\\n");
            } else {
                add(c);
            }
        }
        throw open('"');
    }

    /** @param special what a backslash takes the meaning of; it stays before anything else; empty if it takes all */
    private void escaped(String special) {
        if (at == line.length()) {
            throw UserException.invalid("The command ends in a backslash, with nothing behind it");
        }
        char c = line.charAt(at++);
        if (c == '\n') {
            return;
        }
        if (!special.isEmpty() && special.indexOf(c) < 0) {
            add('\\');
        }
        add(c);
    }

    private static UserException open(char quote) {
        return UserException.invalid("The command has a quote " + quote + " that is not closed; your own shell may have"
                + " taken one: put the whole command in quotes");
    }
}
