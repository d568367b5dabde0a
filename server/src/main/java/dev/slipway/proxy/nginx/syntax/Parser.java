package dev.slipway.proxy.nginx.syntax;

import java.util.ArrayList;
import java.util.List;

/** Reads configuration text into its directives. */
public final class Parser {

    /** Nobody nests deeper; unbounded recursion would let a template end the daemon's thread. */
    private static final int DEEPEST = 100;

    private final List<Lexer.Token> tokens;
    private final int lines;
    private int at;

    private Parser(List<Lexer.Token> tokens, int lines) {
        this.tokens = tokens;
        this.lines = lines;
    }

    /** @throws SyntaxFailure where nginx would refuse the text too */
    public static List<Directive> parse(String text) throws SyntaxFailure {
        Parser parser = new Parser(
                Lexer.tokens(text),
                1 + (int) text.chars().filter(c -> c == '\n').count());
        List<Directive> directives = parser.directives(0);
        if (parser.at < parser.tokens.size()) {
            throw new SyntaxFailure(
                    "unexpected \"}\"", parser.tokens.get(parser.at).line());
        }
        return directives;
    }

    private List<Directive> directives(int depth) throws SyntaxFailure {
        if (depth > DEEPEST) {
            throw new SyntaxFailure("blocks are nested too deep", lines);
        }
        List<Directive> directives = new ArrayList<>();
        while (at < tokens.size() && tokens.get(at).mark() != '}') {
            directives.add(directive(depth));
        }
        return directives;
    }

    private Directive directive(int depth) throws SyntaxFailure {
        List<Word> words = new ArrayList<>();
        for (; at < tokens.size(); at++) {
            Lexer.Token token = tokens.get(at);
            Word word = token.word();
            if (word != null) {
                words.add(word);
            } else if (words.isEmpty() || token.mark() == '}') {
                throw new SyntaxFailure("unexpected \"" + token.mark() + "\"", token.line());
            } else {
                at++;
                return token.mark() == ';' ? simple(words, token) : block(words, depth);
            }
        }
        throw new SyntaxFailure("unexpected end of file, expecting \";\" or \"}\"", lines);
    }

    private static Directive simple(List<Word> words, Lexer.Token end) {
        return directive(words, false, List.of(), end);
    }

    private Directive block(List<Word> words, int depth) throws SyntaxFailure {
        List<Directive> inside = directives(depth + 1);
        if (at == tokens.size()) {
            throw new SyntaxFailure("unexpected end of file, expecting \"}\"", lines);
        }
        return directive(words, true, inside, tokens.get(at++));
    }

    private static Directive directive(List<Word> words, boolean isBlock, List<Directive> inside, Lexer.Token end) {
        Word name = words.getFirst();
        List<Word> arguments = words.subList(1, words.size());
        return new Directive(name, arguments, isBlock, inside, name.line(), end.line(), name.start(), end.end());
    }
}
