package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.model.Limits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResourceCommandsTest extends AtDesk {

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve\nws: talk");
    }

    @Test
    void limitsHoldFromTheNextStartOn() {
        assertThat(desk.ok("resource:limit", "--memory", "512MB", "--cpu", "0.5", "shop"))
                .isEqualTo("""
                =====> Setting resource limits for shop
                       cpu: 0.5
                       memory: 512MB
                """);
        assertThat(desk.ok("resource:limit", "shop", "--memory", "64", "--process-type", "ws"))
                .startsWith("=====> Setting resource limits for shop (ws)\n");
        desk.ok("ps:scale", "shop", "ws=1");
        desk.ok("ps:restart", "shop", "web");
        assertThat(desk.scheduler().spec("p01").limits()).isEqualTo(Limits.PROCESS);
        assertThat(desk.scheduler().spec("p02").limits())
                .isEqualTo(new Limits(64 * Limits.MIB, Limits.PROCESS.processes(), 0.5, 16 * Limits.MIB));
        assertThat(desk.scheduler().spec("p03").limits())
                .isEqualTo(new Limits(512 * Limits.MIB, Limits.PROCESS.processes(), 0.5, 128 * Limits.MIB));
    }

    @Test
    void whatIsSetIsShownReportedAndCleared() {
        assertThat(desk.ok("resource:limit", "shop"))
                .isEqualTo("=====> resource limits shop information [defaults]\n       cpu:\n       memory:\n");
        desk.ok("resource:limit", "--memory", "1g", "shop");
        desk.ok("resource:reserve", "--memory", "512", "--process-type", "web", "shop");
        assertThat(desk.ok("resource:reserve", "--process-type", "web", "shop"))
                .isEqualTo("=====> resource reservation shop information (web)\n       cpu:\n       memory: 512\n");
        assertThat(desk.ok("resource:report", "shop")).isEqualTo("""
                =====> shop resource information
                       Resource _default_ limit memory: 1g
                       Resource web reserve memory:     512
                """);
        assertThat(desk.ok("resource:report", "shop", "--resource-web.reserve.memory"))
                .isEqualTo("512\n");

        assertThat(desk.ok("resource:limit-clear", "--process-type", "ws", "shop"))
                .isEqualTo("=====> clearing shop limits (ws)\n");
        assertThat(desk.ok("resource:limit", "shop")).contains("memory: 1g");
        desk.ok("resource:limit", "--memory", "clear", "shop");
        desk.ok("resource:limit", "--cpu", "1", "--process-type", "ws", "shop");
        assertThat(desk.ok("resource:limit-clear", "shop")).isEqualTo("=====> clearing shop limits\n");
        desk.ok("resource:reserve-clear", "shop");
        assertThat(desk.ok("resource:report", "shop")).isEqualTo("=====> shop resource information\n");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            --memory,       15m,      Invalid value for memory
            --memory,       -1,       Invalid value for memory
            --memory,       1.5g,     Invalid value for memory
            --memory,       lots,     Invalid value for memory
            --memory,       999999999999g, Invalid value for memory
            --cpu,          0,        Invalid value for cpu
            --cpu,          -1,       Invalid value for cpu
            --cpu,          1e3,      Invalid value for cpu
            --cpu,          99999,    Invalid value for cpu
            --nvidia-gpu,   1,        --nvidia-gpu cannot be enforced
            --network,      100,      --network cannot be enforced
            --process-type, ../x,     ../x is not a valid process type
            --disk,         1g,       Unknown flag --disk
            """)
    void whatCannotBeEnforcedIsRefusedAndChangesNothing(String flag, String value, String message) {
        for (String verb : new String[] {"resource:limit", "resource:reserve"}) {
            Result result = desk.run(verb, flag, value, "shop");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).startsWith(" !     " + message);
        }
        assertThat(desk.ok("resource:report", "shop")).isEqualTo("=====> shop resource information\n");
        assertThat(desk.run("resource:limit").err()).isEqualTo(" !     Please specify an app to run the command on\n");
        assertThat(desk.run("resource:limit", "nope").exitCode()).isEqualTo(20);
    }
}
