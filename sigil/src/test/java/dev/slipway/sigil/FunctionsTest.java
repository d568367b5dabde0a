package dev.slipway.sigil;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Go's built-in functions and sigil's. */
final class FunctionsTest {
    @TestFactory
    Stream<DynamicTest> comparisons() {
        return Tables.outputs(
                "{{ eq 1 1 }} {{ eq .name \"a\" \"shop\" }} {{ ne 1 2 }} {{ eq 1.5 .ratio }}", "true true true false",
                "{{ lt 1 2 }} {{ le 2 2 }} {{ gt \"b\" \"a\" }} {{ ge 1.0 2.0 }}", "true true true false",
                "{{ eq .nothing nil }} {{ eq .missing nil }} {{ eq .name nil }} {{ eq nil .list }}",
                        "true true false false",
                "{{ eq (index .name 0) 115 }} {{ lt (index .name 0) 200 }} {{ gt -1 (index .name 0) }}",
                        "true true false",
                "{{ eq true .yes }} {{ eq 1i 1i }} {{ lt \"Z\" \"a\" }} {{ lt \"\\xff\" .accent }}",
                        "true true true false");
    }

    @TestFactory
    Stream<DynamicTest> indexing() {
        return Tables.outputs(
                "{{ index .list 0 }} {{ index .map \"b\" }} {{ index .deep \"list\" 1 \"port\" }} {{ index .name 0 }}",
                        "a 2 443 115",
                "{{ index .map \"zz\" }} {{ index .list }}", "<no value> [a b c]",
                "{{ slice .list 1 }} {{ slice .list 1 2 }} {{ slice .name 1 3 }} {{ slice .list 0 1 2 }}",
                        "[b c] [b] ho [a]",
                "{{ slice (seq 3) 0 4 }}", "[0 1 2 <nil>]",
                "{{ len .list }} {{ len .map }} {{ len .accent }} {{ len \"\" }}", "3 3 3 0");
    }

    @TestFactory
    Stream<DynamicTest> builtInsThatRefuse() {
        return Tables.errors(
                "x\n{{ eq 1 \"a\" }}",
                "2:3: executing \"t\" at <eq 1 \"a\">: error calling eq: incompatible types for comparison: int and string",
                "x\n{{ lt 1 nil }}",
                "2:3: executing \"t\" at <lt 1 nil>: error calling lt: invalid type for comparison",
                "x\n{{ lt true false }}",
                "2:3: executing \"t\" at <lt true false>: error calling lt: invalid type for comparison",
                "x\n{{ eq .list .list }}",
                "2:3: executing \"t\" at <eq .list .list>: error calling eq: non-comparable type [a b c]: []interface {}",
                "x\n{{ eq 1 }}",
                "2:3: executing \"t\" at <eq 1>: error calling eq: missing argument for comparison",
                "x\n{{ index .list 3 }}",
                "2:3: executing \"t\" at <index .list 3>: error calling index: reflect: slice index out of range",
                "x\n{{ index .list 4 }}",
                "2:3: executing \"t\" at <index .list 4>: error calling index: index out of range: 4",
                "x\n{{ index .list \"a\" }}",
                "2:3: executing \"t\" at <index .list \"a\">: error calling index: cannot index slice/array with type string",
                "x\n{{ index .map 1 }}",
                "2:3: executing \"t\" at <index .map 1>: error calling index: value has type int; should be string",
                "x\n{{ index nil 1 }}",
                "2:3: executing \"t\" at <index nil 1>: error calling index: index of untyped nil",
                "x\n{{ index 5 1 }}",
                "2:3: executing \"t\" at <index 5 1>: error calling index: can't index item of type int",
                "x\n{{ slice .name 3 1 }}",
                "2:3: executing \"t\" at <slice .name 3 1>: error calling slice: invalid slice index: 3 > 1",
                "x\n{{ slice .name .count }}",
                "2:3: executing \"t\" at <slice .name .count>: error calling slice: cannot index slice/array with type interface {}",
                "x\n{{ len 3 }}",
                "2:3: executing \"t\" at <len 3>: error calling len: len of type int",
                "x\n{{ len .nothing }}",
                "2:3: executing \"t\" at <len .nothing>: error calling len: len of nil pointer",
                "x\n{{ call .name }}",
                "2:3: executing \"t\" at <call .name>: error calling call: non-function .name of type string",
                "x\n{{ nil | call }}",
                "2:3: executing \"t\" at <nil>: nil is not a command");
    }

    @TestFactory
    Stream<DynamicTest> strings() {
        return Tables.outputs(
                "{{ \"hello wORLD o'neil x-y_z ßa\" | capitalize }}",
                "Hello WORLD O'Neil X-Y_z ßa",
                "{{ \"HÉllo\" | lower }} {{ \"straße\" | upper }}",
                "héllo STRAßE",
                "[{{ \" \\n a\\t\\n \" | trim }}]",
                "[a\t]",
                "{{ \"aaaa\" | replace \"aa\" \"b\" }} {{ replace \"\" \"-\" \"ab\" }}",
                "bb -a-b-",
                "{{ \"abcdef\" | substr \"1:3\" }} {{ \"abc\" | substr \"x:2\" }}",
                "bc ab",
                "{{ \"a\\nb\\n\\nc\\n\" | indent \"  \" }}",
                "a\n  b\n\n  c\n",
                "{{ match \"*.go\" \"x.go\" }} {{ match \"a?[b-d]\" \"axc\" }} {{ match \"*/b\" \"a/b\" }} {{ match \"*\" \"a/b\" }}",
                "true true true false",
                "{{ match \"[^a]\" \"é\" }} {{ match \"?\" \"é\" }} {{ match \"\\\\*\" \"*\" }} {{ match \"a*b*c\" \"aXbYbZc\" }}",
                "true true true true",
                "{{ var \"HOME\" }} {{ var \"name\" }} [{{ var \"NOPE\" }}]",
                "/home/dokku shop []",
                "{{ .empty | default \"d\" }} {{ .nothing | default 1 }} {{ .zero | default 7 }} {{ .name | default \"d\" }}",
                "d 1 7 shop");
    }

    @TestFactory
    Stream<DynamicTest> lists() {
        return Tables.outputs(
                "{{ split \",\" \"a,b,,c\" }} {{ split \",\" \"\" | len }} {{ split \"\" \"né\" }}", "[a b  c] 1 [n é]",
                "{{ join \"-\" .list }} {{ join \",\" .mixed }} {{ join \",\" .missing }}|", "a-b-c a |",
                "{{ split \",\" \"a=1,b,c=x=y\" | splitkv \"=\" }}", "map[a:1 b:true c:x=y]",
                "{{ split \",\" \"b=2,a=1\" | splitkv \"=\" | joinkv \":\" | join \",\" }}", "a:1,b:2",
                "{{ seq 3 }} {{ seq \"2\" }} {{ seq 0 }} {{ seq \"+1\" }}", "[0 1 2] [0 1] [] [0]",
                "{{ append \"x\" .list }} {{ append nil (seq 1) }}", "[a b c x] [0 <nil>]",
                "{{ $s := seq 3 }}{{ $a := append \"x\" $s }}{{ $b := append \"y\" $s }}{{ $a }}", "[0 1 2 y]",
                "{{ drop \"b\" .list }} {{ drop \"[ab]\" .list }} {{ drop 1 .mixed }}", "[a c] [c] [a 2.5 <nil> true]",
                "{{ uniq .list (split \",\" \"c,d\") }} {{ uniq | len }}", "[a b c d] 0");
    }

    @TestFactory
    Stream<DynamicTest> sigilsThatRefuse() {
        return Tables.errors(
                "x\n{{ upper 5 }}",
                "2:3: executing \"t\" at <upper 5>: error calling upper: upper must be given a string",
                "x\n{{ join \",\" 5 }}",
                "2:12: executing \"t\" at <5>: can't handle 5 for arg of type []interface {}",
                "x\n{{ join \",\" .name }}",
                "2:12: executing \"t\" at <.name>: wrong type for value; expected []interface {}; got string",
                "x\n{{ replace 1 \"a\" \"b\" }}",
                "2:11: executing \"t\" at <1>: expected string; found 1",
                "x\n{{ seq 1.5 }}",
                "2:3: executing \"t\" at <seq 1.5>: error calling seq: seq must be given an integer or numeric string",
                "x\n{{ seq -1 }}",
                "2:3: executing \"t\" at <seq -1>: error calling seq: runtime error: makeslice: len out of range",
                "x\n{{ substr \"1\" \"abc\" }}",
                "2:3: executing \"t\" at <substr \"1\" \"abc\">: error calling substr: runtime error: index out of range [1] with length 1",
                "x\n{{ substr \"1:9\" \"abc\" }}",
                "2:3: executing \"t\" at <substr \"1:9\" \"abc\">: error calling substr: runtime error: slice bounds out of range [:9] with length 3",
                "x\n{{ substr \"2:1\" \"abc\" }}",
                "2:3: executing \"t\" at <substr \"2:1\" \"abc\">: error calling substr: runtime error: slice bounds out of range [2:1]",
                "x\n{{ match \"[\" \"a\" }}",
                "2:3: executing \"t\" at <match \"[\" \"a\">: error calling match: syntax error in pattern",
                "x\n{{ default 1 .list }}",
                "2:3: executing \"t\" at <default 1 .list>: error calling default: runtime error: comparing uncomparable type []interface {}",
                "x\n{{ joinkv \"=\" .map }}",
                "2:3: executing \"t\" at <joinkv \"=\" .map>: error calling joinkv: joinkv must be given a string map of strings",
                "x\n{{ drop \"a\" .mixed }}",
                "2:3: executing \"t\" at <drop \"a\" .mixed>: error calling drop: all elements must be a string to drop a string",
                "x\n{{ uniq (append .list (seq 1)) }}",
                "2:3: executing \"t\" at <uniq (append .list (seq 1))>: error calling uniq: runtime error: hash of unhashable type []interface {}");
    }

    @Test
    void aByteCutOutOfALetterStaysAByte() throws TemplateException {
        Template template = Template.parse("t", "{{ .x | substr \"0:2\" }}", List.of("x"), Mode.full());
        Rendering rendering = template.render(Variables.of(Map.of("x", "né")));
        assertThat(rendering.bytes()).containsExactly('n', 0xC3);
        assertThat(rendering.text()).isEqualTo("n\uFFFD");
    }

    @TestFactory
    Stream<DynamicTest> nestedTemplates() {
        return Tables.outputs(
                "{{ render \"a=1\" \"{{ $a }}{{ .b }}\" }}", "1<no value>",
                "{{ render .map \"{{ .a }}\" }}", "1",
                "{{ render \"nope\" \"{{ . }}\" }}", "map[]",
                "{{ var \"leak\" }}{{ render \"leak=1\" \"{{ var `leak` }}\" }}{{ var \"leak\" }}", "1",
                "{{ \"Hi {{ $x }}\" | render \"x=y\" }}", "Hi y");
    }

    @TestFactory
    Stream<DynamicTest> nestedTemplatesThatFail() {
        return Tables.errors(
                "x\n{{ render \"{{ index `a` 9 }}\" }}",
                "2:3: executing \"t\" at <render \"{{ index `a` 9 }}\">: error calling render: "
                        + "template: <render>:1:3: executing \"<render>\" at <index `a` 9>: error calling index: index out of range: 9",
                "x\n{{ render 5 }}",
                "2:3: executing \"t\" at <render 5>: error calling render: interface conversion: interface {} is int, not string",
                "x\n{{ include \"no-such-file\" }}",
                "2:3: executing \"t\" at <include \"no-such-file\">: error calling include: Not found in path: no-such-file []");
    }
}
