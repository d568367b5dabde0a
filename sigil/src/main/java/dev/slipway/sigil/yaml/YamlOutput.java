package dev.slipway.sigil.yaml;

import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.yaml.ScalarShape.Style;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lays YAML out: indentation, separators and the folding of long lines. */
final class YamlOutput {
    private static final int INDENT = 2;
    /** Lines fold at the first space beyond this. */
    private static final int WIDTH = 80;

    private static final String ESCAPED = "\0\u0007\b\t\n\u000b\f\r\u001b\"\\\u0085\u00a0\u2028\u2029";
    private static final String ESCAPES = "0abtnvfre\"\\N_LP";

    private final StringBuilder out = new StringBuilder();
    private final Deque<Integer> outer = new ArrayDeque<>();
    private int indent = -1;
    private int column;
    /** Whether what was written last separates words, and whether the line holds only indentation and indicators. */
    private boolean separated = true;

    private boolean onlyIndented = true;

    String text() {
        return Bytes.of(out.toString());
    }

    int size() {
        return out.length();
    }

    boolean onlyIndented() {
        return onlyIndented;
    }

    /** @param sameColumn whether the inner block stands at the outer's indentation */
    void deepen(boolean sameColumn) {
        outer.push(indent);
        indent = indent < 0 ? 0 : sameColumn ? indent : indent + INDENT;
    }

    void shallow() {
        indent = outer.pop();
    }

    void newLine() {
        int target = Math.max(0, indent);
        if (!onlyIndented || column > target || (column == target && !separated)) {
            lineBreak();
        }
        out.repeat(' ', target - column);
        column = target;
        separated = true;
        onlyIndented = true;
    }

    void end() {
        indent = -1;
        newLine();
    }

    private void lineBreak() {
        out.append('\n');
        column = 0;
        separated = true;
        onlyIndented = true;
    }

    private void put(int rune) {
        out.appendCodePoint(rune);
        column++;
    }

    /** A dash, a question mark or a colon; {@code leads} if what follows may stand on the same line as if it began it. */
    void indicator(String text, boolean leads) {
        indicator(text, leads, false, leads);
    }

    private void indicator(String text, boolean needsSpace, boolean separates, boolean keepsIndented) {
        if (needsSpace && !separated) {
            put(' ');
        }
        text.codePoints().forEach(this::put);
        separated = separates;
        onlyIndented &= keepsIndented;
    }

    void flow(String open, String close) {
        indicator(open, true, true, false);
        indicator(close, false, false, false);
    }

    void tag(String tag) {
        indicator(tag, true, false, false);
    }

    void plain(String text, boolean isKey) {
        scalar(text, Style.PLAIN, isKey);
    }

    void scalar(String text, Style style, boolean isKey) {
        outer.push(indent);
        indent = indent < 0 ? INDENT : indent + INDENT;
        switch (style) {
            case PLAIN -> plainWords(text, !isKey);
            case SINGLE_QUOTED -> singleQuoted(text, !isKey);
            case DOUBLE_QUOTED -> doubleQuoted(text, !isKey);
            case LITERAL -> literal(text);
        }
        indent = outer.pop();
    }

    private void plainWords(String text, boolean folds) {
        if (!separated) {
            put(' ');
        }
        words(text, folds, false);
        separated = false;
        onlyIndented = false;
    }

    private void singleQuoted(String text, boolean folds) {
        indicator("'", true, false, false);
        words(text, folds, true);
        separated = false;
        onlyIndented = false;
        indicator("'", false, false, false);
    }

    private void words(String text, boolean folds, boolean quoted) {
        boolean spaceBefore = false;
        boolean breakBefore = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int rune = text.codePointAt(i);
            boolean inside = !quoted || (i > 0 && i < text.length() - 1);
            if (rune == ' ') {
                boolean single = !spaceBefore && (i + 1 == text.length() || text.charAt(i + 1) != ' ');
                if (folds && single && column > WIDTH && inside) {
                    newLine();
                } else {
                    put(rune);
                }
                spaceBefore = true;
            } else if (ScalarShape.isBreak(rune)) {
                if (!breakBefore && rune == '\n') {
                    lineBreak();
                }
                lineBreak();
                breakBefore = true;
            } else {
                if (breakBefore) {
                    newLine();
                }
                if (quoted && rune == '\'') {
                    put(rune);
                }
                put(rune);
                onlyIndented = false;
                spaceBefore = false;
                breakBefore = false;
            }
        }
    }

    private void doubleQuoted(String text, boolean folds) {
        indicator("\"", true, false, false);
        boolean spaceBefore = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int rune = text.codePointAt(i);
            boolean escaped =
                    !ScalarShape.isPrintable(rune) || ScalarShape.isBreak(rune) || rune == '"' || rune == '\\';
            boolean inside = i > 0 && i < text.length() - 1;
            if (escaped) {
                escape(rune);
            } else if (rune == ' ' && folds && !spaceBefore && column > WIDTH && inside) {
                newLine();
                if (text.charAt(i + 1) == ' ') {
                    put('\\');
                }
            } else {
                put(rune);
            }
            spaceBefore = rune == ' ';
        }
        indicator("\"", false, false, false);
    }

    private void escape(int rune) {
        put('\\');
        int simple = ESCAPED.indexOf(rune);
        String code = simple >= 0
                ? String.valueOf(ESCAPES.charAt(simple))
                : rune <= 0xFF
                        ? "x%02X".formatted(rune)
                        : rune <= 0xFFFF ? "u%04X".formatted(rune) : "U%08X".formatted(rune);
        code.codePoints().forEach(this::put);
    }

    private void literal(String text) {
        indicator("|", true, false, false);
        indicator(hints(text), false, false, false);
        lineBreak();
        boolean breakBefore = true;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int rune = text.codePointAt(i);
            if (ScalarShape.isBreak(rune)) {
                lineBreak();
                breakBefore = true;
            } else {
                if (breakBefore) {
                    newLine();
                }
                put(rune);
                onlyIndented = false;
                breakBefore = false;
            }
        }
    }

    private static String hints(String text) {
        String start = text.startsWith(" ") || ScalarShape.isBreak(text.charAt(0)) ? String.valueOf(INDENT) : "";
        int last = text.length() - 1;
        if (!ScalarShape.isBreak(text.charAt(last))) {
            return start + "-";
        }
        boolean more = last == 0 || ScalarShape.isBreak(text.charAt(last - 1));
        return more ? start + "+" : start;
    }
}
