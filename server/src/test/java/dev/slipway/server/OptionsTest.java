package dev.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionsTest {

    private static final Path DATA = Path.of("/var/lib/slipway");

    @Test
    void theDefaultsAreThoseOfTheManual() {
        Options options = Options.parse(List.of(), DATA);
        assertThat(options.data()).isEqualTo(DATA);
        assertThat(List.of(options.sshPort(), options.httpPort(), options.httpsPort()))
                .containsExactly(2222, 80, 443);
    }

    @Test
    void allProblemsAreNamedAtOnceAndNumbered() {
        assertThatThrownBy(() -> Options.parse(
                        List.of(
                                "--http-port",
                                "0",
                                "--data",
                                "relative",
                                "--nope",
                                "x",
                                "--domain",
                                "a b",
                                "--ssh-port"),
                        DATA))
                .hasMessageContaining("1. --http-port must be a port")
                .hasMessageContaining("2. --data must be an absolute path")
                .hasMessageContaining("3. --nope is unknown")
                .hasMessageContaining("4. --domain: ")
                .hasMessageContaining("5. --ssh-port is unknown, or lacks its value")
                .hasMessageContaining("Usage: slipway server");
    }
}
