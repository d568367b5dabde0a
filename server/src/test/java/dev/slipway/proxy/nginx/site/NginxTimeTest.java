package dev.slipway.proxy.nginx.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NginxTimeTest {

    @ParameterizedTest
    @CsvSource({
        "6h, PT6H",
        "1h30m, PT1H30M",
        "90, PT90S",
        "500ms, PT0.5S",
        "1m1s1ms, PT1M1.001S",
        "1M, PT720H",
        "1y1w1d, PT8952H"
    })
    void spansAreReadAsNginxReadsThem(String text, Duration span) {
        assertThat(NginxTime.parse(text)).isEqualTo(span);
    }
}
