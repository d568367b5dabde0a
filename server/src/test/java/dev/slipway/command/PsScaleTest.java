package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.model.ProcessType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ps:scale}: how many processes of each type there are, and shall be. */
class PsScaleTest extends AtDesk {

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve\nws: talk");
    }

    @Test
    void theScaleIsRead() {
        assertThat(desk.ok("ps:scale", "shop")).isEqualTo("""
                -----> Scaling for shop
                proctype: qty
                --------: ---
                web:  1
                ws:   0
                """);
        assertThat(desk.ok("--quiet", "--app", "shop", "ps:scale")).isEqualTo("web:  1\nws:   0\n");
        assertThat(desk.ok("ps:scale", "shop", "--format", "json"))
                .isEqualTo("[{\"process_type\":\"web\",\"quantity\":1},{\"process_type\":\"ws\",\"quantity\":0}]\n");
    }

    @Test
    void aWholeScaleIsReplacedOrClearedAtOnce() {
        desk.ok("ps:scale", "shop", "ws=2");
        desk.ok("ps:scale", "--replace", "shop", "web=3");
        assertThat(desk.ok("--quiet", "ps:scale", "shop")).isEqualTo("web:  3\nws:   0\n");
        desk.ok("ps:scale", "shop", "ws=1");
        desk.ok("ps:scale", "--clear", "shop");
        assertThat(desk.ok("--quiet", "ps:scale", "shop")).isEqualTo("web:  1\nws:   0\n");
        for (String words : List.of("--clear shop web=1", "--replace shop", "--clear --replace shop web=1")) {
            assertThat(desk.run(("ps:scale " + words).split(" ")).exitCode())
                    .as(words)
                    .isEqualTo(1);
        }
        assertThat(desk.ok("--quiet", "ps:scale", "shop")).isEqualTo("web:  1\nws:   0\n");
    }

    /** As in Dokku: a script that saves the scale and sets it again gets by, and none of what there is not is no error. */
    @Test
    void theReleaseTaskIsListedAndStaysAtNone() {
        desk.deployed("tasks", "release: migrate\nweb: serve");
        assertThat(desk.ok("--quiet", "ps:scale", "tasks")).isEqualTo("release: 0\nweb:  1\n");
        desk.ok("ps:scale", "tasks", "release=0", "nope=0", "web=2");
        assertThat(desk.ok("--quiet", "ps:scale", "tasks")).isEqualTo("release: 0\nweb:  2\n");
        assertThat(desk.run("ps:scale", "tasks", "release=1").err())
                .isEqualTo(" !     release is not a valid process name to scale up\n");
    }

    @Test
    void theScaleIsSetAndWhatRanBeforeIsLeftAlone() {
        assertThat(desk.ok("ps:scale", "shop", "ws=2")).startsWith("""
                -----> Scaling shop processes: ws=2
                -----> Deploying ws (count=2)
                """);
        assertThat(desk.ok("ps:scale", "shop")).endsWith("web:  1\nws:   2\n");
        assertThat(desk.scheduler().stopped()).isEmpty();
        assertThat(desk.scheduler().running()).hasSize(3);
    }

    /** The messages are Dokku's; that -1 is refused is ours. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            ws=abc,      Invalid count for process type ws
            ws=-1,       Invalid count for process type ws
            ws=1.5,      Invalid count for process type ws
            ws=99999,    Invalid count for process type ws
            ws,          Missing count for process type ws
            ws=,         Missing count for process type ws
            =1,          ' is not a valid process name to scale up'
            nope=1,      nope is not a valid process name to scale up
            release=1,   release is not a valid process name to scale up
            web=1 web=2, Process type web is given twice
            """)
    void aScaleThatCannotBeChangesNothing(String words, String message) {
        Result result = desk.run(("ps:scale shop " + words).split(" "));
        assertThat(result)
                .isEqualTo(new Result(1, "-----> Scaling shop processes: " + words + "\n", " !     " + message + "\n"));
        assertThat(desk.ok("ps:scale", "shop")).endsWith("web:  1\nws:   0\n");
    }

    @Test
    void withoutADeployTheScaleIsCheckedAllTheSame() {
        assertThat(desk.run("ps:scale", "--skip-deploy", "shop", "nope=1").exitCode())
                .isEqualTo(1);
        desk.ok("ps:scale", "--skip-deploy", "shop", "ws=1");
        assertThat(desk.scheduler().running()).hasSize(1);
        desk.ok("ps:start", "shop");
        assertThat(desk.scheduler().running()).hasSize(2);
    }

    @Test
    void anAppWhoseAppJsonHasAFormationIsScaledByItAlone() {
        desk.deployed("fixed", "web: serve\nws: talk", Optional.of("{\"formation\": {\"web\": {\"quantity\": 1}}}"));
        String message =
                " !     App fixed contains an app.json file with a formation key and cannot be manually scaled\n";
        assertThat(desk.run("ps:scale", "fixed", "ws=1")).isEqualTo(new Result(1, "", message));
        assertThat(desk.run("ps:scale", "--skip-deploy", "fixed", "web=2")).isEqualTo(new Result(1, "", message));
        assertThat(desk.ok("ps:scale", "fixed")).endsWith("web:  1\nws:   0\n");
        assertThat(desk.ok("ps:report", "fixed", "--ps-can-scale")).isEqualTo("false\n");
    }

    @Test
    void aScaleThatNginxRefusesChangesNothing() {
        desk.proxy()
                .refuse(site -> site.listeners()
                        .getOrDefault(new ProcessType("ws"), List.of())
                        .isEmpty());
        desk.ok("ps:scale", "shop", "ws=1");
        Result result = desk.run("ps:scale", "shop", "ws=0");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("nginx.conf.sigil:7");
        assertThat(desk.ok("ps:scale", "shop")).endsWith("ws:   1\n");
        assertThat(desk.scheduler().stopped()).isEmpty();
    }
}
