package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.command.Syntax.Arguments;
import dev.slipway.model.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxTest {

    private static final Syntax SCALE =
            Syntax.of("scale <app> [<process=count>...] [--skip-deploy] [-n|--num <count>]");
    private static final Syntax SET = Syntax.of("set --global|<app> <property> [<value>]");

    @Test
    void wordsGetTheNamesOfTheUsageLineInTheirOrder() {
        Arguments read = SCALE.read(List.of("shop", "--skip-deploy", "web=1", "-n", "5", "ws=2"));

        assertThat(read.one("app")).isEqualTo("shop");
        assertThat(read.all("process=count")).containsExactly("web=1", "ws=2");
        assertThat(read.has("--skip-deploy")).isTrue();
        assertThat(read.value("--num")).hasValue("5");
        assertThat(read.plain()).containsExactly("shop", "web=1", "ws=2");
    }

    @Test
    void aFlagTakesItsValueFromTheSameWordOrTheNext() {
        assertThat(SCALE.read(List.of("shop", "--num=5")).value("--num")).hasValue("5");
        assertThat(SCALE.read(List.of("shop", "--num", "5")).value("--num")).hasValue("5");
        assertThat(SCALE.read(List.of("shop")).value("--num")).isEmpty();
    }

    @Test
    void behindTwoHyphensNothingIsAFlag() {
        assertThat(SCALE.read(List.of("shop", "--", "--num", "-x")).all("process=count"))
                .containsExactly("--num", "-x");
    }

    @Test
    void aFlagMayStandInTheAppsPlace() {
        Arguments global = SET.read(List.of("--global", "hsts", "false"));
        assertThat(global.has("--global")).isTrue();
        assertThat(global.optional("app")).isEmpty();
        assertThat(global.one("property")).isEqualTo("hsts");
        assertThat(global.optional("value")).hasValue("false");

        Arguments own = SET.read(List.of("shop", "hsts"));
        assertThat(own.one("app")).isEqualTo("shop");
        assertThat(own.optional("value")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                    | Please specify an app to run the command on
            shop --nope           | Unknown flag --nope: scale <app>
            shop -x               | Unknown flag -x: scale <app>
            shop -n               | The flag -n needs a value
            shop --skip-deploy=no | The flag --skip-deploy takes no value
            """)
    void wordsThatTheUsageLineDoesNotHaveAreRefused(String words, String message) {
        List<String> all = words.isEmpty() ? List.of() : List.of(words.split(" "));
        assertThatThrownBy(() -> SCALE.read(all))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aMissingOrAnExtraWordIsNamed() {
        assertThatThrownBy(() -> SET.read(List.of("shop")))
                .hasMessage("No property specified: set --global|<app> <property> [<value>]");
        assertThatThrownBy(() -> SET.read(List.of("--global", "hsts", "false", "more")))
                .hasMessageStartingWith("Too many words, beginning with 'more'");
        assertThatThrownBy(() -> SET.read(List.of("a", "b", "c", "d\u001b[31m" + "x".repeat(100_000))))
                .hasMessageStartingWith("Too many words, beginning with 'd?[31mxxx")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }
}
