package dev.slipway.sigil.syntax;

import dev.slipway.sigil.format.Quoting;
import dev.slipway.sigil.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Parses what stands inside an action: pipelines, commands and operands. */
final class ExpressionParser {
    /** Go's own limits on parentheses and on a pipeline's length. */
    private static final int MAX_PARENS = 10_000;

    private static final int MAX_COMMANDS = 100_000;

    private final Tokens tokens;
    private final String templateName;
    private final Predicate<String> isFunction;
    private final int maxParens;
    private Declared variables = new Declared();
    private int parens;
    private int actionLine;

    ExpressionParser(Tokens tokens, String templateName, Predicate<String> isFunction, int maxDepth) {
        this.tokens = tokens;
        this.templateName = templateName;
        this.isFunction = isFunction;
        this.maxParens = Math.min(maxDepth, MAX_PARENS);
    }

    /** Notes the line where an action opens, 0 between actions: an unclosed one is reported with it. */
    void actionStarts(int line) {
        actionLine = line;
    }

    int variableCount() {
        return variables.size();
    }

    void dropVariables(int count) {
        variables.keep(count);
    }

    Declared freshVariables() {
        Declared outer = variables;
        variables = new Declared();
        return outer;
    }

    void restoreVariables(Declared outer) {
        variables = outer;
    }

    Expression.Pipe pipeline(String clause, Token.Type end) {
        int position = tokens.peekNonSpace().position();
        List<String> declared = new ArrayList<>(2);
        boolean assigns = declarations(clause, declared);
        List<Expression.Command> commands = new ArrayList<>(2);
        while (true) {
            Token token = tokens.nextNonSpace();
            if (token.type() == end) {
                check(commands, clause);
                return new Expression.Pipe(position, List.copyOf(declared), assigns, commands);
            }
            if (!startsOperand(token.type())) {
                throw unexpected(token, clause);
            }
            tokens.back();
            commands.add(command());
            if (commands.size() > MAX_COMMANDS) {
                throw error("pipeline too long");
            }
        }
    }

    /** Reads {@code $a, $b :=}, if it is there; true for an assignment. */
    private boolean declarations(String clause, List<String> declared) {
        while (tokens.peekNonSpace().type() == Token.Type.VARIABLE) {
            Token variable = tokens.next();
            // Spaces are tokens, so "$x foo" is known for an argument only after three.
            Token after = tokens.peek();
            Token next = tokens.peekNonSpace();
            if (next.type() == Token.Type.ASSIGN || next.type() == Token.Type.DECLARE) {
                tokens.nextNonSpace();
                declare(variable, declared);
                return next.type() == Token.Type.ASSIGN;
            }
            if (next.type() != Token.Type.CHARACTER || !next.text().equals(",")) {
                if (after.type() == Token.Type.SPACE) {
                    tokens.back(variable, after);
                } else {
                    tokens.back(variable);
                }
                return false;
            }
            tokens.nextNonSpace();
            declare(variable, declared);
            if (!clause.equals("range") || declared.size() >= 2) {
                throw error("too many declarations in " + clause);
            }
            Token.Type second = tokens.peekNonSpace().type();
            if (second != Token.Type.VARIABLE
                    && second != Token.Type.RIGHT_DELIMITER
                    && second != Token.Type.RIGHT_PAREN) {
                throw error("range can only initialize variables");
            }
        }
        return false;
    }

    private void declare(Token variable, List<String> declared) {
        String name = variable.text();
        declared.add(name);
        variables.add(name);
    }

    private static boolean startsOperand(Token.Type type) {
        return switch (type) {
            case BOOL,
                    CHARACTER_CONSTANT,
                    COMPLEX,
                    DOT,
                    FIELD,
                    IDENTIFIER,
                    NUMBER,
                    NIL,
                    RAW_STRING,
                    STRING,
                    VARIABLE,
                    LEFT_PAREN -> true;
            default -> false;
        };
    }

    private void check(List<Expression.Command> commands, String clause) {
        if (commands.isEmpty()) {
            throw error("missing value for " + clause);
        }
        for (int i = 1; i < commands.size(); i++) {
            if (isConstant(commands.get(i).words().getFirst())) {
                throw error("non executable command in pipeline stage " + (i + 1));
            }
        }
    }

    private static boolean isConstant(Expression word) {
        return word instanceof Expression.Bool
                || word instanceof Expression.Dot
                || word instanceof Expression.Nil
                || word instanceof Expression.Numeral
                || word instanceof Expression.Literal;
    }

    private Expression.Command command() {
        int position = tokens.peekNonSpace().position();
        List<Expression> words = new ArrayList<>(3);
        while (true) {
            tokens.peekNonSpace();
            Expression operand = operand();
            if (operand != null) {
                words.add(operand);
            }
            Token token = tokens.next();
            if (token.type() == Token.Type.SPACE) {
                continue;
            }
            if (token.type() == Token.Type.RIGHT_DELIMITER || token.type() == Token.Type.RIGHT_PAREN) {
                tokens.back();
            } else if (token.type() != Token.Type.PIPE) {
                throw unexpected(token, "operand");
            }
            break;
        }
        if (words.isEmpty()) {
            throw error("empty command");
        }
        return new Expression.Command(position, words);
    }

    /** A term with the fields that follow it; null if no term is next. */
    private @Nullable Expression operand() {
        Expression term = term();
        if (term == null || tokens.peek().type() != Token.Type.FIELD) {
            return term;
        }
        int position = tokens.peek().position();
        List<String> names = new ArrayList<>();
        while (tokens.peek().type() == Token.Type.FIELD) {
            names.add(tokens.next().text().substring(1));
        }
        // Go gives a longer field or variable the place of its second name, and so do its messages.
        return switch (term) {
            case Expression.Field field -> new Expression.Field(position, joined(field.names(), names));
            case Expression.Variable variable -> new Expression.Variable(position, joined(variable.names(), names));
            default -> {
                if (isConstant(term)) {
                    throw error("unexpected . after term " + Quoting.quote(term.toString()));
                }
                yield new Expression.Chain(position, term, names);
            }
        };
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private @Nullable Expression term() {
        Token token = tokens.nextNonSpace();
        int position = token.position();
        return switch (token.type()) {
            case IDENTIFIER -> function(token);
            case DOT -> new Expression.Dot(position);
            case NIL -> new Expression.Nil(position);
            case VARIABLE -> variable(token);
            case FIELD -> new Expression.Field(position, List.of(token.text().substring(1)));
            case BOOL -> new Expression.Bool(position, token.text().equals("true"));
            case CHARACTER_CONSTANT, COMPLEX, NUMBER -> number(token);
            case STRING, RAW_STRING -> new Expression.Literal(position, token.text(), unquote(token));
            case LEFT_PAREN -> parenthesized();
            default -> {
                tokens.back();
                yield null;
            }
        };
    }

    private Expression function(Token token) {
        if (!isFunction.test(token.text())) {
            throw error("function " + Quoting.quote(token.text()) + " not defined");
        }
        return new Expression.Identifier(token.position(), token.text());
    }

    private Expression variable(Token token) {
        if (!variables.has(token.text())) {
            throw error("undefined variable " + Quoting.quote(token.text()));
        }
        return new Expression.Variable(token.position(), List.of(token.text()));
    }

    private Expression number(Token token) {
        String text = token.text();
        try {
            Object value = switch (token.type()) {
                case CHARACTER_CONSTANT -> (Object) Literals.character(text);
                case COMPLEX -> Numbers.complex(text);
                default -> Numbers.value(text);
            };
            return new Expression.Numeral(token.position(), text, value);
        } catch (IllegalArgumentException problem) {
            throw error(String.valueOf(problem.getMessage()));
        }
    }

    private Expression parenthesized() {
        if (parens >= maxParens) {
            throw error("max expression depth exceeded");
        }
        parens++;
        Expression.Pipe pipe = pipeline("parenthesized pipeline", Token.Type.RIGHT_PAREN);
        parens--;
        return pipe;
    }

    String unquote(Token token) {
        String value = Literals.unquote(token.text());
        if (value == null) {
            throw error(Literals.INVALID);
        }
        return value;
    }

    void expect(Token.Type type, String clause) {
        Token token = tokens.nextNonSpace();
        if (token.type() != type) {
            throw unexpected(token, clause);
        }
    }

    SyntaxError unexpected(Token token, String clause) {
        if (token.type() != Token.Type.ERROR) {
            return error("unexpected " + token + " in " + clause);
        }
        if (actionLine == 0 || actionLine == token.line()) {
            return error(token.text());
        }
        String place = (token.text().endsWith(" action") ? "" : " in action") + " started at " + templateName + ":"
                + actionLine;
        return error(token.text() + place);
    }

    private SyntaxError error(String message) {
        return new SyntaxError(tokens.line(), message);
    }
}
