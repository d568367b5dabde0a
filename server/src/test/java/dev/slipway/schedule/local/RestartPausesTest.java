package dev.slipway.schedule.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPausesTest {

    @Test
    void pausesGrowUpToAMinute() {
        RestartPauses pauses = RestartPauses.GROWING;
        assertThat(pauses.after(0)).isEqualTo(Duration.ofMillis(100));
        assertThat(pauses.after(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(pauses.after(2)).isEqualTo(Duration.ofMillis(200));
        assertThat(pauses.after(10)).isEqualTo(Duration.ofMillis(51_200));
        assertThat(pauses.after(11)).isEqualTo(Duration.ofMinutes(1));
        assertThat(pauses.after(1_000_000)).isEqualTo(Duration.ofMinutes(1));
    }
}
