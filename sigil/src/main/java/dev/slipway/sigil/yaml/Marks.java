package dev.slipway.sigil.yaml;

import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.yaml.YamlToken.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Reads anchors, aliases, tags and directives. */
final class Marks {
    private final Cursor cursor;

    Marks(Cursor cursor) {
        this.cursor = cursor;
    }

    YamlToken anchor() {
        Mark start = cursor.mark();
        Kind kind = cursor.take() == '*' ? Kind.ALIAS : Kind.ANCHOR;
        String name = word();
        boolean ends = cursor.isBlankOrEnd() || "?:,]}%@`".indexOf(cursor.peek()) >= 0;
        if (name.isEmpty() || !ends) {
            throw problem(start, "did not find expected alphabetic or numeric character");
        }
        return YamlToken.of(kind, start, name);
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        while (cursor.isWord()) {
            word.append(cursor.take());
        }
        return word.toString();
    }

    YamlToken tag() {
        Mark start = cursor.mark();
        String handle = "";
        String suffix;
        if (cursor.peek(1) == '<') {
            cursor.skip(2);
            suffix = uri("", start);
            if (cursor.peek() != '>') {
                throw problem(start, "did not find the expected '>'");
            }
            cursor.skip();
        } else {
            handle = handle(start, false);
            if (handle.length() > 1 && handle.endsWith("!")) {
                suffix = uri("", start);
            } else {
                suffix = uri(handle, start);
                handle = suffix.isEmpty() ? "" : "!";
                suffix = suffix.isEmpty() ? "!" : suffix;
            }
        }
        if (!cursor.isBlankOrEnd()) {
            throw problem(start, "did not find expected whitespace or line break");
        }
        return new YamlToken(Kind.TAG, start, handle, suffix, false);
    }

    private String handle(Mark start, boolean directive) {
        if (cursor.peek() != '!') {
            throw problem(start, "did not find expected '!'");
        }
        String handle = cursor.take() + word();
        if (cursor.peek() == '!') {
            return handle + cursor.take();
        }
        if (directive && !handle.equals("!")) {
            throw problem(start, "did not find expected '!'");
        }
        return handle;
    }

    /** @param head a handle that turned out to be the start of a tag; its exclamation mark is dropped */
    private String uri(String head, Mark start) {
        ByteArrayOutputStream uri = new ByteArrayOutputStream();
        if (head.length() > 1) {
            uri.writeBytes(head.substring(1).getBytes(StandardCharsets.UTF_8));
        }
        while (cursor.isWord() || (";/?:@&=+$.!~*'()%,[]".indexOf(cursor.peek()) >= 0 && !cursor.atEnd())) {
            uri.write(cursor.peek() == '%' ? escaped(start) : cursor.take());
        }
        if (uri.size() == 0 && head.isEmpty()) {
            throw problem(start, "did not find expected tag URI");
        }
        return uri.toString(StandardCharsets.UTF_8);
    }

    private int escaped(Mark start) {
        int high = Character.digit(cursor.peek(1), 16);
        int low = Character.digit(cursor.peek(2), 16);
        if (high < 0 || low < 0) {
            throw problem(start, "did not find URI escaped octet");
        }
        cursor.skip(3);
        return high << 4 | low;
    }

    YamlToken directive() {
        Mark start = cursor.mark();
        cursor.skip();
        String name = word();
        if (name.isEmpty()) {
            throw problem(start, "could not find expected directive name");
        }
        if (!cursor.isBlankOrEnd()) {
            throw problem(start, "found unexpected non-alphabetical character");
        }
        YamlToken token = switch (name) {
            case "YAML" -> version(start);
            case "TAG" -> tagDirective(start);
            default -> throw problem(start, "found unknown directive name");
        };
        skipBlanks();
        if (cursor.peek() == '#') {
            while (!cursor.isBreakOrEnd()) {
                cursor.skip();
            }
        }
        if (!cursor.isBreakOrEnd()) {
            throw problem(start, "did not find expected comment or line break");
        }
        return token;
    }

    private YamlToken version(Mark start) {
        skipBlanks();
        String major = digits(start);
        if (cursor.peek() != '.') {
            throw problem(start, "did not find expected digit or '.' character");
        }
        cursor.skip();
        return YamlToken.of(Kind.VERSION_DIRECTIVE, start, major + "." + digits(start));
    }

    private String digits(Mark start) {
        StringBuilder digits = new StringBuilder();
        while (cursor.peek() >= '0' && cursor.peek() <= '9') {
            digits.append(cursor.take());
        }
        if (digits.isEmpty()) {
            throw problem(start, "did not find expected version number");
        }
        if (digits.length() > 2) {
            throw problem(start, "found extremely long version number");
        }
        return digits.toString();
    }

    private YamlToken tagDirective(Mark start) {
        skipBlanks();
        String handle = handle(start, true);
        if (!cursor.isBlank()) {
            throw problem(start, "did not find expected whitespace");
        }
        skipBlanks();
        String prefix = uri("", start);
        if (!cursor.isBlankOrEnd()) {
            throw problem(start, "did not find expected whitespace or line break");
        }
        return new YamlToken(Kind.TAG_DIRECTIVE, start, handle, prefix, false);
    }

    private void skipBlanks() {
        while (cursor.isBlank()) {
            cursor.skip();
        }
    }

    private FunctionException problem(Mark start, String problem) {
        return YamlErrors.scanner(start, cursor.mark(), problem);
    }
}
