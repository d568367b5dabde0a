package dev.slipway.sigil.syntax;

import dev.slipway.sigil.format.Quoting;
import dev.slipway.sigil.value.Bytes;
import org.jspecify.annotations.Nullable;

/** Cuts a template into tokens, one at a time, applying trim markers and dropping comments. */
final class Lexer {
    private static final String OPEN_COMMENT = "/*";
    private static final String CLOSE_COMMENT = "*/";
    /** A trim marker is a minus and a white space. */
    private static final int TRIM_MARKER = 2;

    private final String input;
    private final String left;
    private final String right;
    /** Where the next token starts, and the line there. */
    private int start;

    private int startLine = 1;
    private int position;
    private int line = 1;
    private boolean insideAction;
    private int parenDepth;
    private boolean failed;

    Lexer(String input, Delimiters delimiters) {
        this.input = input;
        this.left = delimiters.left();
        this.right = delimiters.right();
    }

    /** The next token; after an error token, only the end. */
    Token next() {
        if (failed) {
            return new Token(Token.Type.EOF, 0, "EOF", startLine);
        }
        return insideAction ? insideAction() : text();
    }

    private Token text() {
        while (true) {
            int open = input.indexOf(left, position);
            if (open < 0) {
                position = input.length();
                return position > start ? emit(Token.Type.TEXT) : new Token(Token.Type.EOF, position, "EOF", startLine);
            }
            if (open > position) {
                Token text = textBefore(open);
                if (!text.text().isEmpty()) {
                    return text;
                }
            }
            int afterDelimiter = position + left.length();
            int marker = isLeftTrim(afterDelimiter) ? TRIM_MARKER : 0;
            if (!input.startsWith(OPEN_COMMENT, afterDelimiter + marker)) {
                return leftDelimiter(afterDelimiter, marker);
            }
            position = afterDelimiter + marker;
            ignore();
            Token problem = comment();
            if (problem != null) {
                return problem;
            }
        }
    }

    private Token textBefore(int open) {
        int end = open;
        if (isLeftTrim(open + left.length())) {
            while (end > start && isSpace(input.charAt(end - 1))) {
                end--;
            }
        }
        position = end;
        Token text = emit(Token.Type.TEXT);
        position = open;
        ignore();
        return text;
    }

    private Token leftDelimiter(int after, int marker) {
        position = after;
        Token token = emit(Token.Type.LEFT_DELIMITER);
        insideAction = true;
        position += marker;
        ignore();
        parenDepth = 0;
        return token;
    }

    /** Skips a comment; what comes back is an error, or null. */
    private @Nullable Token comment() {
        int close = input.indexOf(CLOSE_COMMENT, position + OPEN_COMMENT.length());
        if (close < 0) {
            return error("unclosed comment");
        }
        position = close + CLOSE_COMMENT.length();
        if (!atRightDelimiter(position)) {
            return error("comment ends before closing delimiter");
        }
        skipRightDelimiter();
        ignore();
        return null;
    }

    private void skipRightDelimiter() {
        boolean trim = isTrimmedRight(position);
        position += right.length() + (trim ? TRIM_MARKER : 0);
        if (trim) {
            while (position < input.length() && isSpace(input.charAt(position))) {
                position++;
            }
        }
    }

    private Token rightDelimiter() {
        boolean trim = isTrimmedRight(position);
        if (trim) {
            position += TRIM_MARKER;
            ignore();
        }
        position += right.length();
        Token token = emit(Token.Type.RIGHT_DELIMITER);
        if (trim) {
            while (position < input.length() && isSpace(input.charAt(position))) {
                position++;
            }
            ignore();
        }
        insideAction = false;
        return token;
    }

    private Token insideAction() {
        if (atRightDelimiter(position)) {
            return parenDepth == 0 ? rightDelimiter() : error("unclosed left paren");
        }
        if (position >= input.length()) {
            return error("unclosed action");
        }
        int rune = Bytes.runeAt(input, position);
        if (isSpace(rune)) {
            return space();
        }
        if (isDigit(rune) || rune == '+' || rune == '-' || (rune == '.' && isDigitAt(position + 1))) {
            return number();
        }
        if (isAlphanumeric(rune)) {
            return word();
        }
        position += Bytes.widthAt(input, position);
        return switch (rune) {
            case '=' -> emit(Token.Type.ASSIGN);
            case ':' -> declare();
            case '|' -> emit(Token.Type.PIPE);
            case '"' -> quoted('"', Token.Type.STRING, "unterminated quoted string");
            case '\'' -> quoted('\'', Token.Type.CHARACTER_CONSTANT, "unterminated character constant");
            case '`' -> rawString();
            case '$' -> fieldOrVariable(Token.Type.VARIABLE, Token.Type.VARIABLE);
            case '.' -> fieldOrVariable(Token.Type.FIELD, Token.Type.DOT);
            case '(', ')' -> paren(rune);
            default ->
                rune < 0x80 && Quoting.isPrintable(rune)
                        ? emit(Token.Type.CHARACTER)
                        : error("unrecognized character in action: " + Quoting.unicodePoint(rune));
        };
    }

    private Token declare() {
        if (position >= input.length() || input.charAt(position) != '=') {
            return error("expected :=");
        }
        position++;
        return emit(Token.Type.DECLARE);
    }

    private Token paren(int rune) {
        parenDepth += rune == '(' ? 1 : -1;
        if (parenDepth < 0) {
            return error("unexpected right paren");
        }
        return emit(rune == '(' ? Token.Type.LEFT_PAREN : Token.Type.RIGHT_PAREN);
    }

    private Token space() {
        int first = position;
        while (position < input.length() && isSpace(input.charAt(position))) {
            position++;
        }
        if (isTrimmedRight(position - 1)) {
            position--;
            if (position == first) {
                return rightDelimiter();
            }
        }
        return emit(Token.Type.SPACE);
    }

    private Token word() {
        skipAlphanumerics();
        if (!atTerminator()) {
            return badCharacter();
        }
        return emit(Token.ofWord(input.substring(start, position)));
    }

    private Token fieldOrVariable(Token.Type named, Token.Type bare) {
        if (atTerminator()) {
            return emit(bare);
        }
        skipAlphanumerics();
        return atTerminator() ? emit(named) : badCharacter();
    }

    private void skipAlphanumerics() {
        while (position < input.length() && isAlphanumeric(Bytes.runeAt(input, position))) {
            position += Bytes.widthAt(input, position);
        }
    }

    private Token badCharacter() {
        return error("bad character " + Quoting.unicodePoint(Bytes.runeAt(input, position)));
    }

    private boolean atTerminator() {
        if (position >= input.length()) {
            return true;
        }
        char next = input.charAt(position);
        return isSpace(next) || ".,|:()".indexOf(next) >= 0 || input.startsWith(right, position);
    }

    private Token quoted(char mark, Token.Type type, String problem) {
        while (position < input.length()) {
            char next = input.charAt(position++);
            if (next == mark) {
                return emit(type);
            }
            if (next == '\\' && position < input.length()) {
                next = input.charAt(position++);
            }
            if (next == '\n') {
                return error(problem);
            }
        }
        return error(problem);
    }

    private Token rawString() {
        int close = input.indexOf('`', position);
        if (close < 0) {
            return error("unterminated raw quoted string");
        }
        position = close + 1;
        return emit(Token.Type.RAW_STRING);
    }

    private Token number() {
        NumberScanner scanner = new NumberScanner(input, position);
        boolean good = scanner.scan();
        boolean complex = good && scanner.atSign();
        if (complex) {
            good = scanner.scan() && input.charAt(scanner.end() - 1) == 'i';
        }
        position = scanner.end();
        if (!good) {
            return error("bad number syntax: " + Quoting.quote(input.substring(start, position)));
        }
        return emit(complex ? Token.Type.COMPLEX : Token.Type.NUMBER);
    }

    private Token emit(Token.Type type) {
        Token token = new Token(type, start, input.substring(start, position), startLine);
        ignore();
        return token;
    }

    private void ignore() {
        for (int at = input.indexOf('\n', start, position); at >= 0; at = input.indexOf('\n', at + 1, position)) {
            line++;
        }
        start = position;
        startLine = line;
    }

    private Token error(String message) {
        failed = true;
        return new Token(Token.Type.ERROR, start, message, startLine);
    }

    private boolean atRightDelimiter(int at) {
        return isTrimmedRight(at) || input.startsWith(right, at);
    }

    private boolean isTrimmedRight(int at) {
        return at + 1 < input.length()
                && isSpace(input.charAt(at))
                && input.charAt(at + 1) == '-'
                && input.startsWith(right, at + TRIM_MARKER);
    }

    private boolean isLeftTrim(int at) {
        return at + 1 < input.length() && input.charAt(at) == '-' && isSpace(input.charAt(at + 1));
    }

    private boolean isDigitAt(int at) {
        return at >= input.length() || isDigit(input.charAt(at));
    }

    private static boolean isDigit(int rune) {
        return rune >= '0' && rune <= '9';
    }

    static boolean isSpace(int rune) {
        return rune == ' ' || rune == '\t' || rune == '\r' || rune == '\n';
    }

    static boolean isAlphanumeric(int rune) {
        if (rune < 0x80) {
            return rune == '_' || (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z') || isDigit(rune);
        }
        return Character.isLetter(rune) || Character.isDigit(rune);
    }
}
