package dev.slipway.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.exec.Command;
import dev.slipway.exec.SystemRunner;
import dev.slipway.model.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "apps:list",
                "  ps:scale\tshop  web=1\nws=2 ",
                "config:set shop A='two words' B=\"three more words\" C=four\\ words",
                "a'b'\"c\"d",
                "'' \"\" x''",
                "'it'\\''s' \"a 'quoted' word\"",
                "\"a \\\" b \\\\ c \\n d\"",
                "a\\\nb \"c\\\nd\"",
                "\\a\\'\\\"\\\\",
                "ü 'ß ñ' \\é"
            })
    void wordsAreWhatAShellWouldMakeOfThem(String line) {
        String shell = new SystemRunner().out(Command.of("sh", "-c", "printf '%s\\0' begin " + quietNewlines(line)));

        assertThat(ShellWords.split(line))
                .isEqualTo(List.of(shell.split("\0")).subList(1, shell.split("\0", -1).length - 1));
    }

    /** A newline ends a shell's command, where here it parts words; quoted and escaped ones mean the same to both. */
    private static String quietNewlines(String line) {
        return line.replaceAll("(?<!\\\\)\n", " ");
    }

    @Test
    void nothingIsExpandedOrRun() {
        assertThat(ShellWords.split("a $HOME `id` $(id) * ~ ; b | c & # d >e"))
                .containsExactly("a", "$HOME", "`id`", "$(id)", "*", "~", ";", "b", "|", "c", "&", "#", "d", ">e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a 'b", "a \"b", "\"a\\\"", "it's"})
    void aQuoteThatIsNotClosedIsRefused(String line) {
        assertThatThrownBy(() -> ShellWords.split(line))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("not closed");
    }

    @Test
    void aLastBackslashAndNulAreRefused() {
        assertThatThrownBy(() -> ShellWords.split("a\\")).isInstanceOf(UserException.class);
        assertThatThrownBy(() -> ShellWords.split("a\0b")).isInstanceOf(UserException.class);
    }
}
