package dev.slipway.sigil.yaml;

/** Which styles can hold a text. */
final class ScalarShape {
    enum Style {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        LITERAL
    }

    private final String text;
    private boolean plain = true;
    private boolean singleQuoted = true;
    private boolean block = true;
    private boolean multiline;

    ScalarShape(String text) {
        this.text = text;
        if (text.isEmpty()) {
            block = false;
            return;
        }
        plain = !text.startsWith("---") && !text.startsWith("...");
        indicators();
        whiteSpace();
    }

    /** The wanted style, or the next that can hold the text. */
    Style choose(Style wanted, boolean isKey) {
        Style style = wanted;
        if (isKey && multiline) {
            style = Style.DOUBLE_QUOTED;
        }
        if (style == Style.PLAIN && (!plain || (text.isEmpty() && isKey))) {
            style = Style.SINGLE_QUOTED;
        }
        if (style == Style.SINGLE_QUOTED && !singleQuoted) {
            style = Style.DOUBLE_QUOTED;
        }
        if (style == Style.LITERAL && (!block || isKey)) {
            style = Style.DOUBLE_QUOTED;
        }
        return style;
    }

    private void indicators() {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            boolean blankAfter = i + 1 == text.length() || isBlank(text.charAt(i + 1));
            boolean blankBefore = i == 0 || isBlank(text.charAt(i - 1)) || isBreak(text.charAt(i - 1));
            boolean indicator = i == 0
                    ? "#,[]{}&*!|>'\"%@`".indexOf(letter) >= 0 || ("?:-".indexOf(letter) >= 0 && blankAfter)
                    : (letter == ':' && blankAfter) || (letter == '#' && blankBefore);
            if (indicator) {
                plain = false;
            }
        }
    }

    private void whiteSpace() {
        boolean special = false;
        boolean spaceBefore = false;
        boolean breakBefore = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            char letter = text.charAt(i);
            special |= !isPrintable(text.codePointAt(i));
            boolean isBreak = isBreak(letter);
            boolean isSpace = letter == ' ';
            if ((isSpace && breakBefore)) {
                plain = false;
                singleQuoted = false;
            }
            special |= isBreak && spaceBefore;
            multiline |= isBreak;
            spaceBefore = isSpace;
            breakBefore = isBreak;
        }
        char first = text.charAt(0);
        char last = text.charAt(text.length() - 1);
        if (multiline || first == ' ' || last == ' ') {
            plain = false;
        }
        block &= last != ' ';
        if (special) {
            plain = false;
            singleQuoted = false;
            block = false;
        }
    }

    private static boolean isBlank(char letter) {
        return letter == ' ' || letter == '\t';
    }

    static boolean isBreak(int letter) {
        return letter == '\n' || letter == '\r' || letter == 0x85 || letter == 0x2028 || letter == 0x2029;
    }

    /** What stands unescaped; yaml.v2 escapes all that needs four bytes. */
    static boolean isPrintable(int rune) {
        return rune == '\n'
                || (rune >= ' ' && rune <= 0x7E)
                || (rune >= 0xA0 && rune < 0xD800)
                || (rune >= 0xE000 && rune <= 0xFFFD && rune != 0xFEFF);
    }
}
