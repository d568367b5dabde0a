package dev.slipway.sigil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** JSON, YAML, JMESPath, pointers and base64, read from the standard input. */
final class StructuredDataTest {
    /** Triples: a template, its standard input, and its output or, after an E, the end of its message. */
    private static Stream<DynamicTest> table(String... cells) {
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < cells.length; i += 3) {
            String template = cells[i];
            String input = cells[i + 1];
            String expected = cells[i + 2];
            tests.add(DynamicTest.dynamicTest(template + " < " + input, () -> check(template, input, expected)));
        }
        return tests.stream();
    }

    private static void check(String template, String input, String expected) throws TemplateException {
        if (expected.startsWith("E:")) {
            assertThatThrownBy(() -> Tables.render(template, Tables.input(input)))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageEndingWith(": " + expected.substring(2));
        } else {
            assertThat(Tables.render(template, Tables.input(input))).isEqualTo(expected);
        }
    }

    @TestFactory
    Stream<DynamicTest> json() {
        String same = "{{ stdin | json | tojson }}";
        return table(
                same,
                "{\"b\":[1,2.50,null,true],\"a\":\"x\"}",
                "{\"a\":\"x\",\"b\":[1,2.5,null,true]}",
                same,
                " [ ] ",
                "[]",
                same,
                "{}",
                "{}",
                same,
                "\"\\u00e9\\n\\ud83d\\ude80\\ud800\"",
                "\"é\\n\ud83d\ude80\ufffd\"",
                same,
                "1e21",
                "1e+21",
                same,
                "1e-7",
                "1e-7",
                same,
                "123456789.125",
                "123456789.125",
                same,
                "\"<a&b>\\u2028\\u0001\"",
                "\"\\u003ca\\u0026b\\u003e\\u2028\\u0001\"",
                "{{ (stdin | json).a.b }}",
                "{\"a\":{\"b\":7}}",
                "7",
                "{{ stdin | json | printf \"%T\" }}",
                "3",
                "float64",
                same,
                "",
                "E:unexpected end of JSON input",
                same,
                "nope",
                "E:invalid character 'o' in literal null (expecting 'u')",
                same,
                "[1,]",
                "E:invalid character ']' looking for beginning of value",
                same,
                "[1 2]",
                "E:invalid character '2' after array element",
                same,
                "{\"a\" 1}",
                "E:invalid character '1' after object key",
                same,
                "{\"a\":1 \"b\"}",
                "E:invalid character '\"' after object key:value pair",
                same,
                "{a:1}",
                "E:invalid character 'a' looking for beginning of object key string",
                same,
                "{} x",
                "E:invalid character 'x' after top-level value",
                same,
                "\"\\q\"",
                "E:invalid character 'q' in string escape code",
                same,
                "\"a\nb\"",
                "E:invalid character '\\n' in string literal",
                same,
                "01",
                "E:invalid character '1' after top-level value",
                same,
                "1.",
                "E:unexpected end of JSON input",
                same,
                "1.x",
                "E:invalid character 'x' after decimal point in numeric literal",
                same,
                "[1e999]",
                "E:json: cannot unmarshal number 1e999 into Go value of type float64",
                "{{ 1i | tojson }}",
                "",
                "E:json: unsupported type: complex128");
    }

    @TestFactory
    Stream<DynamicTest> yamlThatIsRead() {
        String shown = "{{ stdin | yaml }}";
        return table(
                shown,
                "a: 1\nb:\n- x\n- k: z\n",
                "map[a:1 b:[x map[k:z]]]",
                shown,
                "- 0x1F\n- 017\n- 1_000\n- 1.5\n- 1e3\n- .inf\n- ~\n- yes\n- Off\n- 0b11",
                "[31 15 1000 1.5 1000 +Inf <nil> true false 3]",
                shown,
                "- 'it''s'\n- \"a\\tb\\u00e9\"\n- \"fold\n  ed\n\n  more\"",
                "[it's a\tbé fold ed\nmore]",
                shown,
                "a: |\n  x\n    y\n\n  z\nb: >-\n  x\n  y\n\n  z\n",
                "map[a:x\n  y\n\nz\n b:x y\nz]",
                shown,
                "a: |+\n  x\n\nb: |2-\n   x\n",
                "map[a:x\n\n b: x]",
                shown,
                "{a: [1, {b: c}], d, \"e\": f, ? g : h}",
                "map[a:[1 map[b:c]] d:<nil> e:f g:h]",
                shown,
                "a: &x {k: v}\nb: *x\nc:\n  <<: *x\n  l: w\n",
                "map[a:map[k:v] b:map[k:v] c:map[k:v l:w]]",
                shown,
                "%YAML 1.1\n---\n!!str 5\n...\n",
                "5",
                shown,
                "# c\na: b # d\n? x\n: w\n",
                "map[a:b x:w]",
                shown,
                "plain\n  over lines\n",
                "plain over lines",
                shown,
                "- !!int \"3\"\n- !!float 3\n- !!binary aGk=\n- 2001-12-14\n- 12:30:45\n- 18446744073709551615",
                "[3 3 hi 2001-12-14 12:30:45 18446744073709551615]",
                shown,
                "",
                "<no value>",
                "{{ range $k, $v := stdin | yaml }}{{ $k }}={{ $v }} {{ end }}",
                "b: 1\na: 2\n3: x\n",
                "a=2 b=1 3=x ",
                "{{ (stdin | yaml).n }}",
                "n: no\ny: 1",
                "<no value>");
    }

    @TestFactory
    Stream<DynamicTest> yamlThatIsNot() {
        String shown = "{{ stdin | yaml }}";
        return table(
                shown,
                "a: b: c",
                "E:yaml: mapping values are not allowed in this context",
                shown,
                "x: 1\na: b: c",
                "E:yaml: line 2: mapping values are not allowed in this context",
                shown,
                "a: [1, 2",
                "E:yaml: line 1: did not find expected ',' or ']'",
                shown,
                "a: {x: 1",
                "E:yaml: line 1: did not find expected ',' or '}'",
                shown,
                "a: 'x",
                "E:yaml: found unexpected end of stream",
                shown,
                "- a\nb: c",
                "E:yaml: line 1: did not find expected '-' indicator",
                shown,
                "a: 1\n  b: 2",
                "E:yaml: line 2: mapping values are not allowed in this context",
                shown,
                "a: *nope",
                "E:yaml: unknown anchor 'nope' referenced",
                shown,
                "a: %x",
                "E:yaml: found character that cannot start any token",
                shown,
                "\"\\q\"",
                "E:yaml: found unknown escape character",
                shown,
                "a:\n\t- b",
                "E:yaml: line 2: found character that cannot start any token",
                shown,
                "!<x> [a]: b",
                "E:yaml: invalid map key: []interface {}{\"a\"}",
                shown,
                "a: !!int x",
                "E:yaml: cannot decode !!str `x` as a !!int",
                shown,
                "a: &b [*b]",
                "E:yaml: anchor 'b' value contains itself",
                shown,
                "a: !x!y z",
                "E:yaml: found undefined tag handle");
    }

    @TestFactory
    Stream<DynamicTest> yamlThatIsWritten() {
        String same = "{{ stdin | yaml | toyaml }}";
        return table(
                same,
                "b: [1, {c: d}]\na: {}\nl: []\n",
                "a: {}\nb:\n- 1\n- c: d\nl: []\n",
                same,
                "- - a\n  - - b\n- c: [x]\n  d: {e: f}\n",
                "- - a\n  - - b\n- c:\n  - x\n  d:\n    e: f\n",
                same,
                "[\"yes\", \"123\", \"\", \"~\", \" x\", \"a: b\", \"#c\", \"- d\", \"1:30\", \"null\", \"é\", \"x\\ty\"]",
                "- \"yes\"\n- \"123\"\n- \"\"\n- \"~\"\n- ' x'\n- 'a: b'\n- '#c'\n- '- d'\n- \"1:30\"\n- \"null\"\n- é\n- \"x\\ty\"\n",
                same,
                "[\"a\\nb\\n\", \"a\\nb\", \" a\\nb\\n\\n\"]",
                "- |\n  a\n  b\n- |-\n  a\n  b\n- |2+\n   a\n  b\n\n",
                same,
                "{a10: 1, a9: 2, 10: x, 9: 'y', true: z, Z: 0}",
                "true: z\n9: \"y\"\n10: x\nZ: 0\na9: 2\na10: 1\n",
                same,
                "[1.5, 1e21, .inf, -.inf, .nan, null, true]",
                "- 1.5\n- 1e+21\n- .inf\n- -.inf\n- .nan\n- null\n- true\n",
                "{{ \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cccc dddd\" | toyaml }}",
                "",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n  cccc dddd\n",
                "{{ \"\\xff\\x00\" | toyaml }}",
                "",
                "!!binary /wA=\n",
                "{{ 1i | toyaml }}",
                "",
                "E:cannot marshal type: complex128");
    }

    @TestFactory
    Stream<DynamicTest> queries() {
        String data =
                "{\"a\":{\"b\":[1,2,3]},\"p\":[{\"n\":\"x\",\"v\":2},{\"n\":\"y\",\"v\":1},{\"n\":\"z\"}],\"s\":\"txt\"}";
        return table(
                query("a.b[0]"),
                data,
                "1",
                query("a.b[-1]"),
                data,
                "3",
                query("a.b[1:]"),
                data,
                "[2 3]",
                query("a.b[::-1]"),
                data,
                "[3 2 1]",
                query("p[*].n"),
                data,
                "[x y z]",
                query("p[?v > `1`].n"),
                data,
                "[x]",
                query("p[?n == 'y' || n == 'z'].n | [0]"),
                data,
                "y",
                query("p[].v"),
                data,
                "[2 1]",
                query("{k: s, l: length(a.b)}"),
                data,
                "map[k:txt l:3]",
                query("[s, a.b[0]]"),
                data,
                "[txt 1]",
                query("sort_by(p[?v], &v)[*].n"),
                data,
                "[y x]",
                query("max_by(p[?v], &v).n"),
                data,
                "x",
                query("map(&n, p)"),
                data,
                "[x y z]",
                query("keys(@)"),
                data,
                "[a p s]",
                query("sum(a.b)"),
                data,
                "6",
                query("avg(a.b)"),
                data,
                "2",
                query("join('-', p[*].n)"),
                data,
                "x-y-z",
                query("not_null(nope, s)"),
                data,
                "txt",
                query("contains(s, 'x') && starts_with(s, 't') && !ends_with(s, 'q')"),
                data,
                "true",
                query("type(a)"),
                data,
                "object",
                query("to_number('1.5')"),
                data,
                "1.5",
                query("to_string(a)"),
                data,
                "{\"b\":[1,2,3]}",
                query("reverse(s)"),
                data,
                "txt",
                query("merge(a, `{\"c\":1}`)"),
                data,
                "map[b:[1 2 3] c:1]",
                query("a.*"),
                data,
                "[[1 2 3]]",
                query("nope.x"),
                data,
                "<no value>",
                query("\"s\""),
                data,
                "txt",
                query("a["),
                data,
                "E:JmesPath compileerror: SyntaxError: Expected tStar, received: tEOF",
                query("foo(@)"),
                data,
                "E:JmesPath search error: unknown function: foo",
                query("length(a, s)"),
                data,
                "E:JmesPath search error: incorrect number of args",
                query("abs(s)"),
                data,
                "E:JmesPath search error: Invalid type for: txt, expected: []jmespath.jpType{\"number\"}",
                query("&a"),
                data,
                "E:JmesPath search error: a reference is for functions only",
                query("a.b[::0]"),
                data,
                "E:JmesPath search error: Invalid slice, step cannot be 0");
    }

    private static String query(String query) {
        return "{{ stdin | json | jmespath \"" + query.replace("\"", "\\\"") + "\" }}";
    }

    @TestFactory
    Stream<DynamicTest> pointersAndBase64() {
        return table(
                "{{ stdin | json | pointer \"/a/1/b~1c\" }}",
                "{\"a\":[0,{\"b/c\":5}]}",
                "5",
                "{{ stdin | json | pointer \"/a/9\" }}",
                "{\"a\":[0]}",
                "<no value>",
                "{{ stdin | json | pointer \"\" }}",
                "{\"a\":1}",
                "map[a:1]",
                "{{ pointer \"/a\" \"x\" }}",
                "",
                "E:pointer needs a map type",
                "{{ stdin | base64enc }}",
                "hé",
                "aMOp",
                "{{ stdin | base64dec }}",
                "aM\nOp\n",
                "hé",
                "{{ stdin | base64dec }}",
                "YQ==",
                "a",
                "{{ stdin | base64dec }}",
                "YQ=",
                "E:illegal base64 data at input byte 3",
                "{{ stdin | base64dec }}",
                "!!!",
                "E:illegal base64 data at input byte 0",
                "{{ stdin | base64dec }}",
                "YQ==YQ==",
                "E:illegal base64 data at input byte 4",
                "{{ stdin | split \",\" | join \":\" }}{{ stdin | text }}|",
                "one,two",
                "one:two|");
    }
}
