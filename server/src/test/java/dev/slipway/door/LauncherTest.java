package dev.slipway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.exec.SystemRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/dokku} of a copy of the installation. */
class LauncherTest {

    @TempDir
    private Path root;

    private final SystemRunner runner = new SystemRunner();
    private Door door;

    @BeforeEach
    void open() throws IOException {
        runner.out(Command.of("cp", "-a", Path.of("../bin").toRealPath().toString(), root.toString()));
        door = new Door(root.resolve("data"), (caller, words, streams) -> echo(words, streams));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void itRunsThroughALinkInAnyLanguageAndFromAnyDirectory() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("linked"), root.resolve("bin/dokku"));

        assertThat(runner.run(
                        dokku(link, "read", "ü  x").environment("LC_ALL", "C").reading("in\n")))
                .isEqualTo(new Result(3, "read,ü  x\nin\n", ""));
        assertThat(runner.run(dokku(Path.of("./linked"), "read").in(root))).isEqualTo(new Result(3, "read\n", ""));
    }

    @Test
    void streamsThatAreClosedStayClosed() {
        assertThat(runner.run(closing("<&-"))).isEqualTo(new Result(3, "read\n", ""));
        assertThat(runner.run(closing(">&-"))).isEqualTo(new Result(3, "", ""));
        assertThat(runner.run(closing("2>&-"))).isEqualTo(new Result(3, "read\n", ""));
    }

    /** As {@code dokku logs app | head -1} has it. */
    @Test
    void aReaderThatGoesAwayEndsIt() {
        Command piped = Command.of(
                "bash", "-c", "\"$@\" | true; echo ${PIPESTATUS[0]}", "bash", root.resolve("bin/dokku") + "", "read");

        assertThat(runner.run(inData(piped).reading("x".repeat(200_000))).out()).isEqualTo("141\n");
    }

    @Test
    void aServerThatIsNotBuiltSaysSo() {
        Result result = runner.run(dokku(root.resolve("bin/slipway"), "server"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("not built yet");
    }

    private Command closing(String redirection) {
        return inData(Command.of(
                "sh",
                "-c",
                "exec \"$@\" " + redirection,
                "sh",
                root.resolve("bin/dokku").toString(),
                "read"));
    }

    private Command dokku(Path program, String... words) {
        return inData(Command.of(program.toString()).with(words));
    }

    private Command inData(Command command) {
        return command.environment("JAVA_HOME", System.getProperty("java.home"))
                .environment("SLIPWAY_DATA", root.resolve("data").toString());
    }

    private static int echo(List<String> words, Runner.Streams streams) {
        try {
            streams.out().write((String.join(",", words) + "\n").getBytes(StandardCharsets.UTF_8));
            if (words.getFirst().equals("read")) {
                streams.in().transferTo(streams.out());
                return 3;
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
