package dev.slipway.sigil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TemplateTest {
    private static final Map<String, ?> VALUES = Map.of(
            "APP", "shop",
            "DOKKU_APP_WEB_LISTENERS", "10.0.0.2:5000 10.0.0.3:5000",
            "PORTS", List.of("http:80:5000", "https:443:5000"));

    private static String render(String text) throws TemplateException {
        return rendering(text).text();
    }

    private static Rendering rendering(String text) throws TemplateException {
        Template template =
                Template.parse("nginx.conf.sigil", text, VALUES.keySet(), Mode.safe(Path.of("."), Bounds.standard()));
        return template.render(new Variables(VALUES, Map.of("SECRET", "s3cret")));
    }

    @Test
    void aVariableIsReadThreeWays() throws TemplateException {
        assertThat(render("{{ .APP }} {{ $.APP }} {{ $APP }}")).isEqualTo("shop shop shop");
    }

    @Test
    void aMissingVariableIsNoValue() throws TemplateException {
        assertThat(render("{{ .NOPE }} {{ $.NOPE }} {{ $NOPE }}")).isEqualTo("<no value> <no value> <no value>");
    }

    @Test
    void listenersAreSplitAndVisited() throws TemplateException {
        assertThat(render("{{ range .DOKKU_APP_WEB_LISTENERS | split \" \" }}server {{ . }};\n{{ end }}"))
                .isEqualTo("server 10.0.0.2:5000;\nserver 10.0.0.3:5000;\n");
    }

    @Test
    void varReadsTheEnvironmentAndTheStringVariables() throws TemplateException {
        assertThat(render("{{ var \"SECRET\" }} {{ var \"APP\" }} {{ var \"NOPE\" }}|"))
                .isEqualTo("s3cret shop |");
    }

    @Test
    void anErrorHasGosTextAndTheLineOfTheFile() {
        assertThatThrownBy(() -> render("a\nb {{ index .PORTS 5 }}\n"))
                .isInstanceOfSatisfying(
                        TemplateException.class,
                        error -> assertThat(error.line()).isEqualTo(2))
                .hasMessage("template: nginx.conf.sigil:2:5: executing \"nginx.conf.sigil\" at <index .PORTS 5>: "
                        + "error calling index: index out of range: 5");
    }

    @Test
    void anErrorThatStopsTheParserHasTheLine() {
        assertThatThrownBy(() -> render("a\n\n{{ if }}"))
                .isInstanceOfSatisfying(
                        TemplateException.class,
                        error -> assertThat(error.line()).isEqualTo(3))
                .hasMessage("template: nginx.conf.sigil:3: missing value for if");
    }

    @Test
    void aRenderedLineKnowsTheTemplatesLine() throws TemplateException {
        Rendering rendering = rendering("one\n{{ range .PORTS }}\n  listen {{ . }};\n{{ end }}\nlast");
        assertThat(rendering.text()).isEqualTo("one\n\n  listen http:80:5000;\n\n  listen https:443:5000;\n\nlast");
        assertThat(List.of(1, 3, 5, 7).stream().map(rendering::templateLine)).containsExactly(1, 3, 3, 5);
    }

    @Test
    void squeezedBlankLinesKeepTheMap() throws TemplateException {
        Rendering squeezed = rendering("one\n\n\n\ntwo\n{{ if false }}\n{{ end }}\n\nthree\n")
                .squeezeBlankLines();
        assertThat(squeezed.text()).isEqualTo("one\n\ntwo\n\nthree\n");
        assertThat(List.of(1, 3, 5).stream().map(squeezed::templateLine)).containsExactly(1, 5, 9);
    }

    @Test
    void linesOutsideTheTextAreItsNearest() throws TemplateException {
        Rendering rendering = rendering("one\ntwo");
        assertThat(List.of(-3, 0, 99).stream().map(rendering::templateLine)).containsExactly(1, 1, 2);
    }
}
