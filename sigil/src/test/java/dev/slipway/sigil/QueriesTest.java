package dev.slipway.sigil;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** JMESPath. */
final class QueriesTest {
    private static final String DATA =
            "{\"a\":{\"b\":[1,2,3]},\"p\":[{\"n\":\"x\",\"v\":2},{\"n\":\"y\",\"v\":1},{\"n\":\"z\"}],\"s\":\"txt\"}";

    private static final String[] QUERIES = {
        query("a.b[0]"),
        DATA,
        "1",
        query("a.b[-1]"),
        DATA,
        "3",
        query("a.b[1:]"),
        DATA,
        "[2 3]",
        query("a.b[::-1]"),
        DATA,
        "[3 2 1]",
        query("p[*].n"),
        DATA,
        "[x y z]",
        query("p[?v > `1`].n"),
        DATA,
        "[x]",
        query("p[?n == 'y' || n == 'z'].n | [0]"),
        DATA,
        "y",
        query("p[].v"),
        DATA,
        "[2 1]",
        query("{k: s, l: length(a.b)}"),
        DATA,
        "map[k:txt l:3]",
        query("[s, a.b[0]]"),
        DATA,
        "[txt 1]",
        query("sort_by(p[?v], &v)[*].n"),
        DATA,
        "[y x]",
        query("max_by(p[?v], &v).n"),
        DATA,
        "x",
        query("map(&n, p)"),
        DATA,
        "[x y z]",
        query("keys(@)"),
        DATA,
        "[a p s]",
        query("sum(a.b)"),
        DATA,
        "6",
        query("avg(a.b)"),
        DATA,
        "2",
        query("join('-', p[*].n)"),
        DATA,
        "x-y-z",
        query("not_null(nope, s)"),
        DATA,
        "txt",
        query("contains(s, 'x') && starts_with(s, 't') && !ends_with(s, 'q')"),
        DATA,
        "true",
        query("type(a)"),
        DATA,
        "object",
        query("to_number('1.5')"),
        DATA,
        "1.5",
        query("to_string(a)"),
        DATA,
        "{\"b\":[1,2,3]}",
        query("reverse(s)"),
        DATA,
        "txt",
        query("merge(a, `{\"c\":1}`)"),
        DATA,
        "map[b:[1 2 3] c:1]",
        query("a.*"),
        DATA,
        "[[1 2 3]]",
        query("nope.x"),
        DATA,
        "<no value>",
        query("\"s\""),
        DATA,
        "txt",
        query("a["),
        DATA,
        "E:JmesPath compileerror: SyntaxError: Expected tStar, received: tEOF",
        query("foo(@)"),
        DATA,
        "E:JmesPath search error: unknown function: foo",
        query("length(a, s)"),
        DATA,
        "E:JmesPath search error: incorrect number of args",
        query("abs(s)"),
        DATA,
        "E:JmesPath search error: Invalid type for: txt, expected: []jmespath.jpType{\"number\"}",
        query("&a"),
        DATA,
        "E:JmesPath search error: a reference is for functions only",
        query("a.b[::0]"),
        DATA,
        "E:JmesPath search error: Invalid slice, step cannot be 0"
    };

    @TestFactory
    Stream<DynamicTest> queries() {
        return Tables.table(QUERIES);
    }

    private static String query(String query) {
        return "{{ stdin | json | jmespath \"" + query.replace("\"", "\\\"") + "\" }}";
    }
}
