package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandsTest {

    @TempDir
    private Path directory;

    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(directory);
        desk.deployed("shop", "web: serve");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void variablesAreSetShownAndUnset() {
        assertThat(desk.ok("config:set", "--no-restart", "shop", "KEY=a value", "LONGER_KEY=x=y"))
                .isEqualTo("""
                -----> Setting config vars
                       KEY:         a value
                       LONGER_KEY:  x=y
                """);
        String shown = "=====> shop env vars\nKEY:         a value\nLONGER_KEY:  x=y\n";
        assertThat(desk.ok("config:show", "shop")).isEqualTo(shown);
        assertThat(desk.ok("config", "shop")).isEqualTo(shown);
        assertThat(desk.ok("config:show", "shop", "--format", "json"))
                .isEqualTo("{\"KEY\":\"a value\",\"LONGER_KEY\":\"x=y\"}\n");
        assertThat(desk.ok("config:keys", "shop")).isEqualTo("KEY\nLONGER_KEY\n");
        assertThat(desk.ok("config:get", "shop", "KEY")).isEqualTo("a value\n");
        assertThat(desk.ok("config:get", "--quoted", "shop", "KEY")).isEqualTo("'a value'\n");

        assertThat(desk.ok("config:unset", "--no-restart", "shop", "KEY")).isEqualTo("-----> Unsetting KEY\n");
        assertThat(desk.run("config:get", "shop", "KEY"))
                .isEqualTo(new Result(1, "", " !     No variable KEY is set for shop\n"));
    }

    @Test
    void aChangeReplacesTheProcesses() {
        assertThat(desk.ok("config:set", "shop", "KEY=1"))
                .startsWith("-----> Setting config vars\n       KEY:  1\n-----> Restarting app shop\n");
        assertThat(desk.ok("ps:report", "shop", "--status-web-1")).isEqualTo("running (CID: p02)\n");
        assertThat(desk.ok("config:unset", "shop", "KEY"))
                .startsWith("-----> Unsetting KEY\n-----> Restarting app shop\n");
        assertThat(desk.ok("ps:report", "shop", "--status-web-1")).isEqualTo("running (CID: p03)\n");
    }

    @Test
    void encodedValuesMayHoldAnything() {
        desk.ok("config:set", "--encoded", "--no-restart", "shop", "KEY=bGluZSAxCmxpbmUgMgo=");
        assertThat(desk.ok("config:get", "shop", "KEY")).isEqualTo("line 1\nline 2\n\n");
        assertThat(desk.run("config:set", "--encoded", "--no-restart", "shop", "KEY=!")
                        .err())
                .startsWith(" !     A value is not base64");
    }

    @Test
    void aPairThatCannotBeChangesNothing() {
        List<List<String>> refused = List.of(
                List.of("KEY"),
                List.of("9KEY=x"),
                List.of("A-B=x"),
                List.of("=x"),
                List.of("GOOD=1", "BAD KEY=1"),
                List.of("BIG=" + "x".repeat(200_000)),
                List.of("k".repeat(200_000) + "=x"),
                List.of());
        for (List<String> pairs : refused) {
            List<String> words = new ArrayList<>(List.of("config:set", "shop"));
            words.addAll(pairs);
            Result result = desk.run(words.toArray(String[]::new));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).startsWith(" !     ").hasSizeLessThan(400);
        }
        assertThat(desk.ok("config:show", "shop")).isEqualTo("=====> shop env vars\n");
        assertThat(desk.ok("ps:report", "shop", "--status-web-1")).isEqualTo("running (CID: p01)\n");
    }

    @Test
    void allVariablesTogetherHaveALimit() {
        for (int i = 0; i < 10; i++) {
            desk.ok("config:set", "--no-restart", "shop", "K" + i + "=" + "x".repeat(100_000));
        }
        assertThat(desk.run("config:set", "--no-restart", "shop", "K10=" + "x".repeat(100_000))
                        .err())
                .isEqualTo(" !     All variables together are longer than 1048576 bytes\n");
    }

    @Test
    void nothingIsUnsetUnlessAllIsThere() {
        desk.ok("config:set", "--no-restart", "shop", "KEY=1");
        assertThat(desk.run("config:unset", "shop", "KEY", "OTHER"))
                .isEqualTo(new Result(1, "", " !     No variable OTHER is set for shop\n"));
        assertThat(desk.ok("config:get", "shop", "KEY")).isEqualTo("1\n");
    }
}
