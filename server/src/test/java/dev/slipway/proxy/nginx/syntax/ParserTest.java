package dev.slipway.proxy.nginx.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParserTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    a b c;                  | (a b c)
                    a 'b c' "d;{}";         | (a b c d;{})
                    a "b\\"c" 'd\\'e' f\\ g; | (a b"c d'e f\\ g)
                    a b#c; # d e;           | (a b#c)
                    a ${b}c $d{e;}          | (a ${b}c $d [(e)])
                    a {b c;}                | (a [(b c)])
                    a b{c;d{e;}}            | (a b [(c) (d [(e)])])
                    if ($a = "b") { c; }    | (if ($a = b ) [(c)])
                    a 'b';c "d";            | (a b) (c d)
                    a b\\tc;                | (a b\tc)
                    a b\\;c;                | (a b\\;c)
                    'a' b;                  | (a b)
                    a }b;                   | error
                    a b                     | error
                    a {                     | error
                    a; }                    | error
                    ;                       | error
                    {a;}                    | error
                    a 'b'c;                 | error
                    a 'b;                   | error
                    """)
    void readsAsNginxDoes(String text, String expected) throws SyntaxFailure {
        if (expected.equals("error")) {
            assertThatThrownBy(() -> Parser.parse(text)).isInstanceOf(SyntaxFailure.class);
        } else {
            assertThat(shown(Parser.parse(text))).isEqualTo(expected);
        }
    }

    @Test
    void knowsLinesAndPlaces() throws SyntaxFailure {
        String text = "# one\na 'b\nc';\n\nserver {\n  listen 80;\n}\n";

        List<Directive> directives = Parser.parse(text);

        assertThat(directives)
                .extracting(Directive::line, Directive::lastLine)
                .containsExactly(tuple(2, 3), tuple(5, 7));
        Directive listen = directives.getLast().block().getFirst();
        assertThat(text.substring(listen.start(), listen.end())).isEqualTo("listen 80;");
        Word quoted = directives.getFirst().arguments().getFirst();
        assertThat(text.substring(quoted.start(), quoted.end())).isEqualTo("'b\nc'");
    }

    @Test
    void failuresHaveTheirLine() {
        assertThatThrownBy(() -> Parser.parse("a;\nb {\n  c;\n"))
                .isInstanceOfSatisfying(
                        SyntaxFailure.class,
                        failure -> assertThat(failure.line()).isEqualTo(4))
                .hasMessage("unexpected end of file, expecting \"}\"");
        assertThatThrownBy(() -> Parser.parse("a {\n".repeat(5000))).hasMessage("blocks are nested too deep");
    }

    private static String shown(List<Directive> directives) {
        return directives.stream().map(ParserTest::shown).collect(Collectors.joining(" "));
    }

    private static String shown(Directive directive) {
        Stream<String> words = Stream.concat(
                Stream.of(directive.name().text()),
                directive.arguments().stream().map(Word::text));
        String block = directive.isBlock() ? " [" + shown(directive.block()) + "]" : "";
        return "(" + words.collect(Collectors.joining(" ")) + block + ")";
    }
}
