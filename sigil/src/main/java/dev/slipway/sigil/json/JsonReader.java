package dev.slipway.sigil.json;

import dev.slipway.sigil.format.Quoting;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.GoList;
import dev.slipway.sigil.value.GoMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one JSON text into template values; numbers are floats. */
public final class JsonReader {
    private static final int MAX_DEPTH = 10_000;

    private final String input;
    private final Budget budget;
    private int position;
    private int depth;
    /** A number out of range is reported only if all else is well formed. */
    private @Nullable String numberProblem;

    private JsonReader(String input, Budget budget) {
        this.input = input;
        this.budget = budget;
    }

    /**
     * @param input byte string
     * @throws FunctionException with Go's message
     */
    public static @Nullable Object read(String input, Budget budget) {
        JsonReader reader = new JsonReader(input, budget);
        reader.skipSpace();
        Object value = reader.value();
        reader.skipSpace();
        if (reader.position < input.length()) {
            throw reader.unexpected("after top-level value");
        }
        if (reader.numberProblem != null) {
            throw new FunctionException(reader.numberProblem);
        }
        return value;
    }

    private @Nullable Object value() {
        budget.elements(1);
        char first = peek();
        return switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> {
                if (first != '-' && !isDigit(first)) {
                    throw unexpected("looking for beginning of value");
                }
                yield number();
            }
        };
    }

    private GoMap object() {
        Map<@Nullable Object, @Nullable Object> entries = new HashMap<>();
        enter();
        skipSpace();
        while (peek() != '}' || !entries.isEmpty()) {
            if (peek() != '"') {
                throw unexpected("looking for beginning of object key string");
            }
            String key = string();
            skipSpace();
            expect(':', "after object key");
            skipSpace();
            entries.put(key, value());
            skipSpace();
            if (peek() == '}') {
                break;
            }
            expect(',', "after object key:value pair");
            skipSpace();
        }
        leave();
        return GoMap.ofStrings(entries);
    }

    private GoList array() {
        List<@Nullable Object> elements = new ArrayList<>();
        enter();
        skipSpace();
        while (peek() != ']' || !elements.isEmpty()) {
            elements.add(value());
            skipSpace();
            if (peek() == ']') {
                break;
            }
            expect(',', "after array element");
            skipSpace();
        }
        leave();
        return elements.isEmpty() ? GoList.of(List.of()) : GoList.appended(elements);
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw new FunctionException("exceeded max depth");
        }
        position++;
    }

    private void leave() {
        depth--;
        position++;
    }

    private @Nullable Object literal(String word, @Nullable Object value) {
        position++;
        for (int i = 1; i < word.length(); i++) {
            if (peekInside() != word.charAt(i)) {
                throw unexpected("in literal " + word + " (expecting " + shown(word.charAt(i)) + ")");
            }
            position++;
        }
        return value;
    }

    private double number() {
        int start = position;
        if (peek() == '-') {
            position++;
        }
        if (at('0')) {
            position++;
        } else {
            digits("in numeric literal");
        }
        if (at('.')) {
            position++;
            digits("after decimal point in numeric literal");
        }
        if (at('e') || at('E')) {
            position++;
            if (at('+') || at('-')) {
                position++;
            }
            digits("in exponent of numeric literal");
        }
        String text = input.substring(start, position);
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value) && numberProblem == null) {
            numberProblem = "json: cannot unmarshal number " + text + " into Go value of type float64";
        }
        return value;
    }

    private void digits(String place) {
        if (!isDigit(peekInside())) {
            throw unexpected(place);
        }
        while (position < input.length() && isDigit(input.charAt(position))) {
            position++;
        }
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        position++;
        while (peek() != '"') {
            char letter = peek();
            if (letter < ' ') {
                throw unexpected("in string literal");
            }
            if (letter == '\\') {
                position++;
                escape(out);
            } else {
                out.append(Bytes.ofRune(Bytes.runeAt(input, position)));
                position += Bytes.widthAt(input, position);
            }
        }
        position++;
        return out.toString();
    }

    private void escape(StringBuilder out) {
        char letter = peekInside();
        int simple = "bfnrt\\/\"".indexOf(letter);
        if (simple >= 0) {
            out.append("\b\f\n\r\t\\/\"".charAt(simple));
            position++;
        } else if (letter == 'u') {
            position++;
            unicode(out);
        } else {
            throw unexpected("in string escape code");
        }
    }

    private void unicode(StringBuilder out) {
        int unit = hex();
        boolean paired = Character.isHighSurrogate((char) unit) && input.startsWith("\\u", position);
        if (!paired) {
            out.append(Bytes.ofRune(unit));
            return;
        }
        int before = position;
        position += 2;
        int second = hex();
        if (Character.isLowSurrogate((char) second)) {
            out.append(Bytes.ofRune(Character.toCodePoint((char) unit, (char) second)));
        } else {
            position = before;
            out.append(Bytes.ofRune(Bytes.REPLACEMENT));
        }
    }

    private int hex() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = peekInside() < 0x80 ? Character.digit(peekInside(), 16) : -1;
            if (digit < 0) {
                throw unexpected("in \\u hexadecimal character escape");
            }
            unit = 16 * unit + digit;
            position++;
        }
        return unit;
    }

    private void expect(char letter, String place) {
        if (peek() != letter) {
            throw unexpected(place);
        }
        position++;
    }

    private char peek() {
        if (position >= input.length()) {
            throw new FunctionException("unexpected end of JSON input");
        }
        return input.charAt(position);
    }

    /** The next letter inside a word or a number, a space at the end: Go reads one there to see whether it may end. */
    private char peekInside() {
        return position < input.length() ? input.charAt(position) : ' ';
    }

    private boolean at(char letter) {
        return position < input.length() && input.charAt(position) == letter;
    }

    private void skipSpace() {
        while (position < input.length() && " \t\r\n".indexOf(input.charAt(position)) >= 0) {
            position++;
        }
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    private FunctionException unexpected(String place) {
        return new FunctionException("invalid character " + shown(peekInside()) + " " + place);
    }

    private static String shown(char letter) {
        if (letter == '\'') {
            return "'\\''";
        }
        if (letter == '"') {
            return "'\"'";
        }
        String quoted = Quoting.quote(Bytes.ofRune(letter));
        return "'" + quoted.substring(1, quoted.length() - 1) + "'";
    }
}
