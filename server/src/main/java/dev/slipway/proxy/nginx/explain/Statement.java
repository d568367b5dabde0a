package dev.slipway.proxy.nginx.explain;

import dev.slipway.model.UserException;
import dev.slipway.proxy.nginx.syntax.Directive;
import dev.slipway.proxy.nginx.syntax.Parser;
import dev.slipway.proxy.nginx.syntax.SyntaxFailure;
import dev.slipway.proxy.nginx.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One directive, wherever it was included from. */
record Statement(Directive directive, Source source, Includes includes) {

    /** nginx itself ends where its open files do; files that include each other must not end the daemon's thread. */
    private static final int DEEPEST = 20;

    /** All that a file says, with what it includes in its place. */
    static List<Statement> read(Source source, Includes includes) {
        List<Statement> statements = new ArrayList<>();
        add(statements, source, includes, 0);
        return statements;
    }

    private static void add(List<Statement> statements, Source source, Includes includes, int depth) {
        try {
            expand(statements, Parser.parse(source.text()), source, includes, depth);
        } catch (SyntaxFailure e) {
            throw UserException.failed(source.where().apply(e.line())
                    + " cannot be read: have nginx look at it with nginx:validate-config");
        }
    }

    List<Statement> block() {
        List<Statement> statements = new ArrayList<>();
        expand(statements, directive.block(), source, includes, 0);
        return statements;
    }

    private static void expand(
            List<Statement> statements, List<Directive> directives, Source source, Includes includes, int depth) {
        if (depth > DEEPEST) {
            throw UserException.failed(source.name() + " includes files that include one another");
        }
        for (Directive directive : directives) {
            if (directive.is("include")) {
                for (Source included : includes.matching(directive.argument(0))) {
                    add(statements, included, includes, depth + 1);
                }
            } else {
                statements.add(new Statement(directive, source, includes));
            }
        }
    }

    boolean is(String name) {
        return directive.is(name);
    }

    String argument(int index) {
        return directive.argument(index);
    }

    List<String> arguments() {
        return directive.arguments().stream().map(Word::text).toList();
    }

    String where() {
        return source.where().apply(directive.line());
    }

    /** Without its block: {@code rewrite ^/a /b last}. */
    String text() {
        return Stream.concat(Stream.of(directive.name()), directive.arguments().stream())
                .map(Word::text)
                .collect(Collectors.joining(" "));
    }

    static Optional<Statement> last(List<Statement> block, String name) {
        return block.stream().filter(statement -> statement.is(name)).reduce((first, second) -> second);
    }
}
