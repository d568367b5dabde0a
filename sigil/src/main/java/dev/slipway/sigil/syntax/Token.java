package dev.slipway.sigil.syntax;

import dev.slipway.sigil.format.Quoting;
import dev.slipway.sigil.value.Bytes;
import java.util.Map;

/** A piece of a template: text between actions, or a word of an action. */
record Token(Type type, int position, String text, int line) {
    enum Type {
        ERROR,
        EOF,
        TEXT,
        LEFT_DELIMITER,
        RIGHT_DELIMITER,
        SPACE,
        ASSIGN,
        DECLARE,
        PIPE,
        LEFT_PAREN,
        RIGHT_PAREN,
        CHARACTER,
        BOOL,
        CHARACTER_CONSTANT,
        COMPLEX,
        NUMBER,
        STRING,
        RAW_STRING,
        FIELD,
        IDENTIFIER,
        VARIABLE,
        // The rest are keywords; the dot counts as one.
        DOT,
        BLOCK,
        BREAK,
        CONTINUE,
        DEFINE,
        ELSE,
        END,
        IF,
        NIL,
        RANGE,
        TEMPLATE,
        WITH;

        boolean isKeyword() {
            return compareTo(DOT) >= 0;
        }
    }

    private static final Map<String, Type> WORDS = Map.ofEntries(
            Map.entry("block", Type.BLOCK),
            Map.entry("break", Type.BREAK),
            Map.entry("continue", Type.CONTINUE),
            Map.entry("define", Type.DEFINE),
            Map.entry("else", Type.ELSE),
            Map.entry("end", Type.END),
            Map.entry("if", Type.IF),
            Map.entry("nil", Type.NIL),
            Map.entry("range", Type.RANGE),
            Map.entry("template", Type.TEMPLATE),
            Map.entry("with", Type.WITH),
            Map.entry("true", Type.BOOL),
            Map.entry("false", Type.BOOL));

    static Type ofWord(String word) {
        return WORDS.getOrDefault(word, Type.IDENTIFIER);
    }

    /** The token as error messages show it. */
    @Override
    public String toString() {
        if (type == Type.EOF) {
            return "EOF";
        }
        if (type == Type.ERROR) {
            return text;
        }
        if (type.isKeyword()) {
            return "<" + text + ">";
        }
        return text.length() > 10 ? Quoting.quote(firstRunes(text, 10)) + "..." : Quoting.quote(text);
    }

    private static String firstRunes(String bytes, int count) {
        int end = 0;
        for (int i = 0; i < count && end < bytes.length(); i++) {
            end += Bytes.widthAt(bytes, end);
        }
        return bytes.substring(0, end);
    }
}
