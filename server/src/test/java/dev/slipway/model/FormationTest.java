package dev.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class FormationTest {

    private static final ProcessType WS = new ProcessType("ws");
    private static final Procfile BOTH = Procfile.parse("Procfile", "web: a\nws: b\n");

    @Test
    void aFirstDeployRunsOneWebAndNothingElse() {
        assertThat(Formation.EMPTY.fit(BOTH).counts()).isEqualTo(Map.of(ProcessType.WEB, 1, WS, 0));
    }

    @Test
    void laterDeploysKeepWhatWasSetAndForgetTypesThatAreGone() {
        Formation scaled =
                Formation.EMPTY.with(WS, 3).with(new ProcessType("old"), 2).with(ProcessType.WEB, 0);
        assertThat(scaled.fit(BOTH).counts()).isEqualTo(Map.of(ProcessType.WEB, 0, WS, 3));
    }

    @Test
    void whatShouldRunAndIsNotInTheProcfileIsNamed() {
        Procfile ws = Procfile.parse("Procfile", "ws: b\n");
        ProcessType old = new ProcessType("old");
        assertThat(Formation.EMPTY.missingFrom(ws)).containsExactly(ProcessType.WEB);
        assertThat(Formation.EMPTY.missingFrom(BOTH)).isEmpty();
        assertThat(Formation.EMPTY.with(old, 2).with(ProcessType.WEB, 0).missingFrom(ws))
                .containsExactly(old);
    }

    @Test
    void processesAreNumberedFromOne() {
        assertThat(Formation.EMPTY.with(WS, 2).with(ProcessType.WEB, 1).processes())
                .extracting(ProcessName::toString)
                .containsExactly("web.1", "ws.1", "ws.2");
    }

    @Test
    void negativeAndAbsurdCountsAreRefused() {
        assertThatThrownBy(() -> Formation.EMPTY.with(WS, -1)).hasMessage("Invalid count for process type ws");
        assertThatThrownBy(() -> Formation.EMPTY.with(WS, 100_000)).isInstanceOf(UserException.class);
    }
}
