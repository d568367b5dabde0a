package dev.slipway.sigil;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** JSON, YAML, pointers and base64, read from the standard input. */
final class StructuredDataTest {
    private static final String JSON_SAME = "{{ stdin | json | tojson }}";

    private static final String[] JSON = {
        JSON_SAME,
        "{\"b\":[1,2.50,null,true],\"a\":\"x\"}",
        "{\"a\":\"x\",\"b\":[1,2.5,null,true]}",
        JSON_SAME,
        " [ ] ",
        "[]",
        JSON_SAME,
        "{}",
        "{}",
        JSON_SAME,
        "\"\\u00e9\\n\\ud83d\\ude80\\ud800\"",
        "\"é\\n\ud83d\ude80\ufffd\"",
        JSON_SAME,
        "1e21",
        "1e+21",
        JSON_SAME,
        "1e-7",
        "1e-7",
        JSON_SAME,
        "123456789.125",
        "123456789.125",
        JSON_SAME,
        "\"<a&b>\\u2028\\u0001\"",
        "\"\\u003ca\\u0026b\\u003e\\u2028\\u0001\"",
        "{{ (stdin | json).a.b }}",
        "{\"a\":{\"b\":7}}",
        "7",
        "{{ stdin | json | printf \"%T\" }}",
        "3",
        "float64",
        JSON_SAME,
        "",
        "E:unexpected end of JSON input",
        JSON_SAME,
        "nope",
        "E:invalid character 'o' in literal null (expecting 'u')",
        JSON_SAME,
        "[1,]",
        "E:invalid character ']' looking for beginning of value",
        JSON_SAME,
        "[1 2]",
        "E:invalid character '2' after array element",
        JSON_SAME,
        "{\"a\" 1}",
        "E:invalid character '1' after object key",
        JSON_SAME,
        "{\"a\":1 \"b\"}",
        "E:invalid character '\"' after object key:value pair",
        JSON_SAME,
        "{a:1}",
        "E:invalid character 'a' looking for beginning of object key string",
        JSON_SAME,
        "{} x",
        "E:invalid character 'x' after top-level value",
        JSON_SAME,
        "\"\\q\"",
        "E:invalid character 'q' in string escape code",
        JSON_SAME,
        "\"a\nb\"",
        "E:invalid character '\\n' in string literal",
        JSON_SAME,
        "01",
        "E:invalid character '1' after top-level value",
        JSON_SAME,
        "1.",
        "E:unexpected end of JSON input",
        JSON_SAME,
        "1.x",
        "E:invalid character 'x' after decimal point in numeric literal",
        JSON_SAME,
        "[1e999]",
        "E:json: cannot unmarshal number 1e999 into Go value of type float64",
        "{{ 1i | tojson }}",
        "",
        "E:json: unsupported type: complex128"
    };

    @TestFactory
    Stream<DynamicTest> json() {
        return Tables.table(JSON);
    }

    private static final String READ_SHOWN = "{{ stdin | yaml }}";

    private static final String[] READ = {
        READ_SHOWN,
        "a: 1\nb:\n- x\n- k: z\n",
        "map[a:1 b:[x map[k:z]]]",
        READ_SHOWN,
        "- 0x1F\n- 017\n- 1_000\n- 1.5\n- 1e3\n- .inf\n- ~\n- yes\n- Off\n- 0b11",
        "[31 15 1000 1.5 1000 +Inf <nil> true false 3]",
        READ_SHOWN,
        "- 'it''s'\n- \"a\\tb\\u00e9\"\n- \"fold\n  ed\n\n  more\"",
        "[it's a\tbé fold ed\nmore]",
        READ_SHOWN,
        "a: |\n  x\n    y\n\n  z\nb: >-\n  x\n  y\n\n  z\n",
        "map[a:x\n  y\n\nz\n b:x y\nz]",
        READ_SHOWN,
        "a: |+\n  x\n\nb: |2-\n   x\n",
        "map[a:x\n\n b: x]",
        READ_SHOWN,
        "{a: [1, {b: c}], d, \"e\": f, ? g : h}",
        "map[a:[1 map[b:c]] d:<nil> e:f g:h]",
        READ_SHOWN,
        "a: &x {k: v}\nb: *x\nc:\n  <<: *x\n  l: w\n",
        "map[a:map[k:v] b:map[k:v] c:map[k:v l:w]]",
        READ_SHOWN,
        "%YAML 1.1\n---\n!!str 5\n...\n",
        "5",
        READ_SHOWN,
        "# c\na: b # d\n? x\n: w\n",
        "map[a:b x:w]",
        READ_SHOWN,
        "plain\n  over lines\n",
        "plain over lines",
        READ_SHOWN,
        "- !!int \"3\"\n- !!float 3\n- !!binary aGk=\n- 2001-12-14\n- 12:30:45\n- 18446744073709551615",
        "[3 3 hi 2001-12-14 12:30:45 18446744073709551615]",
        "{{ range stdin | yaml }}{{ printf \"%d %T\" . . }}{{ break }}{{ end }}",
        "18446744073709551615",
        "0 uint64",
        READ_SHOWN,
        "",
        "<no value>",
        "{{ range $k, $v := stdin | yaml }}{{ $k }}={{ $v }} {{ end }}",
        "b: 1\na: 2\n3: x\n",
        "a=2 b=1 3=x ",
        "{{ (stdin | yaml).n }}",
        "n: no\ny: 1",
        "<no value>"
    };

    @TestFactory
    Stream<DynamicTest> yamlThatIsRead() {
        return Tables.table(READ);
    }

    private static final String BROKEN_SHOWN = "{{ stdin | yaml }}";

    private static final String[] BROKEN = {
        BROKEN_SHOWN,
        "a: b: c",
        "E:yaml: mapping values are not allowed in this context",
        BROKEN_SHOWN,
        "x: 1\na: b: c",
        "E:yaml: line 2: mapping values are not allowed in this context",
        BROKEN_SHOWN,
        "a: [1, 2",
        "E:yaml: line 1: did not find expected ',' or ']'",
        BROKEN_SHOWN,
        "a: {x: 1",
        "E:yaml: line 1: did not find expected ',' or '}'",
        BROKEN_SHOWN,
        "a: 'x",
        "E:yaml: found unexpected end of stream",
        BROKEN_SHOWN,
        "- a\nb: c",
        "E:yaml: line 1: did not find expected '-' indicator",
        BROKEN_SHOWN,
        "a: 1\n  b: 2",
        "E:yaml: line 2: mapping values are not allowed in this context",
        BROKEN_SHOWN,
        "a: *nope",
        "E:yaml: unknown anchor 'nope' referenced",
        BROKEN_SHOWN,
        "a: %x",
        "E:yaml: found character that cannot start any token",
        BROKEN_SHOWN,
        "\"\\q\"",
        "E:yaml: found unknown escape character",
        BROKEN_SHOWN,
        "a:\n\t- b",
        "E:yaml: line 2: found character that cannot start any token",
        BROKEN_SHOWN,
        "!<x> [a]: b",
        "E:yaml: invalid map key: []interface {}{\"a\"}",
        BROKEN_SHOWN,
        "a: !!int x",
        "E:yaml: cannot decode !!str `x` as a !!int",
        BROKEN_SHOWN,
        "a: &b [*b]",
        "E:yaml: anchor 'b' value contains itself",
        BROKEN_SHOWN,
        "a: !x!y z",
        "E:yaml: found undefined tag handle"
    };

    @TestFactory
    Stream<DynamicTest> yamlThatIsNot() {
        return Tables.table(BROKEN);
    }

    @TestFactory
    Stream<DynamicTest> yamlThatIsWritten() {
        String same = "{{ stdin | yaml | toyaml }}";
        return Tables.table(
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
    Stream<DynamicTest> pointersAndBase64() {
        return Tables.table(
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
