package dev.slipway.sigil.text;

import dev.slipway.sigil.value.FunctionException;
import java.util.ArrayList;
import java.util.List;

/** Cuts a command line into words by quotes, backslashes and spaces; nothing else of a shell. */
public final class ShellWords {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int position;

    private ShellWords(String line) {
        this.line = line;
    }

    /** @throws FunctionException for a quote that does not end */
    public static List<String> split(String line) {
        ShellWords splitter = new ShellWords(line);
        splitter.run();
        return splitter.words;
    }

    private void run() {
        while (position < line.length()) {
            char letter = line.charAt(position++);
            switch (letter) {
                case ' ', '\t', '\r', '\n' -> endWord();
                case '\'' -> singleQuoted();
                case '"' -> doubleQuoted();
                case '\\' -> take(escaped());
                case '#' -> {
                    if (inWord) {
                        take(letter);
                    } else {
                        comment();
                    }
                }
                default -> take(letter);
            }
        }
        endWord();
    }

    private void take(char letter) {
        inWord = true;
        word.append(letter);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private char escaped() {
        if (position >= line.length()) {
            throw new FunctionException("EOF found after escape character");
        }
        return line.charAt(position++);
    }

    private void singleQuoted() {
        int close = line.indexOf('\'', position);
        if (close < 0) {
            throw unclosed();
        }
        inWord = true;
        word.append(line, position, close);
        position = close + 1;
    }

    private void doubleQuoted() {
        inWord = true;
        while (true) {
            if (position >= line.length()) {
                throw unclosed();
            }
            char letter = line.charAt(position++);
            if (letter == '"') {
                return;
            }
            word.append(letter == '\\' ? escaped() : letter);
        }
    }

    private void comment() {
        int end = line.indexOf('\n', position);
        position = end < 0 ? line.length() : end + 1;
    }

    private static FunctionException unclosed() {
        return new FunctionException("EOF found when expecting closing quote.");
    }
}
