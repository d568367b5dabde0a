package dev.slipway.command;

import dev.slipway.model.UserException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of environment variables: lines {@code KEY=VALUE}, with or without {@code export}; blank lines and those that begin with
 * {@code #} are passed over.
 *
 * <p>A value in single quotes is taken as it is, one in double quotes with {@code \n}, {@code \r} and escaped characters; both may go over
 * lines. One without quotes ends before {@code " #"}. Nothing is expanded: {@code $HOME} stays what it is.
 */
final class Envfile {

    private static final Pattern KEY = Pattern.compile("[ \\t]*(?:export[ \\t]+)?([^\\s=#'\"]+)[ \\t]*=[ \\t]*");
    private static final Pattern EMPTY = Pattern.compile("[ \\t]*(#[^\\n]*)?(\\r?\\n|\\z)");
    private static final Pattern COMMENT = Pattern.compile("[ \\t]#");

    private final String text;
    private int at;

    Envfile(String text) {
        this.text = text;
    }

    /** @throws UserException that names the line which is none */
    Map<String, String> read() {
        Map<String, String> values = new TreeMap<>();
        while (at < text.length()) {
            if (!takes(EMPTY)) {
                readLine(values);
            }
        }
        return values;
    }

    private void readLine(Map<String, String> values) {
        Matcher key = KEY.matcher(text).region(at, text.length());
        if (!key.lookingAt()) {
            throw refused("write KEY=VALUE");
        }
        int line = at;
        at = key.end();
        String value = value();
        if (values.put(key.group(1), value) != null) {
            at = line;
            throw refused(Words.shown(key.group(1)) + " is there a second time");
        }
    }

    private String value() {
        char first = at < text.length() ? text.charAt(at) : '\n';
        if (first != '\'' && first != '"') {
            return plain();
        }
        String value = quoted(first);
        if (!takes(EMPTY)) {
            throw refused("nothing may follow the closing quote but a comment");
        }
        return value;
    }

    private String plain() {
        int end = text.indexOf('\n', at);
        String line = text.substring(at, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 1;
        Matcher comment = COMMENT.matcher(line);
        return (comment.find() ? line.substring(0, comment.start()) : line).strip();
    }

    private boolean takes(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        at = matcher.end();
        return true;
    }

    private String quoted(char quote) {
        StringBuilder value = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == quote) {
                at = i + 1;
                return value.toString();
            }
            if (next == '\\' && quote == '"' && i + 1 < text.length()) {
                next = unescaped(text.charAt(++i));
            }
            value.append(next);
        }
        throw refused("the quote that begins there is not closed");
    }

    private static char unescaped(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> escaped;
        };
    }

    private UserException refused(String why) {
        long line = text.substring(0, at)
                        .chars()
                        .filter(character -> character == '\n')
                        .count()
                + 1;
        return UserException.invalid("Line " + line + " of what is to be imported is no variable: " + why);
    }
}
