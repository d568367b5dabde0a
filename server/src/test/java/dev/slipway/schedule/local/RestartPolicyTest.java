package dev.slipway.schedule.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

    private final RestartPolicy policy = RestartPolicy.ON_FAILURE_10;

    @Test
    void onlyAFailureIsAnsweredAndTenTimesAtMost() {
        assertThat(policy.again(0, 0)).isFalse();
        assertThat(policy.again(1, 1)).isTrue();
        assertThat(policy.again(143, 10)).isTrue();
        assertThat(policy.again(1, 11)).isFalse();
    }

    @Test
    void pausesGrowUpToAMinute() {
        assertThat(policy.pause(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(policy.pause(2)).isEqualTo(Duration.ofMillis(200));
        assertThat(policy.pause(10)).isEqualTo(Duration.ofMillis(51_200));
        assertThat(policy.pause(11)).isEqualTo(Duration.ofMinutes(1));
        assertThat(policy.pause(1_000_000)).isEqualTo(Duration.ofMinutes(1));
    }
}
