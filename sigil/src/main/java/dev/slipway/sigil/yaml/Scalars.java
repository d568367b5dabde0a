package dev.slipway.sigil.yaml;

import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.yaml.YamlToken.Kind;

/** Reads scalars in their five styles. */
final class Scalars {
    private static final String ESCAPES = "0abt\tnvfre \"'\\N_LP";
    private static final String ESCAPED = "\0\u0007\b\t\t\n\u000b\f\r\u001b \"'\\\u0085\u00a0\u2028\u2029";

    private final Cursor cursor;
    private final StringBuilder text = new StringBuilder();
    /** White space that may turn out to be between two words, or before the end. */
    private final StringBuilder blanks = new StringBuilder();

    private final StringBuilder laterBreaks = new StringBuilder();
    private String firstBreak = "";
    private boolean newLine;

    Scalars(Cursor cursor) {
        this.cursor = cursor;
    }

    /** Whether the last plain scalar was followed by a line break. */
    boolean endedOnNewLine() {
        return newLine;
    }

    private void begin() {
        text.setLength(0);
        blanks.setLength(0);
        laterBreaks.setLength(0);
        firstBreak = "";
        newLine = false;
    }

    /** Writes the white space held back: a single line break is a space, each further one a line break. */
    private void join() {
        if (newLine) {
            text.append(folded());
            newLine = false;
        } else {
            text.append(blanks);
        }
        blanks.setLength(0);
        laterBreaks.setLength(0);
        firstBreak = "";
    }

    private String folded() {
        if (!firstBreak.startsWith("\n")) {
            return firstBreak + laterBreaks;
        }
        return laterBreaks.isEmpty() ? " " : laterBreaks.toString();
    }

    private void takeBlankOrBreak() {
        if (cursor.isBlank()) {
            char blank = cursor.take();
            if (!newLine) {
                blanks.append(blank);
            }
        } else if (newLine) {
            laterBreaks.append(cursor.takeBreak());
        } else {
            blanks.setLength(0);
            firstBreak = cursor.takeBreak();
            newLine = true;
        }
    }

    YamlToken plain(int indent, boolean inFlow) {
        Mark start = cursor.mark();
        begin();
        while (!cursor.atDocumentMark() && cursor.peek() != '#') {
            while (!cursor.isBlankOrEnd() && !endsPlain(inFlow)) {
                join();
                text.append(cursor.take());
            }
            if (!cursor.isBlank() && !cursor.isBreak()) {
                break;
            }
            while (cursor.isBlank() || cursor.isBreak()) {
                if (newLine && cursor.column() <= indent && cursor.peek() == '\t') {
                    throw YamlErrors.scanner(start, cursor.mark(), "found a tab character that violates indentation");
                }
                takeBlankOrBreak();
            }
            if (!inFlow && cursor.column() <= indent) {
                break;
            }
        }
        return new YamlToken(Kind.SCALAR, start, text.toString(), "", true);
    }

    private boolean endsPlain(boolean inFlow) {
        return (cursor.peek() == ':' && cursor.isBlankOrEnd(1)) || (inFlow && ",?[]{}".indexOf(cursor.peek()) >= 0);
    }

    YamlToken quoted() {
        Mark start = cursor.mark();
        char mark = cursor.take();
        begin();
        while (true) {
            if (cursor.atDocumentMark()) {
                throw YamlErrors.scanner(start, cursor.mark(), "found unexpected document indicator");
            }
            if (cursor.atEnd()) {
                throw YamlErrors.scanner(start, cursor.mark(), "found unexpected end of stream");
            }
            boolean continued = quotedWord(mark, start);
            if (!continued && cursor.peek() == mark) {
                break;
            }
            while (cursor.isBlank() || cursor.isBreak()) {
                takeBlankOrBreak();
            }
            join();
        }
        cursor.skip();
        return new YamlToken(Kind.SCALAR, start, text.toString(), "", false);
    }

    /** Reads up to white space or the closing quote; true after a backslash at the end of a line. */
    private boolean quotedWord(char mark, Mark start) {
        while (!cursor.isBlankOrEnd()) {
            char letter = cursor.peek();
            if (letter == '\'' && mark == '\'' && cursor.peek(1) == '\'') {
                cursor.skip(2);
                text.append('\'');
            } else if (letter == mark) {
                return false;
            } else if (letter == '\\' && mark == '"') {
                if (cursor.isBreak(1)) {
                    cursor.skip();
                    cursor.takeBreak();
                    newLine = true;
                    return true;
                }
                escape(start);
            } else {
                text.append(cursor.take());
            }
        }
        return false;
    }

    private void escape(Mark start) {
        char letter = cursor.peek(1);
        int simple = ESCAPES.indexOf(letter);
        int digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
        if (simple < 0 && digits == 0) {
            throw YamlErrors.scanner(start, cursor.mark(), "found unknown escape character");
        }
        cursor.skip(2);
        if (simple >= 0) {
            text.append(ESCAPED.charAt(simple));
            return;
        }
        long rune = 0;
        for (int i = 0; i < digits; i++) {
            int digit = cursor.peek(i) < 0x80 ? Character.digit(cursor.peek(i), 16) : -1;
            if (digit < 0) {
                throw YamlErrors.scanner(start, cursor.mark(), "did not find expected hexdecimal number");
            }
            rune = 16 * rune + digit;
        }
        if ((rune >= 0xD800 && rune <= 0xDFFF) || rune > Character.MAX_CODE_POINT) {
            throw YamlErrors.scanner(start, cursor.mark(), "found invalid Unicode character escape code");
        }
        text.appendCodePoint((int) rune);
        cursor.skip(digits);
    }

    YamlToken block(int outerIndent) {
        Mark start = cursor.mark();
        boolean literal = cursor.take() == '|';
        begin();
        char chomping = 0;
        int increment = 0;
        for (int i = 0; i < 2; i++) {
            char hint = cursor.peek();
            if (chomping == 0 && (hint == '+' || hint == '-')) {
                chomping = cursor.take();
            } else if (increment == 0 && hint >= '0' && hint <= '9') {
                increment = indentHint(start);
            }
        }
        toEndOfHeader(start);
        int indent = increment == 0 ? 0 : Math.max(outerIndent, 0) + increment;
        indent = blankLines(indent, outerIndent, start);
        blockLines(indent, literal, start);
        if (chomping != '-') {
            text.append(firstBreak);
        }
        if (chomping == '+') {
            text.append(laterBreaks);
        }
        newLine = false;
        return new YamlToken(Kind.SCALAR, start, text.toString(), "", false);
    }

    private int indentHint(Mark start) {
        if (cursor.peek() == '0') {
            throw YamlErrors.scanner(start, cursor.mark(), "found an indentation indicator equal to 0");
        }
        return cursor.take() - '0';
    }

    private void toEndOfHeader(Mark start) {
        while (cursor.isBlank()) {
            cursor.skip();
        }
        if (cursor.peek() == '#') {
            while (!cursor.isBreakOrEnd()) {
                cursor.skip();
            }
        }
        if (!cursor.isBreakOrEnd()) {
            throw YamlErrors.scanner(start, cursor.mark(), "did not find expected comment or line break");
        }
        if (cursor.isBreak()) {
            cursor.takeBreak();
        }
    }

    private void blockLines(int indent, boolean literal, Mark start) {
        boolean blankBefore = false;
        while (cursor.column() == indent && !cursor.atEnd()) {
            boolean blankHere = cursor.isBlank();
            if (!literal && firstBreak.startsWith("\n") && !blankBefore && !blankHere) {
                text.append(laterBreaks.isEmpty() ? " " : "");
            } else {
                text.append(firstBreak);
            }
            text.append(laterBreaks);
            laterBreaks.setLength(0);
            firstBreak = "";
            blankBefore = blankHere;
            while (!cursor.isBreakOrEnd()) {
                text.append(cursor.take());
            }
            firstBreak = cursor.isBreak() ? cursor.takeBreak() : "";
            blankLines(indent, indent - 1, start);
        }
    }

    /** Takes lines of nothing but indentation; finds the indentation if it is not known yet. */
    private int blankLines(int known, int outerIndent, Mark start) {
        int deepest = 0;
        while (true) {
            while ((known == 0 || cursor.column() < known) && cursor.peek() == ' ') {
                cursor.skip();
            }
            deepest = Math.max(deepest, cursor.column());
            if ((known == 0 || cursor.column() < known) && cursor.peek() == '\t') {
                throw tab(start);
            }
            if (!cursor.isBreak()) {
                return known != 0 ? known : Math.max(1, Math.max(deepest, outerIndent + 1));
            }
            laterBreaks.append(cursor.takeBreak());
        }
    }

    private FunctionException tab(Mark start) {
        return YamlErrors.scanner(start, cursor.mark(), "found a tab character where an indentation space is expected");
    }
}
