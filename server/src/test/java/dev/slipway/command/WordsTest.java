package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void theFlagsOfEveryCommandMayStandAnywhere() {
        Words expected = new Words("ps:scale", List.of("shop", "ws=1"), true, false);

        assertThat(Words.of(List.of("--quiet", "--app", "shop", "ps:scale", "ws=1")))
                .isEqualTo(expected);
        assertThat(Words.of(List.of("ps:scale", "ws=1", "--app=shop", "--quiet")))
                .isEqualTo(expected);
    }

    @Test
    void behindTwoHyphensTheyAreWordsAsAnyOther() {
        assertThat(Words.of(List.of("run", "shop", "--", "--quiet", "--app", "x")))
                .isEqualTo(new Words("run", List.of("shop", "--", "--quiet", "--app", "x"), false, false));
    }

    @Test
    void twoHyphensBeforeTheCommandEndTheFlagsOfTheClient() {
        assertThat(Words.of(List.of("--", "--app", "shop", "ps:scale")))
                .isEqualTo(new Words("ps:scale", List.of("shop"), false, false));
    }

    @Test
    void anAppThatIsNamedByTheFlagAndAsTheFirstWordIsNamedOnce() {
        assertThat(Words.of(List.of("--app", "shop", "apps:create", "shop")))
                .isEqualTo(new Words("apps:create", List.of("shop"), false, false));
        assertThat(Words.of(List.of("--trace", "--app", "shop", "run", "--", "shop")))
                .isEqualTo(new Words("run", List.of("shop", "--", "shop"), false, false));
    }

    @Test
    void forceBeforeTheCommandIsKeptApart() {
        assertThat(Words.of(List.of("--force", "apps:destroy", "shop")))
                .isEqualTo(new Words("apps:destroy", List.of("shop"), false, true));
        assertThat(Words.of(List.of("apps:destroy", "shop", "--force")))
                .isEqualTo(new Words("apps:destroy", List.of("shop", "--force"), false, false));
    }

    @Test
    void aLabelForDockerBeforeTheCommandIsPassedOver() {
        Words expected = new Words("run:detached", List.of("shop", "--label=mine"), false, false);

        assertThat(Words.of(List.of("--label=a=b", "run:detached", "shop", "--label=mine")))
                .isEqualTo(expected);
        assertThat(Words.of(List.of("--label", "a=b", "run:detached", "shop", "--label=mine")))
                .isEqualTo(expected);
    }

    @Test
    void anAppFlagWithoutAnAppIsRefused() {
        assertThatThrownBy(() -> Words.of(List.of("ps:scale", "--app")))
                .isInstanceOf(UserException.class)
                .hasMessage("The flag --app needs a value");
    }
}
