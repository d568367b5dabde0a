package dev.slipway.proxy.nginx.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits nginx configuration text into words and marks, exactly as {@code ngx_conf_read_token} does: what is judged here must be
 * what nginx will run. A comment begins only where a word could; {@code ${name}} does not open a block.
 */
final class Lexer {

    /** What the lexer met: a word, or one of the marks {@code ; { }}. */
    record Token(char mark, @Nullable Word word, int line, int end) {}

    private static final char WORD = 'w';

    private final String text;
    private int at;
    private int line = 1;

    Lexer(String text) {
        this.text = text;
    }

    /** The next token, or nothing at the end of the text. */
    @Nullable
    Token next() throws SyntaxFailure {
        skipBlanksAndComments();
        if (at == text.length()) {
            return null;
        }
        char c = text.charAt(at);
        if (c == ';' || c == '{' || c == '}') {
            at++;
            return new Token(c, null, line, at);
        }
        Word word = c == '"' || c == '\'' ? quoted(c) : bare(at);
        return new Token(WORD, word, word.line(), at);
    }

    /** What stands in a block of Lua follows other rules: nginx without Lua, as here, stops where it begins. */
    static List<Token> tokens(String text) throws SyntaxFailure {
        List<Token> tokens = new ArrayList<>();
        Lexer lexer = new Lexer(text);
        Word name = null;
        for (Token token = lexer.next(); token != null; token = lexer.next()) {
            tokens.add(token);
            name = token.mark() != WORD || name != null ? name : token.word();
            if (token.mark() == '{' && name != null && name.text().endsWith("_by_lua_block")) {
                throw new SyntaxFailure(
                        "\"%s\" is not allowed in an app's template (it would run code in the nginx of all apps): remove it"
                                .formatted(name.text()),
                        name.line());
            }
            name = token.mark() == WORD ? name : null;
        }
        return tokens;
    }

    private void skipBlanksAndComments() {
        boolean comment = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n') {
                comment = false;
                line++;
            } else if (c == '#') {
                comment = true;
            } else if (!comment && !isBlank(c)) {
                return;
            }
        }
    }

    private Word quoted(char quote) throws SyntaxFailure {
        int start = at;
        int first = line;
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            countLine(c);
            if (c == '\\') {
                skipEscaped();
            } else if (c == quote) {
                at++;
                Word word = new Word(plain(text.substring(start + 1, at - 1)), first, start, at);
                return afterQuote(word);
            }
        }
        throw new SyntaxFailure("unexpected end of file, expecting closing quote", first);
    }

    /** A quoted word must be followed by a blank or a mark; a {@code )} begins the next word. */
    private Word afterQuote(Word word) throws SyntaxFailure {
        if (at < text.length()) {
            char c = text.charAt(at);
            if (!isBlank(c) && c != '\n' && c != ';' && c != '{' && c != ')') {
                throw new SyntaxFailure("unexpected \"" + c + "\"", line);
            }
        }
        return word;
    }

    private Word bare(int start) throws SyntaxFailure {
        int first = line;
        boolean variable = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '{' && variable) {
                continue;
            }
            variable = false;
            if (c == '\\') {
                skipEscaped();
            } else if (c == '$') {
                variable = true;
            } else if (isBlank(c) || c == '\n' || c == ';' || c == '{') {
                return new Word(plain(text.substring(start, at)), first, start, at);
            }
        }
        throw new SyntaxFailure("unexpected end of file, expecting \";\" or \"}\"", first);
    }

    private void skipEscaped() {
        if (at + 1 < text.length()) {
            at++;
            countLine(text.charAt(at));
        }
    }

    private void countLine(char c) {
        if (c == '\n') {
            line++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    /** Undoes nginx's escapes: {@code \" \' \\ \t \r \n}; any other backslash stays. */
    private static String plain(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder plain = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            int escape = c == '\\' && i + 1 < raw.length() ? "\"'\\trn".indexOf(raw.charAt(i + 1)) : -1;
            plain.append(escape < 0 ? c : "\"'\\\t\r\n".charAt(escape));
            i += escape < 0 ? 0 : 1;
        }
        return plain.toString();
    }
}
