package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogsCommandsTest extends AtDesk {

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve");
    }

    @Test
    void theLengthOfLogsIsSetReportedAndChecked() {
        assertThat(desk.ok("logs:set", "shop", "max-size", "20m")).isEqualTo("=====> Setting max-size to 20m\n");
        desk.ok("logs:set", "--global", "max-size", "unlimited");
        assertThat(desk.ok("logs:report", "shop")).isEqualTo("""
                        =====> shop logs information
                               Logs computed max size:        20m
                               Logs global max size:          unlimited
                               Logs global vector sink:
                               Logs max size:                 20m
                               Logs vector global image:
                               Logs vector sink:
                        """);
        desk.ok("logs:set", "shop", "max-size");
        assertThat(desk.ok("logs:report", "shop", "--logs-computed-max-size")).isEqualTo("unlimited\n");
        assertThat(desk.run("logs:set", "shop", "max-size", "20").err())
                .isEqualTo(" !     Invalid max-size unit measure, value must end in any of [k, m, g]\n");
        for (String bad : List.of("m", "1k", "-5m", "1.5g", "9999999999g")) {
            assertThat(desk.run("logs:set", "shop", "max-size", "--", bad).exitCode())
                    .as(bad)
                    .isEqualTo(1);
        }
    }

    @Test
    void vectorIsNoPartOfIt() {
        assertThat(desk.run("logs:set", "shop", "vector-sink", "console://x").err())
                .startsWith(" !     Vector is not part of Slipway: have an agent");
        assertThat(desk.run("logs:set", "shop", "nope", "x").err())
                .isEqualTo(" !     Invalid property specified, valid properties include: max-size\n");
    }

    @Test
    void withoutAFailedDeployThereIsNothingToShow() {
        assertThat(desk.ok("logs:failed", "shop")).isEqualTo("""
                        =====> shop failed deploy logs
                               No deploy of shop failed that started processes
                        """);
        assertThat(desk.ok("logs:failed", "--all")).startsWith("=====> shop failed deploy logs\n");
        assertThat(desk.run("logs:failed", "nope").exitCode()).isEqualTo(20);
    }

    @Test
    void anAppThatIsNotThereIsToldBeforeAMissingProperty() {
        assertThat(desk.run("logs:set"))
                .isEqualTo(new Result(1, "", " !     Please specify an app to run the command on\n"));
        assertThat(desk.run("logs:set", "gone")).isEqualTo(new Result(20, "", " !     App gone does not exist\n"));
        assertThat(desk.run("logs:set", "../x")).isEqualTo(new Result(20, "", " !     App ../x does not exist\n"));
        assertThat(desk.run("logs:set", "shop")).isEqualTo(new Result(1, "", " !     No property specified\n"));
        assertThat(desk.run("logs:set", "--global")).isEqualTo(new Result(1, "", " !     No property specified\n"));
    }
}
