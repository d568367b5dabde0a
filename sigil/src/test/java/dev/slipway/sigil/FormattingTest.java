package dev.slipway.sigil;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Go's verbs, flags, widths and precisions. */
final class FormattingTest {
    @TestFactory
    Stream<DynamicTest> wholeNumbers() {
        return Tables.outputs(
                "{{ printf \"%d|%5d|%-5d|%05d|%+d|% d\" 42 42 42 42 42 42 }}", "42|   42|42   |00042|+42| 42",
                "{{ printf \"%b %o %O %x %X %#x %#o %#b\" 10 10 10 255 255 255 8 5 }}",
                        "1010 12 0o12 ff FF 0xff 010 0b101",
                "{{ printf \"%c|%q|%U|%#U\" 233 233 233 233 }}", "é|'é'|U+00E9|U+00E9 'é'",
                "{{ printf \"%.3d|%8.3d|%-8.3d|%+.2d|%.0d\" 7 7 7 7 0 }}", "007|     007|007     |+07|",
                "{{ printf \"%d %x\" -5 -255 }}", "-5 -ff",
                "{{ printf \"%08d|%+08d|%x\" -42 42 (index .name 0) }}", "-0000042|+0000042|73",
                "{{ printf \"%*d|%-*d|%.*f\" 5 1 5 1 2 3.14159 }}", "    1|1    |3.14");
    }

    @TestFactory
    Stream<DynamicTest> floats() {
        return Tables.outputs(
                "{{ printf \"%f %.2f %8.3f %-8.1f|\" 3.14159 3.14159 3.14159 3.14159 }}",
                        "3.141590 3.14    3.142 3.1     |",
                "{{ printf \"%e %E %.0e\" 12345.678 12345.678 12345.678 }}", "1.234568e+04 1.234568E+04 1e+04",
                "{{ printf \"%g %g %g %G\" 100000.0 1000000.0 0.00001 1e-7 }}", "100000 1e+06 1e-05 1E-07",
                "{{ printf \"%v %v %v\" 123456.0 1234567.0 0.1 }}", "123456 1.234567e+06 0.1",
                "{{ printf \"%08.3f|%+.1f|% .1f\" 3.14159 2.0 2.0 }}", "0003.142|+2.0| 2.0",
                "{{ printf \"%.3g|%#g|%#.3x\" 1234.5 1.0 1.0 }}", "1.23e+03|1.00000|0x1.000p+00",
                "{{ printf \"%x %b\" 1.5 1.0 }}", "0x1.8p+00 4503599627370496p-52",
                "{{ printf \"%.2f %v\" 1+2i 1+2i }}", "(1.00+2.00i) (1+2i)",
                "{{ printf \"%.1f %.0f %.0f\" 0.25 0.5 1.5 }}", "0.2 0 2",
                "{{ printf \"%.3f %.0f %.2f %.60f\" 2.0 2.0 1e22 0.1 }}",
                        "2.000 2 10000000000000000000000.00 0.100000000000000005551115123125782702118158340454101562500000",
                "{{ len (printf \"%.9999999f\" 0.1) }}", "10000001",
                "{{ print 5e-324 1.7976931348623157e308 }}", "5e-324 1.7976931348623157e+308");
    }

    @TestFactory
    Stream<DynamicTest> textAndCollections() {
        return Tables.outputs(
                "{{ printf \"%s|%6s|%-6s|%.2s|%q\" .name .name .name .name .name }}",
                "shop|  shop|shop  |sh|\"shop\"",
                "{{ printf \"%x|% x|%#x|%X\" .name .name .name .name }}",
                "73686f70|73 68 6f 70|0x73686f70|73686F70",
                "{{ printf \"%q %+q %#q\" .accent .accent .accent }}",
                "\"né\" \"n\\u00e9\" `né`",
                "{{ printf \"%5s|%-5s|%.1s\" .accent .accent \"éa\" }}",
                "   né|né   |é",
                "{{ printf \"%v %s %d\" .list .list .mixed }}",
                "[a b c] [a b c] [%!d(string=a) 1 %!d(float64=2.5) <nil> %!d(bool=true)]",
                "{{ printf \"%v %#v\" .map .list }}",
                "map[C:3 a:1 b:2] []interface {}{\"a\", \"b\", \"c\"}",
                "{{ printf \"%#.2v %#.1v\" .list .name }}",
                "[]interface {}{\"a\", \"b\", \"c\"} \"s\"",
                "{{ printf \"%#v\" .map }}",
                "map[string]interface {}{\"C\":3, \"a\":1, \"b\":2}",
                "{{ printf \"%t %v %5t|\" true false true }}",
                "true false  true|",
                "{{ printf \"%T %T %T %T %T %T %T\" 1 1.0 \"\" true .list .map 1i }}",
                "int float64 string bool []interface {} map[string]interface {} complex128",
                "{{ printf \"%v|%+v|%T|%6v|\" nil nil nil nil }}",
                "<nil>|<nil>|<nil>| <nil>|",
                "{{ print 1 2 \"a\" \"b\" 3 }}|{{ println 1 \"a\" }}|",
                "1 2ab3|1 a\n|",
                "{{ html \"<a href='x'>&\" }} {{ js \"'<\\n>\" }} {{ urlquery \"a b&c/é\" }}",
                "&lt;a href=&#39;x&#39;&gt;&amp; \\'\\u003C\\u000A\\u003E a+b%26c%2F%C3%A9");
    }

    @TestFactory
    Stream<DynamicTest> formatsThatDoNotFit() {
        return Tables.outputs(
                "{{ printf \"%d\" \"a\" }} {{ printf \"%s\" 1 }} {{ printf \"%t\" 1 }}",
                        "%!d(string=a) %!s(int=1) %!t(int=1)",
                "{{ printf \"%d %d\" 1 }}", "1 %!d(MISSING)",
                "{{ printf \"%d\" 1 2 \"x\" }}", "1%!(EXTRA int=2, string=x)",
                "{{ printf \"100%\" }} {{ printf \"%%\" }} {{ printf \"%z\" 1 }}", "100%!(NOVERB) % %!z(int=1)",
                "{{ printf \"%[2]d %[1]d\" 1 2 }}", "2 1",
                "{{ printf \"%[3]d\" 1 2 }} {{ printf \"%[x]d\" 1 }}", "%!d(BADINDEX) %!d(BADINDEX)",
                "{{ printf \"%[2]*[1]d\" 7 3 }}", "  7",
                "{{ printf \"%*d\" \"x\" 1 }} {{ printf \"%.*f\" -1 1.0 }}", "%!(BADWIDTH)1 %!(BADPREC)1.000000",
                "{{ printf \"%s\" .missing }} {{ printf \"%!\" 1 }}", "%!s(<nil>) %!!(int=1)",
                "{{ printf \"%w|%#w|%w\" .list .name nil }}",
                        "%!w([]interface {}=[a b c])|%!w(string=\"shop\")|%!w(<nil>)",
                "{{ printf \"%5.\" }}|{{ printf \"%.\" 3 }}|{{ printf \"%.%\" }}", "%!.(MISSING)|%!.(int=3)|%",
                "{{ printf \"%*d\" -9223372036854775808 1 }}", "%!(BADWIDTH)1",
                "{{ len (printf \"%1000001d\" 1) }} {{ printf \"%10000010d\" 1 }}",
                        "1000001 %!(NOVERB)%!(EXTRA int=1)");
    }
}
