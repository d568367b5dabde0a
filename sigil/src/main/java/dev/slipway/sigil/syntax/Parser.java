package dev.slipway.sigil.syntax;

import dev.slipway.sigil.format.Quoting;
import dev.slipway.sigil.syntax.Statement.Branches;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Builds the trees of a text: statements here, what stands inside an action in {@link ExpressionParser}. */
public final class Parser {
    private final Source source;
    private final Delimiters delimiters;
    private final Tokens tokens;
    private final TreeSet trees;
    private final ExpressionParser expressions;
    /** How many more blocks may nest. */
    private int blocksLeft;

    private int rangeDepth;

    /**
     * @param isFunction which words are functions
     * @param maxDepth how deeply blocks and parentheses may nest
     */
    public Parser(Source source, Delimiters delimiters, Predicate<String> isFunction, int maxDepth) {
        this.source = source;
        this.delimiters = delimiters;
        this.tokens = new Tokens(new Lexer(source.text(), delimiters));
        this.trees = new TreeSet(source);
        this.expressions = new ExpressionParser(tokens, source.name(), isFunction, maxDepth);
        this.blocksLeft = maxDepth;
    }

    /** @throws SyntaxError where the text is not a template */
    public TreeSet parse() {
        List<Statement> body = new ArrayList<>();
        while (tokens.peek().type() != Token.Type.EOF) {
            if (atDefinition()) {
                definition();
                continue;
            }
            Object step = textOrAction();
            if (step instanceof Statement statement) {
                body.add(statement);
            } else {
                throw error("unexpected " + word((Closer) step));
            }
        }
        define(source.name(), body);
        return trees;
    }

    /** What closes a list of statements. */
    private enum Closer {
        END("end"),
        ELSE("else");

        private final String word;

        Closer(String word) {
            this.word = word;
        }
    }

    private record Block(List<Statement> body, Closer closer) {}

    private boolean atDefinition() {
        if (tokens.peek().type() != Token.Type.LEFT_DELIMITER) {
            return false;
        }
        Token delimiter = tokens.next();
        if (tokens.nextNonSpace().type() == Token.Type.DEFINE) {
            return true;
        }
        tokens.back(delimiter);
        return false;
    }

    private void definition() {
        String clause = "define clause";
        Token quoted = tokens.nextNonSpace();
        if (quoted.type() != Token.Type.STRING && quoted.type() != Token.Type.RAW_STRING) {
            throw expressions.unexpected(quoted, clause);
        }
        String name = expressions.unquote(quoted);
        expressions.expect(Token.Type.RIGHT_DELIMITER, clause);
        Block body = separateBody();
        define(name, closed(body, clause, tokens.line()));
    }

    /** The body of another template, which sees no variables, no loop and no open action of this one. */
    private Block separateBody() {
        Declared outer = expressions.freshVariables();
        int outerRange = rangeDepth;
        rangeDepth = 0;
        expressions.actionStarts(0);
        Block block = block();
        rangeDepth = outerRange;
        expressions.restoreVariables(outer);
        return block;
    }

    private List<Statement> closed(Block block, String clause, int line) {
        if (block.closer() != Closer.END) {
            throw new SyntaxError(line, "unexpected " + word(block.closer()) + " in " + clause);
        }
        return block.body();
    }

    private void define(String name, List<Statement> body) {
        if (!trees.define(name, body)) {
            throw error("template: multiple definition of template " + Quoting.quote(name));
        }
    }

    private Block block() {
        if (blocksLeft-- == 0) {
            throw error("blocks nest too deeply");
        }
        List<Statement> body = new ArrayList<>();
        while (tokens.peekNonSpace().type() != Token.Type.EOF) {
            Object step = textOrAction();
            if (step instanceof Closer closer) {
                blocksLeft++;
                return new Block(body, closer);
            }
            body.add((Statement) step);
        }
        throw error("unexpected EOF");
    }

    /** A {@link Statement}, or the {@link Closer} of the list that it would be in. */
    private Object textOrAction() {
        Token token = tokens.nextNonSpace();
        if (token.type() == Token.Type.TEXT) {
            return new Statement.Text(token.position(), token.text());
        }
        if (token.type() != Token.Type.LEFT_DELIMITER) {
            throw expressions.unexpected(token, "input");
        }
        expressions.actionStarts(token.line());
        Object step = action();
        expressions.actionStarts(0);
        return step;
    }

    private Object action() {
        Token token = tokens.nextNonSpace();
        return switch (token.type()) {
            case BLOCK -> blockCall();
            case BREAK, CONTINUE -> jump(token);
            case ELSE -> otherwise();
            case END -> {
                expressions.expect(Token.Type.RIGHT_DELIMITER, "end");
                yield Closer.END;
            }
            case IF, RANGE, WITH -> branches(token.type());
            case TEMPLATE -> call();
            default -> {
                tokens.back();
                int position = tokens.peek().position();
                yield new Statement.Action(position, expressions.pipeline("command", Token.Type.RIGHT_DELIMITER));
            }
        };
    }

    private Statement jump(Token token) {
        String word = "{{" + token.text() + "}}";
        Token after = tokens.nextNonSpace();
        if (after.type() != Token.Type.RIGHT_DELIMITER) {
            throw expressions.unexpected(after, word);
        }
        if (rangeDepth == 0) {
            throw error(word + " outside {{range}}");
        }
        return token.type() == Token.Type.BREAK
                ? new Statement.Break(token.position())
                : new Statement.Continue(token.position());
    }

    private Closer otherwise() {
        Token.Type next = tokens.peekNonSpace().type();
        if (next != Token.Type.IF && next != Token.Type.WITH) {
            expressions.expect(Token.Type.RIGHT_DELIMITER, "else");
        }
        return Closer.ELSE;
    }

    private Statement branches(Token.Type keyword) {
        boolean loop = keyword == Token.Type.RANGE;
        int variables = expressions.variableCount();
        Expression.Pipe pipe =
                expressions.pipeline(keyword.name().toLowerCase(java.util.Locale.ROOT), Token.Type.RIGHT_DELIMITER);
        rangeDepth += loop ? 1 : 0;
        Block block = block();
        rangeDepth -= loop ? 1 : 0;
        List<Statement> otherwise = block.closer() == Closer.ELSE ? elseBranch(keyword) : null;
        expressions.dropVariables(variables);
        Branches branches = new Branches(pipe, block.body(), otherwise);
        return switch (keyword) {
            case IF -> new Statement.If(pipe.position(), branches);
            case WITH -> new Statement.With(pipe.position(), branches);
            default -> new Statement.Range(pipe.position(), branches);
        };
    }

    /** {@code else if} and {@code else with} are blocks of their own that share the {@code end}. */
    private @Nullable List<Statement> elseBranch(Token.Type keyword) {
        if (keyword != Token.Type.RANGE && tokens.peek().type() == keyword) {
            if (blocksLeft-- == 0) {
                throw error("blocks nest too deeply");
            }
            tokens.next();
            List<Statement> chained = List.of(branches(keyword));
            blocksLeft++;
            return chained;
        }
        Block block = block();
        if (block.closer() != Closer.END) {
            throw error("expected end; found " + word(block.closer()));
        }
        return block.body();
    }

    private Statement blockCall() {
        String clause = "block clause";
        Token token = tokens.nextNonSpace();
        String name = templateName(token, clause);
        Expression.Pipe pipe = expressions.pipeline(clause, Token.Type.RIGHT_DELIMITER);
        // Go parses the body apart, so that the line it names for an else in there is the one where the block opens.
        int line = tokens.line();
        define(name, closed(separateBody(), clause, line));
        return new Statement.Call(token.position(), name, pipe, delimiters);
    }

    private Statement call() {
        String clause = "template clause";
        Token token = tokens.nextNonSpace();
        String name = templateName(token, clause);
        Expression.Pipe pipe = null;
        if (tokens.nextNonSpace().type() != Token.Type.RIGHT_DELIMITER) {
            tokens.back();
            pipe = expressions.pipeline(clause, Token.Type.RIGHT_DELIMITER);
        }
        return new Statement.Call(token.position(), name, pipe, delimiters);
    }

    private String templateName(Token token, String clause) {
        if (token.type() != Token.Type.STRING && token.type() != Token.Type.RAW_STRING) {
            throw expressions.unexpected(token, clause);
        }
        return expressions.unquote(token);
    }

    private String word(Closer closer) {
        return delimiters.left() + closer.word + delimiters.right();
    }

    private SyntaxError error(String message) {
        return new SyntaxError(tokens.line(), message);
    }
}
