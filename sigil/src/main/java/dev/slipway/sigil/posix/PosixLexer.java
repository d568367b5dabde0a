package dev.slipway.sigil.posix;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Cuts a text into pieces the way the sigil command's POSIX mode does; quotes count only inside a bracket. */
final class PosixLexer implements Items {
    private final String input;
    private final Deque<Item> ready = new ArrayDeque<>();
    private int position;
    private int start;
    private int depth;
    private boolean doubleQuotes;
    private boolean ended;

    PosixLexer(String input) {
        this.input = input;
    }

    @Override
    public @Nullable Item next() {
        while (ready.isEmpty() && !ended) {
            text();
        }
        return ready.poll();
    }

    /** Reads up to and with the next thing that is not plain. */
    private void text() {
        while (position < input.length()) {
            char letter = input.charAt(position);
            boolean special = letter == '$' || letter == '\\' || (depth > 0 && "}'\"".indexOf(letter) >= 0);
            if (special) {
                emitText();
                position++;
                start = position;
                special(letter);
                return;
            }
            position++;
        }
        emitText();
        ended = true;
    }

    private void emitText() {
        if (position > start) {
            ready.add(new Item.Text(input.substring(start, position)));
            start = position;
        }
    }

    private void special(char letter) {
        switch (letter) {
            case '}' -> {
                ready.add(new Item.Close());
                depth--;
            }
            case '$' -> expansion();
            case '\'' -> singleQuoted();
            case '"' -> doubleQuotes = !doubleQuotes;
            default -> escaped();
        }
    }

    private void escaped() {
        int next = position < input.length() ? input.charAt(position++) : -1;
        boolean kept = (depth == 0 && next != '$') || (doubleQuotes && "$`\"\\".indexOf(next) < 0);
        if (kept) {
            ready.add(new Item.Text("\\"));
        }
    }

    private void singleQuoted() {
        int close = input.indexOf('\'', position);
        if (close < 0) {
            ready.add(new Item.Unclosed('\''));
            ended = true;
            return;
        }
        position = close;
        emitText();
        position++;
        start = position;
    }

    private void expansion() {
        if (position >= input.length()) {
            ready.add(new Item.Text("$"));
            ended = true;
        } else if (input.charAt(position) == '{') {
            position++;
            depth++;
            bracket();
        } else if (isName(input.charAt(position), false)) {
            while (position < input.length() && isName(input.charAt(position), true)) {
                position++;
            }
            ready.add(new Item.Read(input.substring(start, position)));
            start = position;
        } else {
            // sigil stops here, and so the rest of the text is lost.
            ended = true;
        }
    }

    private static boolean isName(char letter, boolean digitsToo) {
        return letter == '_'
                || (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (digitsToo && letter >= '0' && letter <= '9');
    }

    private void bracket() {
        boolean length = position < input.length() && input.charAt(position) == '#';
        int from = length ? position + 1 : position;
        int end = from;
        String stops = length ? "}" : "}:-?+=";
        while (end < input.length() && stops.indexOf(input.charAt(end)) < 0) {
            end++;
        }
        if (end == input.length()) {
            ready.add(new Item.Unclosed('}'));
            ended = true;
            return;
        }
        String name = input.substring(from, end);
        position = end + 1;
        char operator = input.charAt(end);
        if (operator == '}') {
            ready.add(length ? new Item.Length(name) : new Item.Read(name));
            depth--;
        } else {
            boolean colon = operator == ':';
            int letter = !colon ? operator : position < input.length() ? input.charAt(position++) : -1;
            ready.add(new Item.Operation(name, letter, colon));
        }
        start = position;
    }
}
