package dev.slipway.sigil;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Whatever is pushed as a template renders or fails with the engine's own error, within its bounds.
 *
 * <p>The build tries two thousand inputs. For longer:
 * {@code JAZZER_MAX_EXECUTIONS=0 JAZZER_MAX_DURATION=10m mvn -pl sigil test-compile surefire:test@fuzz}
 */
final class TemplateFuzzTest {
    private static final Bounds BOUNDS = new Bounds(1 << 16, 40, 50_000, Duration.ofSeconds(2));

    private static final String[] FRAGMENTS = """
            {{ |{{- | }}| -}}|\\}}\n{{|{{/* c */}}|if |else |else if |end|range |with |define "t"|block "t" .|template "t" .|break|continue
            .|.A|.L|.M.k|$|$x|$A|$x := |$x = |$i, $v := |nil|true|1|-2|3.5|1e9|0x1F|1+2i|'a'|"s"|"%d %v %q %5.2f %#v %[2]*[1]d"|`raw`
            (|)| | . |,|:=|"|'|`|\n|\t|\u00e9|\ud83d\ude80
            and |or |not |eq |ne |lt |le |gt |ge |len |index |slice |print |printf |println |html |js |urlquery |call \
            |default |var |capitalize |lower |upper |replace |trim |indent |match |render |include |stdin |substr |base64enc |base64dec \
            |file |exists |dir |dirs |files |text |sh |httpget |pointer |json |jmespath |tojson |yaml |toyaml |uniq |drop |append |seq |join \
            |joinkv |split |splitkv |1000000000|"*[a-z]"|"a[?b > `1`].c | sort_by(@, &d)"|"/x/0"|"k=v"|"java"|".."|"/etc/passwd"
            """.split("[|\n]");

    private static final Map<String, ?> VALUES = Map.of(
            "A",
            "10.0.0.2:5000 10.0.0.3:5000",
            "L",
            Arrays.asList("a", 1, 2.5, null, true),
            "M",
            Map.of("k", List.of("v")));

    @FuzzTest(maxExecutions = 2000)
    void aTemplateRendersOrFailsWithItsOwnError(FuzzedDataProvider data) {
        String text = data.consumeBoolean() ? fragments(data) : data.consumeRemainingAsString();
        try {
            Template template = Template.parse("fuzz", text, VALUES.keySet(), Mode.safe(Path.of("src/test"), BOUNDS));
            Rendering rendering = template.render(new Variables(VALUES, Map.of("SECRET", "x")));
            int lines = (int) text.lines().count() + 1;
            assertThat(rendering.templateLine(Integer.MAX_VALUE)).isBetween(1, lines);
            assertThat(rendering.squeezeBlankLines().text()).doesNotContain("\n\n\n");
        } catch (TemplateException refused) {
            assertThat(refused.line()).isPositive();
        }
    }

    private static String fragments(FuzzedDataProvider data) {
        StringBuilder text = new StringBuilder();
        while (data.remainingBytes() > 0) {
            text.append(data.pickValue(FRAGMENTS));
        }
        return text.toString();
    }
}
