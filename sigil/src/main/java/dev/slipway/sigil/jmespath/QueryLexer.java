package dev.slipway.sigil.jmespath;

import dev.slipway.sigil.format.Quoting;
import dev.slipway.sigil.json.JsonReader;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import java.util.ArrayList;
import java.util.List;

/** Cuts a query into words. */
final class QueryLexer {
    private static final String SINGLE = ".*,:{}])@(";
    private static final List<Token.Type> SINGLE_TYPES = List.of(
            Token.Type.DOT,
            Token.Type.STAR,
            Token.Type.COMMA,
            Token.Type.COLON,
            Token.Type.LBRACE,
            Token.Type.RBRACE,
            Token.Type.RBRACKET,
            Token.Type.RPAREN,
            Token.Type.CURRENT,
            Token.Type.LPAREN);

    private final String input;
    private final Budget budget;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private QueryLexer(String input, Budget budget) {
        this.input = input;
        this.budget = budget;
    }

    static List<Token> tokens(String input, Budget budget) {
        QueryLexer lexer = new QueryLexer(input, budget);
        while (lexer.position < input.length()) {
            budget.step();
            lexer.token();
        }
        lexer.add(Token.Type.EOF, "");
        return lexer.tokens;
    }

    private void add(Token.Type type, String text) {
        tokens.add(new Token(type, text));
    }

    private void token() {
        char letter = input.charAt(position);
        int start = position++;
        int single = SINGLE.indexOf(letter);
        if (single >= 0) {
            add(SINGLE_TYPES.get(single), String.valueOf(letter));
        } else if (isLetter(letter)) {
            while (position < input.length() && (isLetter(peek()) || isDigit(peek()))) {
                position++;
            }
            add(Token.Type.UNQUOTED_IDENTIFIER, input.substring(start, position));
        } else if (letter == '-' || isDigit(letter)) {
            while (position < input.length() && isDigit(peek())) {
                position++;
            }
            add(Token.Type.NUMBER, input.substring(start, position));
        } else if (" \t\n\r".indexOf(letter) < 0) {
            other(letter);
        }
    }

    private void other(char letter) {
        switch (letter) {
            case '[' -> add(at('?') ? Token.Type.FILTER : at(']') ? Token.Type.FLATTEN : Token.Type.LBRACKET, "[");
            case '|' -> add(at('|') ? Token.Type.OR : Token.Type.PIPE, "|");
            case '&' -> add(at('&') ? Token.Type.AND : Token.Type.EXPREF, "&");
            case '<' -> add(at('=') ? Token.Type.LTE : Token.Type.LT, "<");
            case '>' -> add(at('=') ? Token.Type.GTE : Token.Type.GT, ">");
            case '!' -> add(at('=') ? Token.Type.NE : Token.Type.NOT, "!");
            case '=' -> add(at('=') ? Token.Type.EQ : Token.Type.UNKNOWN, "=");
            case '"' -> quotedIdentifier();
            case '`' -> add(Token.Type.JSON_LITERAL, until('`').replace("\\`", "`"));
            case '\'' -> add(Token.Type.STRING_LITERAL, rawString());
            default -> throw error("Unknown char: " + Quoting.quoteRune(Bytes.runeAt(input, position - 1), true));
        }
    }

    /** A backslash in a raw string escapes a quote and nothing else, not even itself. */
    private String rawString() {
        int start = position;
        while (position < input.length() && peek() != '\'') {
            position += input.startsWith("\\'", position) ? 2 : 1;
        }
        if (position >= input.length()) {
            throw error("Unclosed delimiter: '");
        }
        return input.substring(start, position++).replace("\\'", "'");
    }

    private boolean at(char letter) {
        boolean found = position < input.length() && peek() == letter;
        position += found ? 1 : 0;
        return found;
    }

    private char peek() {
        return input.charAt(position);
    }

    private void quotedIdentifier() {
        String inner = until('"');
        Object name = JsonReader.read("\"" + inner + "\"", budget);
        add(Token.Type.QUOTED_IDENTIFIER, String.valueOf(name));
    }

    /** Up to the mark that no backslash escapes. */
    private String until(char mark) {
        int start = position;
        while (position < input.length() && peek() != mark) {
            position += peek() == '\\' ? 2 : 1;
        }
        if (position >= input.length()) {
            throw error("Unclosed delimiter: " + mark);
        }
        return input.substring(start, position++);
    }

    private static boolean isLetter(char letter) {
        return letter == '_' || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    static FunctionException error(String problem) {
        return new FunctionException(Bytes.of("SyntaxError: " + problem));
    }
}
