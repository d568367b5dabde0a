package dev.slipway.sigil.syntax;

/** The lexer's tokens with room to put three back. */
final class Tokens {
    private final Lexer lexer;
    private final Token[] ahead = new Token[3];
    private int pending;

    Tokens(Lexer lexer) {
        this.lexer = lexer;
        ahead[0] = new Token(Token.Type.EOF, 0, "", 1);
    }

    Token next() {
        if (pending > 0) {
            pending--;
        } else {
            ahead[0] = lexer.next();
        }
        return ahead[pending];
    }

    Token peek() {
        Token token = next();
        pending++;
        return token;
    }

    Token nextNonSpace() {
        Token token = next();
        while (token.type() == Token.Type.SPACE) {
            token = next();
        }
        return token;
    }

    /** Looks past spaces, which are then gone. */
    Token peekNonSpace() {
        Token token = nextNonSpace();
        pending++;
        return token;
    }

    void back() {
        pending++;
    }

    /** Puts back the last token read and the one before it. */
    void back(Token before) {
        ahead[1] = before;
        pending = 2;
    }

    /** Puts back the last token read and the two before it. */
    void back(Token first, Token second) {
        ahead[1] = second;
        ahead[2] = first;
        pending = 3;
    }

    /** The line of the newest token that the lexer gave, which is the one Go names in an error. */
    int line() {
        return ahead[0].line();
    }
}
