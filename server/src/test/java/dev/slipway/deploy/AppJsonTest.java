package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AppJsonTest {

    @Test
    void startupChecksAreReadAndTheOthersPassedOver() {
        AppJson read = AppJson.parse("""
                {"healthchecks": {"web": [
                  {"type": "startup", "name": "page", "path": "/", "attempts": 10, "wait": 1, "timeout": 2, "content": "hi"},
                  {"type": "liveness", "path": "/live"}],
                 "ws": [{"listening": true, "port": 6000}]}}
                """);
        assertThat(read.healthchecks())
                .isEqualTo(Map.of(
                        ProcessType.WEB,
                        List.of(new Healthcheck(
                                "page",
                                new Healthcheck.Probe.Path(5000, "/", "hi"),
                                10,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(1),
                                Duration.ZERO)),
                        new ProcessType("ws"),
                        List.of(new Healthcheck(
                                "default",
                                new Healthcheck.Probe.Listening(6000),
                                3,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ZERO))));
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void thePublishedExamplesWrongKeysAreWarnedAboutWithTheLine() {
        AppJson read = AppJson.parse("{\n  \"name\": \"x\",\n  \"formations\": {\"web\": {\"count\": 1}}\n}\n");
        assertThat(read.formation()).isEmpty();
        assertThat(read.warnings()).containsExactly("app.json:3: formations is not read: the key is formation");
    }

    @Test
    void aQuantityIsAWholeNumber() {
        assertThat(AppJson.parse("{\"formation\": {\"web\": {\"quantity\": 2}}}")
                        .formation())
                .isEqualTo(Map.of(ProcessType.WEB, 2));
        assertThatThrownBy(() -> AppJson.parse("{\n\"formation\": {\n\"web\": {\"quantity\": -1}}}"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("app.json:3")
                .hasMessageContaining("quantity of web");
    }

    @Test
    void whatIsNotJsonIsRefusedWithItsLine() {
        assertThatThrownBy(() -> AppJson.parse("{\n\"formation\": {,}\n}"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("app.json:2: ");
        assertThatThrownBy(() -> AppJson.parse("[]")).hasMessageContaining("not a JSON object");
    }
}
