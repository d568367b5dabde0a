package dev.slipway.sigil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What a template that somebody pushed cannot do. */
final class SafeModeTest {
    /** The standard bounds, but for the time, which would decide on a busy machine. */
    private static final Bounds BOUNDS = new Bounds(
            Bounds.standard().outputBytes(),
            Bounds.standard().depth(),
            Bounds.standard().steps(),
            Duration.ofMinutes(1));

    private static final int KIB = 1 << 10;

    @TempDir
    private Path directory;

    private Path tree;

    @BeforeEach
    void plantTheTree() throws IOException {
        tree = Files.createDirectories(directory.resolve("app"));
        Files.writeString(directory.resolve("secret"), "outside");
        Files.writeString(tree.resolve("inside.txt"), "inside {{ $a }}");
        Files.createDirectories(tree.resolve("conf/deep"));
        Files.writeString(tree.resolve("conf/part.sigil"), "part {{ include \"next.sigil\" }}");
        Files.writeString(tree.resolve("conf/next.sigil"), "next");
        Files.writeString(tree.resolve("loop.sigil"), "{{ include \"loop.sigil\" }}");
        Files.createSymbolicLink(tree.resolve("way-out"), directory.resolve("secret"));
        Files.createSymbolicLink(tree.resolve("way-out-dir"), directory);
        Files.createSymbolicLink(tree.resolve("way-in"), tree.resolve("inside.txt"));
    }

    private String render(String text) throws TemplateException {
        return render(text, BOUNDS);
    }

    private String render(String text, Bounds bounds) throws TemplateException {
        return Template.parse("pushed.sigil", text, List.of(), Mode.safe(tree, bounds))
                .render(new Variables(Map.of("port", "5000"), Map.of("KEY", "value")))
                .text();
    }

    private void refuses(String text, String problem) {
        assertThatThrownBy(() -> render("first line\n" + text))
                .isInstanceOfSatisfying(
                        TemplateException.class,
                        refused -> assertThat(refused.line()).isEqualTo(2))
                .hasMessageStartingWith("template: pushed.sigil:2:")
                .hasMessageContaining(problem);
    }

    @Test
    void programsTheNetworkAndTheStandardInputAreRefusedWithTheLine() {
        refuses("{{ sh \"id\" }}", "error calling sh: sh is not available to an app's templates");
        refuses("{{ httpget \"http://127.0.0.1/\" }}", "error calling httpget: httpget is not available");
        refuses("{{ stdin }}", "error calling stdin: stdin is not available");
    }

    @TestFactory
    Stream<DynamicTest> filesOutsideTheTreeAreRefusedWithTheLine() {
        return Stream.of("../secret", "/etc/passwd", "conf/../../secret", "way-out", "way-out-dir/secret")
                .flatMap(
                        name -> Stream.of("file", "include", "exists", "text", "json", "yaml", "base64enc")
                                .map(
                                        function -> DynamicTest.dynamicTest(
                                                function + " " + name,
                                                () -> refuses(
                                                        "{{ " + function + " \"" + name + "\" }}",
                                                        name
                                                                + " is outside the app's files, which are all that its templates may read"))));
    }

    @Test
    void directoriesOutsideTheTreeAreRefused() {
        refuses("{{ dir \"..\" }}", ".. is outside");
        refuses("{{ files \"way-out-dir\" }}", "way-out-dir is outside");
        refuses("{{ dirs \"/\" }}", "/ is outside");
    }

    @Test
    void filesOfTheTreeAreRead() throws TemplateException {
        assertThat(render("{{ file \"inside.txt\" }}|{{ file \"way-in\" }}|{{ include \"inside.txt\" \"a=1\" }}"))
                .isEqualTo("inside {{ $a }}|inside {{ $a }}|inside 1");
        assertThat(render("{{ include \"conf/part.sigil\" }}")).isEqualTo("part next");
        assertThat(render("{{ exists \"inside.txt\" }} {{ exists \"nope\" }} {{ dirs \"conf\" }} {{ files \"conf\" }}"))
                .isEqualTo("true false [deep] [next.sigil part.sigil]");
    }

    @Test
    void whatIsNoRegularFileIsNotRead() {
        refuses("{{ file \"conf\" }}", "error calling file: read conf: not a regular file");
    }

    @Test
    void onlyTheAppsConfigIsInTheEnvironment() throws TemplateException {
        assertThat(render("{{ var \"KEY\" }} {{ var \"port\" }} [{{ var \"PATH\" }}]"))
                .isEqualTo("value 5000 []");
    }

    @Test
    void aLoopOverABillionStops() {
        refuses("{{ range 1000000000 }}{{ end }}", "the template takes more than 10000000 steps");
        refuses("{{ seq 1000000000 }}", "the template takes more than 10000000 steps");
        refuses("{{ range seq 5000 }}{{ range seq 5000 }}{{ end }}{{ end }}", "more than 10000000 steps");
    }

    @Test
    void aTextThatDoublesForeverStops() {
        refuses("{{ $x := \"ab\" }}{{ range 60 }}{{ $x = print $x $x }}{{ end }}", "makes more than 8388608 bytes");
        refuses(
                "{{ $x := printf \"%1000000d\" 1 }}{{ replace \" \" $x $x }}",
                "the template makes more than 8388608 bytes");
        refuses(
                "{{ $x := printf \"%1000000d\" 1 }}{{ range 100 }}{{ $x }}{{ end }}",
                "the template makes more than 8388608 bytes");
        refuses(
                "{{ $x := printf \"%1000000d\" 1 }}{{ $l := append $x (seq 1) }}{{ range 20 }}{{ $l = append $x $l }}{{ end }}"
                        + "{{ join $x $l }}",
                "the template makes more than 8388608 bytes");
        refuses(
                "{{ $x := printf \"%1000000d\" 1 }}{{ $l := append $x (seq 1) }}{{ range 20 }}{{ $l = append $x $l }}{{ end }}"
                        + "{{ tojson $l }}",
                "the template makes more than 8388608 bytes");
    }

    @Test
    void whatWouldKeepMuchMemoryStops() {
        String large = "{{ $x := printf \"%1000000d\" 1 }}{{ $l := seq 0 }}";
        refuses(large + "{{ range 10000 }}{{ $l = append (slice $x 1) $l }}{{ end }}", "more than 10000000 steps");
        refuses(large + "{{ range 10000 }}{{ $l = append (substr \"1:900000\" $x) $l }}{{ end }}", "10000000 steps");
        refuses(large + "{{ range 10000 }}{{ $l = append (printf \"%1000000d\" .) $l }}{{ end }}", "10000000 steps");
        refuses(large + "{{ range 20 }}{{ $l = append (split \"\" $x) $l }}{{ end }}", "10000000 steps");
        refuses(
                "{{ $l := seq 10 }}{{ range 60 }}{{ $l = jmespath \"[@,@][]\" $l }}{{ end }}",
                "the template takes more than 10000000 steps");
    }

    @Test
    void aSearchThatWouldTakeLongIsNotBegun() {
        String texts = "{{ $x := printf \"%1000000d\" 1 }}{{ $y := print (slice $x 0 400000) \"b\" }}";
        refuses(texts + "{{ $z := split $y $x }}", "the template takes more than 10000000 steps");
        refuses(texts + "{{ $z := replace $y \"\" $x }}", "the template takes more than 10000000 steps");
        refuses(texts + "{{ match (printf \"*%s*%s\" $y $y) $x }}", "the template takes more than 10000000 steps");
    }

    @Test
    void aFileAndATemplateHaveALargestSize() throws IOException {
        Files.write(tree.resolve("large"), new byte[9 * KIB * KIB]);
        refuses("{{ file \"large\" }}", "read large: larger than 8388608 bytes");
        Files.write(tree.resolve("large.sigil"), new byte[2 * KIB * KIB]);
        refuses("{{ include \"large.sigil\" }}", "large.sigil:1: the template is larger than 1048576 bytes");
    }

    @Test
    void manyVariablesAndLongNumbersAreParsedInTime() throws TemplateException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 8_000; i++) {
            many.append("{{ $v").append(i).append(" }}");
        }
        assertThat(render(many.toString())).hasSize(8_000 * "<no value>".length());
        assertThatThrownBy(() -> render("{{ " + "1".repeat(900_000) + "e }}"))
                .hasMessageContaining("illegal number syntax");
        assertThatThrownBy(() -> render("{{ " + "1".repeat(900_000) + " }}")).hasMessageContaining("number syntax");
    }

    @Test
    void aTemplateThatCallsOrIncludesItselfStops() {
        refuses(
                "{{ define \"a\" }}{{ template \"a\" }}{{ end }}{{ template \"a\" }}",
                "exceeded maximum template depth (100)");
        refuses("{{ include \"loop.sigil\" }}", "exceeded maximum template depth (100)");
        refuses("{{ $x := \"{{ render $x (print \\\"x=\\\" $x) }}\" }}{{ render $x $x }}", "error calling render");
    }

    @Test
    void deepNestingIsRefused() {
        refuses("{{ " + "(".repeat(101) + "1" + ")".repeat(101) + " }}", "max expression depth exceeded");
        refuses("{{ if 1 }}".repeat(101) + "{{ end }}".repeat(101), "blocks nest too deeply");
        refuses("{{ if 0 }}" + "{{ else if 0 }}".repeat(101) + "{{ end }}", "blocks nest too deeply");
    }

    @Test
    void aRenderingThatTakesTooLongStops() {
        Bounds hasty = new Bounds(KIB, 10, Long.MAX_VALUE, Duration.ofMillis(50));
        assertThatThrownBy(() -> render("{{ range 1000000000000 }}{{ end }}", hasty))
                .hasMessageEndingWith("the template takes longer than 50 ms");
    }

    @Test
    void theStandardBoundsStopALoopOverABillion() {
        assertThat(Bounds.standard()).isEqualTo(new Bounds(8L * KIB * KIB, 100, 10_000_000, Duration.ofSeconds(2)));
        assertThatThrownBy(() -> render("{{ range 1000000000 }}{{ end }}", Bounds.standard()))
                .hasMessageContaining("the template takes ");
    }

    @Test
    void boundsThatBoundNothingAreRefused() {
        assertThatThrownBy(() -> new Bounds(0, 1, 1, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 bytes");
    }
}
