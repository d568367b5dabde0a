package dev.slipway.sigil;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The language of text/template. */
final class LanguageTest {
    @TestFactory
    Stream<DynamicTest> textAndActions() {
        return Tables.outputs(
                "plain", "plain",
                "{{ print }}", "",
                "a{{ .name }}b", "ashopb",
                "{{.name}}{{.count}}", "shop3",
                "}} {", "}} {",
                "{{ \"}}\" }}", "}}",
                "{{ `a\\n` }}", "a\\n",
                "{{ \"a\\tb\\u00e9\\x41\\101\" }}", "a\tbéAA",
                "{{ 'x' }}", "120",
                "{{ 1_000 }} {{ 0x1f }} {{ 0b101 }} {{ 0o17 }} {{ 017 }}", "1000 31 5 15 15",
                "{{ 1.50 }} {{ 1e3 }} {{ .5 }} {{ 1e21 }} {{ 1000000.0 }}", "1.5 1000 0.5 1e+21 1e+06",
                "{{ 1+2i }} {{ 3i }}", "(1+2i) (0+3i)",
                "{{ true }} {{ print nil }}", "true <nil>",
                "{{ .nothing }} {{ .missing }} {{ .missing.deeper }}", "<no value> <no value> <no value>",
                "{{ . | len }}", "14");
    }

    @TestFactory
    Stream<DynamicTest> commentsAndTrimming() {
        return Tables.outputs(
                "a {{/* gone */}} b", "a  b",
                "a {{- /* gone */ -}} b", "ab",
                "a \n {{- 1 -}} \n b", "a1b",
                "a {{- 1}} b", "a1 b",
                "a {{1 -}} b", "a 1b",
                "{{-1}}", "-1",
                "{{3 -}}{{- 4}}", "34",
                "a\t\r\n{{- /*\n*/ -}}\n\n\tb", "ab",
                "{{ `a` -}}\n  {{- `b` }}", "ab");
    }

    @TestFactory
    Stream<DynamicTest> pipelinesAndChains() {
        return Tables.outputs(
                "{{ .name | upper | printf \"%s!\" }}", "SHOP!",
                "{{ printf \"%s-%s\" .name \"x\" }}", "shop-x",
                "{{ (index .list 1) }}", "b",
                "{{ (index .deep.list 1).port }}", "443",
                "{{ .map.C }} {{ $.map.b }} {{ $map.a }}", "3 2 1",
                "{{ with $x := .map }}{{ $x.a }}{{ end }}", "1",
                "{{ (print 1 2 | len) | printf \"%d\" }}", "3",
                "{{ len (printf \"%s%s\" .name (upper .name)) }}", "8",
                "{{\n.name\n|\nupper\n}}", "SHOP");
    }

    @TestFactory
    Stream<DynamicTest> variablesAndScopes() {
        return Tables.outputs(
                "{{ $x := 1 }}{{ $x }}", "1",
                "{{ $x := 1 }}{{ if true }}{{ $x := 2 }}{{ $x }}{{ end }}{{ $x }}", "21",
                "{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }}", "2",
                "{{ $x := 1 }}{{ range .list }}{{ $x = . }}{{ end }}{{ $x }}", "c",
                "{{ range $i, $e := .list }}{{ $i }}{{ $e }} {{ end }}", "0a 1b 2c ",
                "{{ range $e := .list }}{{ $e }}{{ . }}{{ end }}", "aabbcc",
                "{{ $i := 9 }}{{ range $i = .list }}{{ end }}{{ $i }}", "c",
                "{{ $k := 0 }}{{ $v := 0 }}{{ range $k, $v = .map }}{{ end }}{{ $k }}{{ $v }}", "b2",
                "{{ range .list }}{{ $.name }}{{ end }}", "shopshopshop",
                "{{ $name = 5 }}{{ $name }}{{ .name }}", "5shop",
                "{{ if $y := .count }}{{ $y }}{{ end }}", "3");
    }

    @TestFactory
    Stream<DynamicTest> conditions() {
        return Tables.outputs(
                "{{ if .yes }}T{{ else }}F{{ end }}", "T",
                "{{ if .no }}T{{ else }}F{{ end }}", "F",
                "{{ if .empty }}T{{ else if .zero }}Z{{ else if .none }}N{{ else if .nothing }}0{{ else }}F{{ end }}",
                        "F",
                "{{ if .list }}1{{ end }}{{ if .map }}2{{ end }}{{ if .ratio }}3{{ end }}{{ if .name }}4{{ end }}",
                        "1234",
                "{{ if 0.0 }}T{{ else }}F{{ end }}{{ if 0i }}T{{ else }}F{{ end }}", "FF",
                "{{ if .missing }}T{{ else }}F{{ end }}", "F",
                "{{ with .map }}{{ .a }}{{ end }}", "1",
                "{{ with .empty }}T{{ else }}{{ .name }}{{ end }}", "shop",
                "{{ with .empty }}T{{ else with .count }}{{ . }}{{ else }}F{{ end }}", "3",
                "{{ and 1 0 2 }}{{ or 0 \"\" 2 }}{{ not 0 }}", "02true",
                "{{ and .yes (index .list 1) }}{{ or .yes (index .list 99) }}", "btrue",
                "{{ 0 | or 1 }}{{ 1 | and 0 }}", "10");
    }

    @TestFactory
    Stream<DynamicTest> loops() {
        return Tables.outputs(
                "{{ range .list }}{{ . }}{{ end }}", "abc",
                "{{ range .none }}x{{ else }}empty{{ end }}", "empty",
                "{{ range .missing }}x{{ else }}empty{{ end }}", "empty",
                "{{ range $k, $v := .map }}{{ $k }}{{ $v }}{{ end }}", "C3a1b2",
                "{{ range 3 }}{{ . }}{{ end }}", "012",
                "{{ range $i := 2 }}{{ $i }}{{ end }}", "01",
                "{{ range index \"ab\" 0 }}{{ printf \"%T\" . }}{{ break }}{{ end }}", "uint8",
                "{{ range 0 }}x{{ else }}none{{ end }}", "none",
                "{{ range .list }}{{ if eq . \"b\" }}{{ continue }}{{ end }}{{ . }}{{ end }}", "ac",
                "{{ range .list }}{{ if eq . \"b\" }}{{ break }}{{ end }}{{ . }}{{ end }}", "a",
                "{{ range .list }}{{ range $.list }}{{ . }}{{ break }}{{ end }}{{ end }}", "aaa",
                "{{ range .mixed }}[{{ . }}]{{ end }}", "[a][1][2.5][<no value>][true]",
                "{{ range .deep.list }}{{ .port }} {{ end }}", "80 443 ");
    }

    @TestFactory
    Stream<DynamicTest> templatesInTemplates() {
        return Tables.outputs(
                "{{ define \"t2\" }}<{{ . }}>{{ end }}{{ template \"t2\" .name }}",
                "<shop>",
                "{{ template \"late\" }}{{ define \"late\" }}[{{ . }}]{{ end }}",
                "[<no value>]",
                "{{ block \"b\" .list }}{{ range . }}{{ . }}{{ end }}{{ end }}",
                "abc",
                "{{ define \"a\" }}{{ $ }}{{ end }}{{ template \"a\" 5 }}",
                "5",
                "{{ define \"r\" }}{{ if . }}{{ len . }}{{ template \"r\" slice . 1 }}{{ end }}{{ end }}{{ template \"r\" .list }}",
                "321",
                "{{ define \"x\" }} {{ end }}{{ define \"x\" }}second{{ end }}{{ template \"x\" }}",
                "second",
                "{{ $x := 1 }}{{ template \"p\" $y := 2 }}{{ define \"p\" }}{{ . }}{{ end }}{{ $y }}",
                "22");
    }

    private static final String[] PARSER_MISTAKES = {
        "{{ .name",
        "1: unclosed action",
        "{{ \"a }}",
        "1: unterminated quoted string",
        "{{ `a }}",
        "1: unterminated raw quoted string",
        "{{ 'a }}",
        "1: unterminated character constant",
        "{{/* a }}",
        "1: unclosed comment",
        "{{/* a */ 1 }}",
        "1: comment ends before closing delimiter",
        "\n{{ if }}",
        "2: missing value for if",
        "\n\n{{ if true }}\n",
        "4: unexpected EOF",
        "{{ end }}",
        "1: unexpected {{end}}",
        "{{ else }}",
        "1: unexpected {{else}}",
        "{{ if 1 }}{{ else }}{{ else }}{{ end }}",
        "1: expected end; found {{else}}",
        "{{ nope 1 }}",
        "1: function \"nope\" not defined",
        "a\n{{ $9 }}",
        "2: undefined variable \"$9\"",
        "{{ define \"d\" }}{{ $name }}{{ end }}",
        "1: undefined variable \"$name\"",
        "{{ .name ) }}",
        "1: unexpected right paren",
        "{{ (1 }}",
        "1: unclosed left paren",
        "{{ () }}",
        "1: missing value for parenthesized pipeline",
        "{{ 1 | 2 }}",
        "1: non executable command in pipeline stage 2",
        "{{ 3k }}",
        "1: bad number syntax: \"3k\"",
        "{{ 089 }}",
        "1: integer overflow: \"089\"",
        "{{ 99999999999999999999 }}",
        "1: integer overflow: \"99999999999999999999\"",
        "{{ 'ab' }}",
        "1: malformed character constant: 'ab'",
        "{{ \"\\q\" }}",
        "1: invalid syntax",
        "{{ .a! }}",
        "1: bad character U+0021 '!'",
        "{{ \u0001 }}",
        "1: unrecognized character in action: U+0001",
        "{{ 1 \\ }}",
        "1: unexpected \"\\\\\" in operand",
        "{{ \"a\".b }}",
        "1: unexpected . after term \"\\\"a\\\"\"",
        "{{ $x, $y := 1 }}",
        "1: too many declarations in command",
        "{{ range $a, $b, $c := .list }}{{ end }}",
        "1: too many declarations in range",
        "{{ range $a, 1 }}{{ end }}",
        "1: range can only initialize variables",
        "{{ break }}",
        "1: {{break}} outside {{range}}",
        "{{ range .list }}{{ else }}{{ continue }}{{ end }}",
        "1: {{continue}} outside {{range}}",
        "{{ template 1 }}",
        "1: unexpected \"1\" in template clause",
        "{{ template \"a very long name\" \"x\" , }}",
        "1: unexpected \",\" in operand",
        "{{ define \"a\" }}1{{ end }}{{ define \"a\" }}2{{ end }}",
        "1: template: multiple definition of template \"a\"",
        "{{ if\n\n",
        "3: unclosed action started at t:1",
        "{{ 1\n \"",
        "2: unterminated quoted string in action started at t:1",
        "{{ block \"b\" .list }}\n{{/*",
        "2: unclosed comment",
        "{{ if .yes }}\n{{/*",
        "2: unclosed comment in action started at t:1",
        "{{ block \"b\" .list }}\nx{{ else }}",
        "1: unexpected {{else}} in block clause",
        "{{ define \"b\" }}\nx{{ else }}",
        "2: unexpected {{else}} in define clause"
    };

    @TestFactory
    Stream<DynamicTest> mistakesThatStopTheParser() {
        return Tables.errors(PARSER_MISTAKES);
    }

    @TestFactory
    Stream<DynamicTest> mistakesThatShowWhileItRuns() {
        return Tables.errors(
                "{{ nil }}",
                "1:+3: executing \"t\" at <nil>: nil is not a command",
                "{{ 1 2 }}",
                "1:+3: executing \"t\" at <1>: can't give argument to non-function 1",
                "{{ 18446744073709551615 }}",
                "1:+3: executing \"t\" at <18446744073709551615>: 18446744073709551615 overflows int",
                "x\n{{ .name.first }}",
                "2:8: executing \"t\" at <.name.first>: can't evaluate field first in type interface {}",
                "x\n{{ $name.first }}",
                "2:8: executing \"t\" at <$name.first>: can't evaluate field first in type string",
                "x\n{{ .nothing.x }}",
                "2:11: executing \"t\" at <.nothing.x>: nil pointer evaluating interface {}.x",
                "x\n{{ .map 1 }}",
                "2:3: executing \"t\" at <.map>: map is not a method but has arguments",
                "x\n{{ 1 | .map }}",
                "2:7: executing \"t\" at <.map>: map is not a method but has arguments",
                "x\n{{ range .ratio }}{{ end }}",
                "2:9: executing \"t\" at <.ratio>: range can't iterate over 2.5",
                "x\n{{ range $i, $e := 3 }}{{ end }}",
                "2:19: executing \"t\" at <3>: can't use 3 to iterate over more than one variable",
                "x\n{{ template \"none\" }}",
                "2:12: executing \"t\" at <{{template \"none\"}}>: template \"none\" not defined",
                "x\n{{ len }}",
                "2:3: executing \"t\" at <len>: wrong number of args for len: want 1 got 0",
                "x\n{{ index }}",
                "2:3: executing \"t\" at <index>: wrong number of args for index: want at least 1 got 0",
                "x\n{{ printf 1 }}",
                "2:10: executing \"t\" at <1>: expected string; found 1",
                "x\n{{ printf .count }}",
                "2:10: executing \"t\" at <.count>: wrong type for value; expected string; got int",
                "x\n{{ printf nil }}",
                "2:10: executing \"t\" at <nil>: cannot assign nil to string",
                "x\n{{ printf .missing }}",
                "2:10: executing \"t\" at <.missing>: invalid value; expected string",
                "x\n{{ define \"d\" }}\n{{ .x.y }}{{ end }}{{ template \"d\" .count }}",
                "3:5: executing \"d\" at <.x.y>: can't evaluate field x in type int",
                "x\n{{ or false ($z := 1) | len }}{{ $z }}",
                "2:24: executing \"t\" at <len>: error calling len: len of type int");
    }

    @Test
    void aTemplateThatCallsItselfForeverEndsWithGosError() throws InterruptedException {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(() -> {
            try {
                Tables.render("{{ define \"a\" }}{{ template \"a\" }}{{ end }}{{ template \"a\" }}");
            } catch (TemplateException expected) {
                failure[0] = expected;
            }
        });
        thread.start();
        thread.join();
        assertThat(failure[0]).hasMessageContaining("exceeded maximum template depth (100000)");
    }

    @Test
    void oneTemplateRendersInManyThreadsAtOnce() throws Exception {
        Template template =
                Template.parse("t", "{{ range $i := seq 200 }}{{ $i }}{{ $.x }}{{ end }}", List.of("x"), Mode.full());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var renderings = Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
                    .map(x -> threads.submit(
                            () -> template.render(Variables.of(Map.of("x", x))).text()))
                    .toList();
            for (int i = 0; i < renderings.size(); i++) {
                String letter = String.valueOf((char) ('a' + i));
                assertThat(renderings.get(i).get())
                        .startsWith("0" + letter + "1" + letter)
                        .endsWith("199" + letter);
            }
        }
    }
}
