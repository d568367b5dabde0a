package dev.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartPolicyTest {

    @Test
    void onFailureAnswersFailuresAsOftenAsItSays() {
        RestartPolicy policy = RestartPolicy.ON_FAILURE_10;
        assertThat(policy.again(0, 0)).isFalse();
        assertThat(policy.again(1, 1)).isTrue();
        assertThat(policy.again(143, 10)).isTrue();
        assertThat(policy.again(1, 11)).isFalse();
        assertThat(RestartPolicy.parse("on-failure").again(1, 1_000)).isTrue();
    }

    @Test
    void noAnswersNothingAndTheOthersEverything() {
        assertThat(RestartPolicy.parse("no").again(1, 1)).isFalse();
        assertThat(RestartPolicy.parse("always").again(0, 1_000)).isTrue();
        assertThat(RestartPolicy.parse("unless-stopped").again(0, 1_000)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "always", "unless-stopped", "on-failure", "on-failure:3"})
    void itIsWrittenAsItIsRead(String text) {
        assertThat(RestartPolicy.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "never", "on-failure:", "on-failure:-1", "on-failure:1.5", "always:3", "on-failure:99999999"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> RestartPolicy.parse(text))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("on-failure:10");
    }
}
