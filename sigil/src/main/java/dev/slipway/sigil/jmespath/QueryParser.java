package dev.slipway.sigil.jmespath;

import dev.slipway.sigil.format.Quoting;
import dev.slipway.sigil.json.JsonReader;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.text.Integers;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.value.Kinds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a query's nodes by the binding powers of its words. */
final class QueryParser {
    /** What binds weaker than this ends a projection. */
    private static final int ENDS_PROJECTION = 10;

    private final List<Token> tokens;
    private final Budget budget;
    private int position;

    private QueryParser(List<Token> tokens, Budget budget) {
        this.tokens = tokens;
        this.budget = budget;
    }

    static Node parse(String query, Budget budget) {
        QueryParser parser = new QueryParser(QueryLexer.tokens(query, budget), budget);
        Node node = parser.expression(0);
        if (parser.type() != Token.Type.EOF) {
            throw QueryLexer.error("Unexpected token at the end of the expression: " + parser.type());
        }
        return node;
    }

    private Token.Type type() {
        return type(0);
    }

    private Token.Type type(int ahead) {
        return tokens.get(Math.min(position + ahead, tokens.size() - 1)).type();
    }

    private Token next() {
        return tokens.get(Math.min(position++, tokens.size() - 1));
    }

    private void match(Token.Type type) {
        if (type() != type) {
            throw QueryLexer.error("Expected " + type + ", received: " + type());
        }
        position++;
    }

    private Node expression(int power) {
        budget.step();
        Node left = start(next());
        while (power < type().power()) {
            left = continuation(next().type(), left);
        }
        return left;
    }

    private Node start(Token token) {
        return switch (token.type()) {
            case JSON_LITERAL -> new Node.Literal(JsonReader.read(token.text(), budget));
            case STRING_LITERAL -> new Node.Literal(token.text());
            case UNQUOTED_IDENTIFIER -> new Node.Field(token.text());
            case QUOTED_IDENTIFIER -> quoted(token);
            case STAR -> {
                Node right = type() == Token.Type.RBRACKET ? new Node.Identity() : projected(Token.Type.STAR);
                yield new Node.ValueProjection(new Node.Identity(), right);
            }
            case FILTER -> filter(new Node.Identity());
            case LBRACE -> multiHash();
            case FLATTEN -> new Node.Projection(new Node.Flatten(new Node.Identity()), projected(Token.Type.FLATTEN));
            case LBRACKET -> bracket();
            case CURRENT -> new Node.Identity();
            case EXPREF -> new Node.Reference(expression(Token.Type.EXPREF.power()));
            case NOT -> new Node.Not(expression(Token.Type.NOT.power()));
            case LPAREN -> {
                Node inner = expression(0);
                match(Token.Type.RPAREN);
                yield inner;
            }
            case EOF -> throw QueryLexer.error("Incomplete expression");
            default -> throw QueryLexer.error("Invalid token: " + token.type());
        };
    }

    private Node quoted(Token token) {
        if (type() == Token.Type.LPAREN) {
            throw QueryLexer.error("Can't have quoted identifier as function name.");
        }
        return new Node.Field(token.text());
    }

    private Node bracket() {
        if (type() == Token.Type.NUMBER || type() == Token.Type.COLON) {
            return leading();
        }
        if (type() == Token.Type.STAR && type(1) == Token.Type.RBRACKET) {
            position += 2;
            return new Node.Projection(new Node.Identity(), projected(Token.Type.STAR));
        }
        return multiList();
    }

    /**
     * An index or slice that starts an expression. go-jmespath forgets the error of one that does not parse, so that what follows, or
     * the search, reports another.
     */
    private Node leading() {
        Node index;
        try {
            index = index();
        } catch (FunctionException forgotten) {
            return new Node.Empty();
        }
        return applied(new Node.Identity(), index);
    }

    private Node continuation(Token.Type type, Node left) {
        return switch (type) {
            case DOT -> {
                if (type() == Token.Type.STAR) {
                    position++;
                    yield new Node.ValueProjection(left, projected(Token.Type.DOT));
                }
                yield new Node.Then(left, afterDot(Token.Type.DOT.power()));
            }
            case PIPE -> new Node.Then(left, expression(type.power()));
            case OR -> new Node.Or(left, expression(type.power()));
            case AND -> new Node.And(left, expression(type.power()));
            case LPAREN -> call(left);
            case FILTER -> filter(left);
            case FLATTEN -> new Node.Projection(new Node.Flatten(left), projected(Token.Type.FLATTEN));
            case EQ, NE, LT, LTE, GT, GTE -> new Node.Comparison(type, left, expression(type.power()));
            case LBRACKET -> {
                if (type() == Token.Type.NUMBER || type() == Token.Type.COLON) {
                    yield applied(left, index());
                }
                match(Token.Type.STAR);
                match(Token.Type.RBRACKET);
                yield new Node.Projection(left, projected(Token.Type.STAR));
            }
            default -> throw QueryLexer.error("Unexpected token: " + type);
        };
    }

    private Node call(Node left) {
        List<Node> arguments = new ArrayList<>();
        while (type() != Token.Type.RPAREN) {
            arguments.add(expression(0));
            if (type() == Token.Type.COMMA) {
                position++;
            }
        }
        match(Token.Type.RPAREN);
        return switch (left) {
            case Node.Field name -> new Node.Call(name.name(), arguments);
            case Node.Literal(String name) -> new Node.Call(name, arguments);
            case Node.Literal(Object value) when value != null -> new Node.NotCallable(Kinds.typeName(value));
            default -> new Node.NotCallable("nil");
        };
    }

    /** A slice is a projection, an index is not. */
    private Node applied(Node left, Node index) {
        Node found = new Node.Then(left, index);
        return index instanceof Node.Slice ? new Node.Projection(found, projected(Token.Type.STAR)) : found;
    }

    private Node index() {
        if (type() != Token.Type.COLON && type(1) != Token.Type.COLON) {
            Integer index = number();
            match(Token.Type.RBRACKET);
            return new Node.Index(index);
        }
        @Nullable Integer[] parts = new @Nullable Integer[3];
        int part = 0;
        while (type() != Token.Type.RBRACKET && part < 3) {
            if (type() == Token.Type.COLON) {
                part++;
                position++;
            } else if (type() == Token.Type.NUMBER) {
                parts[part] = number();
            } else {
                throw QueryLexer.error("Expected tColon or tNumber, received: " + type());
            }
        }
        match(Token.Type.RBRACKET);
        return new Node.Slice(parts[0], parts[1], parts[2]);
    }

    /** A number of the query; one that is beyond any list is cut to what a list may have. */
    private Integer number() {
        String digits = tokens.get(position).text();
        Long number = Integers.atoi(digits);
        if (number == null) {
            String reason = digits.equals("-") ? "invalid syntax" : "value out of range";
            throw new FunctionException("strconv.Atoi: parsing " + Quoting.quote(digits) + ": " + reason);
        }
        position++;
        return Math.clamp(number, -Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    private Node filter(Node left) {
        Node condition = expression(0);
        match(Token.Type.RBRACKET);
        Node right = type() == Token.Type.FLATTEN ? new Node.Identity() : projected(Token.Type.FILTER);
        return new Node.Filter(left, right, condition);
    }

    private Node afterDot(int power) {
        return switch (type()) {
            case QUOTED_IDENTIFIER, UNQUOTED_IDENTIFIER, STAR -> expression(power);
            case LBRACKET -> {
                position++;
                yield multiList();
            }
            case LBRACE -> {
                position++;
                yield multiHash();
            }
            default -> throw QueryLexer.error("Expected identifier, lbracket, or lbrace");
        };
    }

    /** What is applied to each element of a projection. */
    private Node projected(Token.Type by) {
        if (type().power() < ENDS_PROJECTION) {
            return new Node.Identity();
        }
        return switch (type()) {
            case LBRACKET, FILTER -> expression(by.power());
            case DOT -> {
                position++;
                yield afterDot(by.power());
            }
            default -> throw QueryLexer.error("Error");
        };
    }

    private Node multiList() {
        List<Node> elements = new ArrayList<>();
        elements.add(expression(0));
        while (type() != Token.Type.RBRACKET) {
            match(Token.Type.COMMA);
            elements.add(expression(0));
        }
        match(Token.Type.RBRACKET);
        return new Node.MultiList(elements);
    }

    private Node multiHash() {
        List<String> keys = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        while (true) {
            Token key = next();
            if (key.type() != Token.Type.UNQUOTED_IDENTIFIER && key.type() != Token.Type.QUOTED_IDENTIFIER) {
                throw QueryLexer.error("Expected tQuotedIdentifier or tUnquotedIdentifier");
            }
            keys.add(key.text());
            match(Token.Type.COLON);
            values.add(expression(0));
            // go-jmespath does without the comma, too.
            if (type() == Token.Type.COMMA) {
                position++;
            } else if (type() == Token.Type.RBRACE) {
                position++;
                return new Node.MultiHash(keys, values);
            }
        }
    }
}
