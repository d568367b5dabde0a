package dev.slipway.sigil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Tables of templates with what they come to: pairs of a template and its output or its whole error. */
final class Tables {
    /** What the tables' templates see. */
    static final Map<String, Object> VALUES = values();

    private Tables() {}

    private static Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put("name", "shop");
        values.put("empty", "");
        values.put("accent", "né");
        values.put("count", 3);
        values.put("zero", 0);
        values.put("ratio", 2.5);
        values.put("yes", true);
        values.put("no", false);
        values.put("nothing", null);
        values.put("list", List.of("a", "b", "c"));
        values.put("mixed", Arrays.asList("a", 1, 2.5, null, true));
        values.put("none", List.of());
        values.put("map", Map.of("b", 2, "a", 1, "C", 3));
        values.put("deep", Map.of("list", List.of(Map.of("port", "80"), Map.of("port", "443"))));
        return values;
    }

    static String render(String text) throws TemplateException {
        return render(text, InputStream.nullInputStream());
    }

    static String render(String text, InputStream input) throws TemplateException {
        Mode mode = new Mode.Full(Path.of("."), List.of(), input);
        return Template.parse("t", text, VALUES.keySet(), mode)
                .render(new Variables(VALUES, Map.of("HOME", "/home/dokku")))
                .text();
    }

    static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param pairs a template and its output, in turn */
    static Stream<DynamicTest> outputs(String... pairs) {
        return pairs(pairs, (template, expected) -> assertThat(render(template)).isEqualTo(expected));
    }

    /** @param pairs a template and the end of its message, after {@code template: t:}, in turn */
    static Stream<DynamicTest> errors(String... pairs) {
        return pairs(
                pairs,
                (template, expected) -> assertThatThrownBy(() -> render(template))
                        .isInstanceOf(TemplateException.class)
                        .hasMessage("template: t:" + withColumn(template, expected)));
    }

    /** Triples: a template, its standard input, and its output or, after an E, the end of its message. */
    static Stream<DynamicTest> table(String... cells) {
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
            assertThatThrownBy(() -> render(template, input(input)))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageEndingWith(": " + expected.substring(2));
        } else {
            assertThat(render(template, input(input))).isEqualTo(expected);
        }
    }

    /** Columns of the first line are written without the declarations in front, as {@code 1:+5}. */
    private static String withColumn(String template, String expected) {
        if (!expected.startsWith("1:+")) {
            return expected;
        }
        int end = expected.indexOf(':', 3);
        List<String> names = new ArrayList<>(VALUES.keySet());
        Preparation.mentioned(template).stream()
                .filter(name -> !VALUES.containsKey(name))
                .forEach(names::add);
        int prefix = names.stream().mapToInt(name -> 12 + 2 * name.length()).sum();
        return "1:" + (prefix + Integer.parseInt(expected.substring(3, end))) + expected.substring(end);
    }

    private interface Check {
        void run(String template, String expected) throws Exception;
    }

    private static Stream<DynamicTest> pairs(String[] pairs, Check check) {
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            String template = pairs[i];
            String expected = pairs[i + 1];
            tests.add(DynamicTest.dynamicTest(template, () -> check.run(template, expected)));
        }
        return tests.stream();
    }
}
