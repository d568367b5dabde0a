package dev.slipway.sigil.command;

import dev.slipway.sigil.format.Quoting;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lines of {@code NAME=value} as the usual {@code .env} files have them, with quotes, comments and {@code $UPPERCASE} references. */
final class EnvironmentLines {
    private static final String SPACES = "\t\u000b\f\r ";
    private static final Pattern REFERENCE = Pattern.compile("(\\\\)?(\\$)(\\()?\\{?([A-Z0-9_]+)?\\}?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([^\n])");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([^$])");

    private final Map<String, String> environment;
    private final Map<@Nullable Object, @Nullable Object> found = new HashMap<>();
    private String input = "";
    private int position;

    /** @param environment for references to names that the lines do not set */
    EnvironmentLines(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws FunctionException for a name with a letter that none may have and a quote that does not end */
    Map<@Nullable Object, @Nullable Object> parse(String content) {
        input = content.replace("---\n", "\n").replace("\r\n", "\n");
        position = 0;
        while (toStatement()) {
            String name = name();
            found.put(name, value());
        }
        return found;
    }

    private boolean toStatement() {
        while (position < input.length()) {
            char letter = input.charAt(position);
            if (letter == '#') {
                int end = input.indexOf('\n', position);
                position = end < 0 ? input.length() : end;
            } else if (letter == '\n' || SPACES.indexOf(letter) >= 0) {
                position++;
            } else {
                return true;
            }
        }
        return false;
    }

    private String name() {
        if (input.startsWith("export", position)
                && position + 6 < input.length()
                && SPACES.indexOf(input.charAt(position + 6)) >= 0) {
            position += 6;
            skipSpaces();
        }
        for (int i = position; i < input.length(); i++) {
            char letter = input.charAt(i);
            if (letter == '=' || letter == ':') {
                String name = input.substring(position, i).stripTrailing();
                position = i + 1;
                skipSpaces();
                return name;
            }
            boolean allowed = letter == '_' || letter == '.' || Character.isLetterOrDigit(letter);
            if (!allowed && SPACES.indexOf(letter) < 0) {
                throw new FunctionException("unexpected character " + Quoting.quote(Bytes.ofRune(letter))
                        + " in variable name near " + Quoting.quote(input.substring(position)));
            }
        }
        return "";
    }

    private void skipSpaces() {
        while (position < input.length() && SPACES.indexOf(input.charAt(position)) >= 0) {
            position++;
        }
    }

    private String value() {
        if (position < input.length() && (input.charAt(position) == '"' || input.charAt(position) == '\'')) {
            return quoted(input.charAt(position));
        }
        int end = position;
        while (end < input.length() && "\r\n".indexOf(input.charAt(end)) < 0) {
            end++;
        }
        String line = input.substring(position, end);
        position = end;
        for (int i = line.length() - 1; i > 0; i--) {
            if (line.charAt(i) == '#' && SPACES.indexOf(line.charAt(i - 1)) >= 0) {
                line = line.substring(0, i);
                break;
            }
        }
        return expanded(trimmed(line));
    }

    private static String trimmed(String line) {
        int start = 0;
        int end = line.length();
        while (start < end && SPACES.indexOf(line.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && SPACES.indexOf(line.charAt(end - 1)) >= 0) {
            end--;
        }
        return line.substring(start, end);
    }

    private String quoted(char mark) {
        for (int i = position + 1; i < input.length(); i++) {
            if (input.charAt(i) == mark && input.charAt(i - 1) != '\\') {
                String value = withoutMarks(input.substring(position, i), mark);
                position = i + 1;
                return mark == '"' ? expanded(unescaped(value)) : value;
            }
        }
        int end = input.indexOf('\n', position);
        throw new FunctionException(
                "unterminated quoted value " + input.substring(position, end < 0 ? input.length() : end));
    }

    /** All quotes at either end go, not only one. */
    private static String withoutMarks(String value, char mark) {
        int start = 0;
        int end = value.length();
        while (start < end && value.charAt(start) == mark) {
            start++;
        }
        while (end > start && value.charAt(end - 1) == mark) {
            end--;
        }
        return value.substring(start, end);
    }

    private static String unescaped(String value) {
        String lines = ESCAPE.matcher(value)
                .replaceAll(match -> Matcher.quoteReplacement(
                        switch (match.group(1)) {
                            case "n" -> "\n";
                            case "r" -> "\r";
                            default -> match.group();
                        }));
        return ESCAPED.matcher(lines).replaceAll("$1");
    }

    private String expanded(String value) {
        return REFERENCE.matcher(value).replaceAll(match -> Matcher.quoteReplacement(reference(match)));
    }

    private String reference(MatchResult match) {
        if (match.group(1) != null || match.group(3) != null) {
            return match.group().substring(1);
        }
        String name = match.group(4);
        if (name == null) {
            return match.group();
        }
        Object known = found.get(name);
        return known instanceof String text ? text : Bytes.of(environment.getOrDefault(name, ""));
    }
}
