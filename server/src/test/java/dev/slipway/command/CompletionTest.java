package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.SystemRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real shells make of the completion scripts. */
final class CompletionTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void writeScripts() throws IOException {
        try (Desk desk = new Desk(directory)) {
            Files.writeString(directory.resolve("dokku.bash"), desk.ok("completion", "bash"));
            Files.writeString(directory.resolve("_dokku"), desk.ok("completion", "zsh"));
            assertThat(desk.run("completion", "fish").err()).isEqualTo(" !     No completion for fish: bash or zsh\n");
        }
        Path dokku = directory.resolve("dokku");
        Files.writeString(dokku, "#!/bin/sh\n[ \"$*\" = '--quiet apps:list' ] && printf 'blog\\nshop\\nshop-2\\n'\n");
        Files.setPosixFilePermissions(dokku, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void bashCompletesCommands() throws IOException {
        assertThat(bash("dokku ps:rest")).contains("ps:restart");
        assertThat(bash("dokku apps:des")).containsExactly("apps:destroy");
        assertThat(bash("dokku --quiet apps:des")).containsExactly("apps:destroy");
        assertThat(bash("dokku nosuch")).isEmpty();
    }

    @Test
    void bashCompletesAppsWhereTheyAreWanted() throws IOException {
        assertThat(bash("dokku ps:scale ")).containsExactly("blog", "shop", "shop-2");
        assertThat(bash("dokku ps:scale sh")).containsExactly("shop", "shop-2");
        assertThat(bash("dokku ps:scale shop w")).isEmpty();
        assertThat(bash("dokku version ")).isEmpty();
    }

    @Test
    void bashCompletesFlags() throws IOException {
        assertThat(bash("dokku apps:destroy shop --f")).containsExactly("--force");
        assertThat(bash("dokku proxy:route:set shop ws /echo --st")).containsExactlyInAnyOrder("--strip", "--sticky");
    }

    /** As bash calls it, but with a colon that does not end a word; the words are those of {@code COMPREPLY}. */
    private List<String> bash(String line) throws IOException {
        Path script = directory.resolve("try.bash");
        Files.writeString(script, """
                source dokku.bash
                COMP_WORDBREAKS=' '
                COMP_LINE=$1
                COMP_POINT=${#1}
                _slipway
                printf '%s\\n' "${COMPREPLY[@]}"
                """);
        return lines("bash", "-eu", script.toString(), line);
    }

    private List<String> lines(String... argv) {
        Result result = new SystemRunner()
                .run(Command.of(argv).in(directory).environment("PATH", directory + ":/usr/bin:/bin"));
        assertThat(result.err()).isEmpty();
        return result.out().lines().filter(line -> !line.isEmpty()).toList();
    }

    @Test
    void whereAColonEndsAWordBashGetsWhatComesBehindIt() throws IOException {
        Path script = directory.resolve("try.bash");
        Files.writeString(script, """
                source dokku.bash
                COMP_WORDBREAKS=' :'
                COMP_LINE='dokku proxy:route:s'
                COMP_POINT=${#COMP_LINE}
                _slipway
                printf '%s\\n' "${COMPREPLY[@]}"
                """);
        assertThat(lines("bash", "-u", script.toString())).containsExactly("set");
    }

    @Test
    void zshCompletesTheSame() throws IOException {
        Path script = directory.resolve("try.zsh");
        Files.writeString(script, """
                compdef() { : }
                _describe() { print -rl -- "${(@P)2}" }
                compadd() { shift; print -rl -- "$@" }
                source ./_dokku
                words=(${(s: :)1})
                [[ $1 == *' ' ]] && words+=('')
                CURRENT=$#words
                PREFIX=$words[-1]
                _slipway
                """);
        assertThat(lines("zsh", "-f", script.toString(), "dokku ap"))
                .contains("apps\\:destroy:Destroy an app and all that it has");
        assertThat(lines("zsh", "-f", script.toString(), "dokku ps:scale ")).containsExactly("blog", "shop", "shop-2");
        assertThat(lines("zsh", "-f", script.toString(), "dokku ps:scale shop "))
                .isEmpty();
        assertThat(lines("zsh", "-f", script.toString(), "dokku apps:destroy shop --"))
                .containsExactly("--force");
    }
}
