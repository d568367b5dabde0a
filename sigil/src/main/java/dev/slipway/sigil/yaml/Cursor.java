package dev.slipway.sigil.yaml;

/** The input with a place in it that counts lines and columns. Past the end it reads as NUL. */
final class Cursor {
    static final char END = 0;

    private final String input;
    private int index;
    private int line;
    private int column;

    Cursor(String input) {
        this.input = input;
    }

    Mark mark() {
        return new Mark(index, line, column);
    }

    int index() {
        return index;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    boolean atEnd() {
        return index >= input.length();
    }

    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return index + ahead < input.length() ? input.charAt(index + ahead) : END;
    }

    void skip() {
        column += Character.isLowSurrogate(peek()) ? 0 : 1;
        index++;
    }

    void skip(int count) {
        for (int i = 0; i < count; i++) {
            skip();
        }
    }

    char take() {
        char letter = peek();
        skip();
        return letter;
    }

    /** Takes a line break, as the line feed that most of them mean. */
    String takeBreak() {
        char letter = peek();
        index += letter == '\r' && peek(1) == '\n' ? 2 : 1;
        line++;
        column = 0;
        return letter == '\u2028' || letter == '\u2029' ? String.valueOf(letter) : "\n";
    }

    /** The end of the input counts as a new line. */
    void forceNewLine() {
        if (column != 0) {
            column = 0;
            line++;
        }
    }

    boolean isBreak(int ahead) {
        char letter = peek(ahead);
        return letter == '\n' || letter == '\r' || letter == '\u0085' || letter == '\u2028' || letter == '\u2029';
    }

    boolean isBreak() {
        return isBreak(0);
    }

    boolean isBreakOrEnd() {
        return atEnd() || isBreak();
    }

    boolean isBlank(int ahead) {
        return peek(ahead) == ' ' || peek(ahead) == '\t';
    }

    boolean isBlank() {
        return isBlank(0);
    }

    boolean isBlankOrEnd(int ahead) {
        return index + ahead >= input.length() || isBlank(ahead) || isBreak(ahead);
    }

    boolean isBlankOrEnd() {
        return isBlankOrEnd(0);
    }

    boolean startsWith(String text) {
        return input.startsWith(text, index);
    }

    /** Whether a line of three dashes or dots begins here. */
    boolean atDocumentMark() {
        return column == 0 && (startsWith("---") || startsWith("...")) && isBlankOrEnd(3);
    }

    boolean isWord() {
        char letter = peek();
        return letter == '_'
                || letter == '-'
                || (letter >= '0' && letter <= '9')
                || (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z');
    }
}
