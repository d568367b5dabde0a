package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.model.Draining;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChecksCommandsTest {

    private Desk desk;

    @BeforeEach
    void open(@TempDir Path directory) {
        desk = new Desk(directory);
        desk.deployed("shop", "web: serve\nws: talk");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void anAppsOwnSettingComesBeforeTheGlobalOneBeforeTheDefault() {
        assertThat(desk.ok("checks:report", "shop")).isEqualTo("""
                =====> shop checks information
                       Checks computed drain timeout:  600
                       Checks computed max draining:   5
                       Checks computed wait to retire: 60
                       Checks drain timeout:
                       Checks global drain timeout:
                       Checks global max draining:
                       Checks global wait to retire:
                       Checks max draining:
                       Checks wait to retire:
                """);
        desk.ok("checks:set", "--global", "drain-timeout", "10m");
        assertThat(desk.ok("checks:report", "shop", "--checks-computed-drain-timeout"))
                .isEqualTo("600\n");
        desk.ok("checks:set", "--global", "drain-timeout", "1h");
        assertThat(desk.ok("checks:report", "shop", "--checks-computed-drain-timeout"))
                .isEqualTo("3600\n");
        assertThat(desk.ok("checks:set", "shop", "drain-timeout", "0"))
                .isEqualTo("-----> Setting drain-timeout to 0\n");
        assertThat(desk.ok("checks:report", "shop", "--checks-computed-drain-timeout"))
                .isEqualTo("0\n");
        assertThat(desk.ok("checks:set", "shop", "drain-timeout")).isEqualTo("-----> Unsetting drain-timeout\n");
        assertThat(desk.ok("checks:report", "shop", "--checks-computed-drain-timeout"))
                .isEqualTo("3600\n");
    }

    @ParameterizedTest
    @CsvSource({
        "drain-timeout,1.5",
        "drain-timeout,31d",
        "drain-timeout,soon",
        "wait-to-retire,1y",
        "max-draining,0",
        "max-draining,101",
        "max-draining,1h"
    })
    void whatIsNoTimeOrCountIsRefused(String property, String value) {
        Result result = desk.run("checks:set", "shop", property, value);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith(" !     " + property + " must be a whole number");
    }

    @Test
    void anUnknownPropertyIsToldTheOthers() {
        assertThat(desk.run("checks:set", "shop", "nope", "1").err())
                .isEqualTo(" !     Invalid property specified, valid properties include:"
                        + " wait-to-retire, drain-timeout, max-draining\n");
    }

    @Test
    void replacedProcessesHaveTheLongerOfTheTwoTimes() {
        desk.ok("ps:restart", "shop");
        assertThat(deadlines()).containsExactly(600L);
        desk.ok("checks:set", "shop", "wait-to-retire", "20m");
        desk.ok("ps:restart", "shop");
        assertThat(deadlines()).containsExactlyInAnyOrder(600L, 1200L);
    }

    @Test
    void whoWantsNoDrainHasNoneUnlessRequestsGetTheirTime() {
        desk.ok("checks:set", "shop", "drain-timeout", "0");
        desk.ok("checks:set", "shop", "wait-to-retire", "5");
        desk.ok("ps:restart", "shop");
        assertThat(deadlines()).containsExactly(5L);
    }

    private List<Long> deadlines() {
        return desk.store().draining().values().stream()
                .map(Draining::deadline)
                .map(deadline -> deadline.getEpochSecond() - Desk.NOW.getEpochSecond())
                .toList();
    }

    /** All restarts of this test happen at one moment, so they are one generation to it: the bound counts generations. */
    @Test
    void atTheMostThereMayBeTheOldestGoesAndItIsSaidWhatThatCosts() {
        desk.ok("checks:set", "shop", "max-draining", "1");
        desk.ok("ps:restart", "shop");
        assertThat(desk.run("ps:restart", "shop").err())
                .isEqualTo(" !     shop has 1 draining generations, the most that checks:set shop max-draining allows:"
                        + " the oldest is retired now, which costs 1 socket\n");
    }
}
