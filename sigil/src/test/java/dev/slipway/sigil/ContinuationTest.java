package dev.slipway.sigil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What sigil does to a text before it is parsed, and the way back to the lines that the user wrote. */
final class ContinuationTest {
    private static Rendering render(String text) throws TemplateException {
        return Template.parse("t", text, List.of("x"), Mode.full()).render(Variables.of(Map.of("x", "1")));
    }

    @Test
    void aBackslashJoinsTwoActions() throws TemplateException {
        assertThat(render("a {{ $y := 1 \\}}\n{{ $y }} b").text()).isEqualTo("a 1 b");
    }

    @Test
    void onlyALineBreakBetweenActionsIsJoined() throws TemplateException {
        assertThat(render("\\}}\n{{ 1 }}").text()).isEqualTo("}}1");
        assertThatThrownBy(() -> render("{{ 1 \\}}\n {{ 2 }}"))
                .hasMessage("template: t:1: unexpected \"\\\\\" in operand");
    }

    @Test
    void gosMessageCountsJoinedLinesAndTheLineIsTheUsers() {
        assertThatThrownBy(() -> render("l1 {{ 1 \\}}\n{{ 2 \\}}\n{{ 3 }}\nl4 {{ index \"a\" 5 }}"))
                .hasMessageStartingWith("template: t:2:6: executing \"t\" at <index \"a\" 5>")
                .isInstanceOfSatisfying(TemplateException.class, failure -> {
                    assertThat(failure.line()).isEqualTo(4);
                    assertThat(failure.column()).hasValue(7);
                });
    }

    @Test
    void theColumnIsTheUsersEvenBehindTheDeclarations() {
        assertThatThrownBy(() -> render("{{ index \"a\" 5 }}"))
                .hasMessageStartingWith("template: t:1:17: ")
                .isInstanceOfSatisfying(
                        TemplateException.class,
                        failure -> assertThat(failure.column()).hasValue(4));
    }

    @Test
    void theLineMapGoesByTheUsersLines() throws TemplateException {
        Rendering rendering = render("a\n{{ 1 \\}}\n{{ 2 \\}}\n{{ 3 }}\nb");
        assertThat(rendering.text()).isEqualTo("a\n123\nb");
        assertThat(List.of(1, 2, 3).stream().map(rendering::templateLine)).containsExactly(1, 2, 5);
    }

    @Test
    void aMentionedNameIsAVariableAndInTheDot() throws TemplateException {
        assertThat(render("{{ $ghost }} {{ . }} $zzz").text())
                .isEqualTo("<no value> map[ghost:<nil> x:1 zzz:<nil>] $zzz");
    }

    @Test
    void aTemplateThatIsDefinedSeesNoVariable() {
        assertThatThrownBy(() -> render("\n{{ define \"d\" }}{{ $x }}{{ end }}"))
                .hasMessage("template: t:2: undefined variable \"$x\"");
    }

    @Test
    void aDeclaredNameThatCannotBeAVariableStopsTheParser() {
        assertThatThrownBy(() -> Template.parse("t", "x", List.of("a-b"), Mode.full()))
                .hasMessage("template: t:1: bad character U+002D '-'");
    }
}
