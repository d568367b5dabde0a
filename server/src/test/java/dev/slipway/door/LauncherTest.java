package dev.slipway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.exec.SystemRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        Files.createDirectories(root.resolve("server/target"));
        door = new Door(root.resolve("data"), (caller, words, streams) -> echo(words, streams));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void itRunsFromClassesThroughALinkAndWithClosedInput() throws IOException {
        Path classes = root.resolve("server/target/classes/dev/slipway/door");
        Files.createDirectories(classes.resolve("client"));
        for (String name : List.of("Frame.class", "client/Main.class")) {
            Files.copy(Path.of("target/classes/dev/slipway/door", name), classes.resolve(name));
        }
        Path link = Files.createSymbolicLink(root.resolve("linked"), root.resolve("bin/dokku"));

        assertThat(runner.run(
                        dokku(link, "read", "ü  x").environment("LC_ALL", "C").reading("in\n")))
                .isEqualTo(new Result(3, "read,ü  x\nin\n", ""));
        Command closed = Command.of("sh", "-c", "exec \"$@\" <&-", "sh", link.toString(), "read");
        assertThat(runner.run(
                        closed.environment("SLIPWAY_DATA", root.resolve("data").toString())))
                .isEqualTo(new Result(3, "read\n", ""));
    }

    @Test
    void whatIsNotBuiltSaysSo() {
        Result result = runner.run(dokku(root.resolve("bin/slipway"), "version"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("not built yet");
    }

    @Test
    void aCacheIsMadeOnFirstUseAndABrokenOneIgnored() throws IOException {
        Path target = root.resolve("server/target");
        runner.out(Command.of(
                Path.of(System.getProperty("java.home"), "bin/jar").toString(),
                "--create",
                "--file",
                target.resolve("server-0.1.0.jar").toString(),
                "-C",
                Path.of("target/classes").toRealPath().toString(),
                "dev/slipway/door"));
        Result expected = new Result(0, "version\n", "");
        Path cache = target.resolve("client.aot");

        assertThat(runner.run(dokku(root.resolve("bin/dokku"), "version"))).isEqualTo(expected);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(cache) && !Files.exists(target.resolve("client.aot.making")));
        assertThat(runner.run(dokku(root.resolve("bin/dokku"), "version"))).isEqualTo(expected);

        Files.writeString(cache, "broken");
        assertThat(runner.run(dokku(root.resolve("bin/dokku"), "version"))).isEqualTo(expected);
    }

    private Command dokku(Path program, String... words) {
        return Command.of(program.toString())
                .with(words)
                .environment("JAVA_HOME", System.getProperty("java.home"))
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
