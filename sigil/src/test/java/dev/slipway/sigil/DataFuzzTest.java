package dev.slipway.sigil;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipway.sigil.jmespath.Query;
import dev.slipway.sigil.json.JsonReader;
import dev.slipway.sigil.json.JsonWriter;
import dev.slipway.sigil.limit.Budget;
import dev.slipway.sigil.limit.LimitExceeded;
import dev.slipway.sigil.posix.PosixExpansion;
import dev.slipway.sigil.value.Bytes;
import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.yaml.YamlReader;
import dev.slipway.sigil.yaml.YamlWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whatever stands in a file of data is read, written and searched, or refused with a message, within bounds. */
final class DataFuzzTest {
    private static final String[] FRAGMENTS = {
        "a",
        "b: ",
        "- ",
        "? ",
        ": ",
        "\n",
        "\n  ",
        "\n- ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "\"",
        "'",
        "\\",
        "&x ",
        "*x",
        "!!int ",
        "!!str ",
        "!t ",
        "%YAML 1.1\n",
        "---\n",
        "...\n",
        "# c\n",
        " |",
        ">-",
        "|2+",
        "<<: *x\n",
        "0x1F",
        "1e3",
        "1_0",
        "~",
        "yes",
        ".inf",
        "2001-01-01",
        "null",
        "true",
        "-1.5e7",
        "\\u00e9",
        "\\ud83d",
        "\t",
        "\r\n",
        "\u0085",
        "\u00e9",
        ".",
        ".*",
        "[*]",
        "[?",
        "[]",
        "[0]",
        "[1:]",
        "::-1",
        "@",
        "&",
        "`1`",
        "'s'",
        "==",
        "<",
        "||",
        "&&",
        "!",
        "sort_by(",
        "max_by(",
        "map(",
        "join(",
        "keys(",
        "to_string(",
        ")",
        "$",
        "${",
        "a:-",
        "a:=",
        "a:?",
        "a:+",
        "#"
    };

    @FuzzTest(maxExecutions = 2000)
    void dataIsReadOrRefused(FuzzedDataProvider data) {
        int kind = data.consumeInt(0, 3);
        String text = Bytes.of(data.consumeBoolean() ? fragments(data) : data.consumeRemainingAsString());
        Budget budget = new Budget(200_000, 1 << 16, 40, Duration.ofSeconds(2));
        try {
            switch (kind) {
                case 0 -> readAgain(JsonReader.read(text, budget), budget, true);
                case 1 -> readAgain(YamlReader.read(text, budget), budget, false);
                case 2 ->
                    Query.search(text, JsonReader.read("{\"a\":[{\"b\":[1,2]},{\"b\":\"x\"},null]}", budget), budget);
                default -> new PosixExpansion(new HashMap<>(Map.of("a", "1"))).expand(text);
            }
        } catch (FunctionException | LimitExceeded refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }

    /** What was written once reads and writes as the same from then on; the first time a -0.0 becomes a 0. */
    private static void readAgain(@Nullable Object value, Budget budget, boolean json) {
        String once = written(value, budget, json);
        String twice = written(read(once, budget, json), budget, json);
        assertThat(written(read(twice, budget, json), budget, json)).isEqualTo(twice);
    }

    private static String written(@Nullable Object value, Budget budget, boolean json) {
        return json ? JsonWriter.write(value, budget) : YamlWriter.write(value, budget);
    }

    private static @Nullable Object read(String text, Budget budget, boolean json) {
        return json ? JsonReader.read(text, budget) : YamlReader.read(text, budget);
    }

    private static String fragments(FuzzedDataProvider data) {
        StringBuilder text = new StringBuilder();
        while (data.remainingBytes() > 0) {
            text.append(data.pickValue(FRAGMENTS));
        }
        return text.toString();
    }
}
