package dev.slipway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.command.Caller;
import dev.slipway.command.Terminal;
import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.exec.SystemRunner;
import dev.slipway.model.UserException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thin client as a process of its own, against the door. */
class DoorTest {

    /** The client where every user can read it, and nothing else. */
    @TempDir
    private Path installed;

    @TempDir
    private Path data;

    private final SystemRunner runner = new SystemRunner();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private Door door;

    @BeforeEach
    void open() throws IOException {
        Files.setPosixFilePermissions(installed, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.copy(Path.of("../bin/lib/door.pl"), installed.resolve("door.pl"));
        Files.setPosixFilePermissions(installed.resolve("door.pl"), PosixFilePermissions.fromString("r--r--r--"));
        door = new Door(data, this::command);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void wordsStreamsAndTheExitCodePassThrough() {
        Result result = runner.run(client("echo", "two words", "", "ü$HOME\n", "--flag"));

        assertThat(result)
                .isEqualTo(new Result(7, "root LOCAL\n[echo]\n[two words]\n[]\n[ü$HOME\n]\n[--flag]\n", "done\n"));
    }

    @Test
    void noWordsAtAllArriveAsNone() {
        assertThat(runner.run(client()).out()).isEqualTo("root LOCAL\n");
    }

    @Test
    void inputIsPassedOnByteForByte() {
        byte[] bytes = new byte[1_000_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int exitCode = runner.stream(
                client("cat"),
                new Runner.Streams(new ByteArrayInputStream(bytes), out, OutputStream.nullOutputStream()));

        assertThat(exitCode).isZero();
        assertThat(out.toByteArray()).isEqualTo(bytes);
    }

    /** Where ssh would have read it all, so that a loop over lines ended after the first. */
    @Test
    void inputThatTheCommandDoesNotReadIsLeftToTheNext() {
        Command both = wrapped(client("echo"), "sh", "-c", "\"$@\" >/dev/null; cat", "sh");

        Result result = runner.run(both.reading("next\n"));

        assertThat(result.out()).isEqualTo("next\n");
    }

    @Test
    void inputThatNobodyEndsDoesNotKeepTheClient() {
        InputStream never = new dev.slipway.command.Inlet(() -> {});

        int exitCode = runner.stream(
                client("line").within(Duration.ofSeconds(20)),
                new Runner.Streams(
                        new java.io.SequenceInputStream(
                                new ByteArrayInputStream("x\n".getBytes(StandardCharsets.UTF_8)), never),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream()));

        assertThat(exitCode).isZero();
    }

    @Test
    void anInterruptReachesTheCommandWhoseExitCodeReachesTheShell() throws Exception {
        List<String> argv =
                new ArrayList<>(List.of("sh", "-c", "\"$@\" & pid=$!; read line; kill -INT $pid; wait $pid", "sh"));
        // A shell has its background programs ignore ^C; env gives it back to them.
        argv.addAll(List.of("env", "--default-signal=INT"));
        argv.addAll(client("wait").argv());
        dev.slipway.command.Inlet keys = new dev.slipway.command.Inlet(() -> {});
        Thread typing = Thread.startVirtualThread(() -> {
            await(started);
            keys.offer("\n".getBytes(StandardCharsets.UTF_8));
        });

        int exitCode = runner.stream(
                Command.of(argv).environment("SLIPWAY_DATA", data.toString()).within(Duration.ofSeconds(30)),
                new Runner.Streams(keys, OutputStream.nullOutputStream(), OutputStream.nullOutputStream()));

        typing.join();
        assertThat(interrupted.getCount()).isZero();
        assertThat(exitCode).isEqualTo(130);
    }

    /** The command is longer than a socket holds, so the client is in the middle of it until somebody reads on. */
    @Test
    void anInterruptWaitsForTheEndOfTheFrameThatIsOnItsWay() throws Exception {
        door.close();
        String word = "x".repeat(120_000);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(Frame.socket(data)));
            ProcessBuilder builder = new ProcessBuilder(
                    client(word, word, word, word, word, word, word).argv());
            builder.environment().put("SLIPWAY_DATA", data.toString());
            Process client = builder.redirectErrorStream(true).start();
            try (SocketChannel channel = server.accept();
                    DataInputStream from = new DataInputStream(Channels.newInputStream(channel))) {
                assertThat(Frame.read(from).type()).isEqualTo(Frame.DIRECTORY);
                assertThat(from.readByte()).isEqualTo(Frame.WORDS);
                runner.out(Command.of("kill", "-INT", String.valueOf(client.pid())));
                assertThat(from.readNBytes(from.readInt())).hasSize(4 + 7 * (4 + word.length()));
                assertThat(Frame.read(from).type()).isEqualTo(Frame.INTERRUPT);
            } finally {
                client.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void aClientThatIsKilledInterruptsItsCommand() throws IOException {
        Command waiting = client("wait");
        ProcessBuilder builder = new ProcessBuilder(waiting.argv());
        builder.environment().putAll(waiting.environment());
        Process client = builder.start();
        await(started);

        client.destroyForcibly();

        await(interrupted);
    }

    @Test
    void anotherUserIsRefused() throws IOException {
        Command asAnother =
                wrapped(client("echo"), "setpriv", "--reuid", "20053", "--regid", "20053", "--clear-groups");
        Result refused = new Result(1, "", " !     Only root may give commands here; use sudo, or ssh\n");

        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(runner.run(asAnother)).isEqualTo(refused);

        // Even where somebody opened the directory, the kernel says who asks.
        Files.setPosixFilePermissions(data.resolve("run/door"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(Frame.socket(data), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(runner.run(asAnother)).isEqualTo(refused);
    }

    @Test
    void aServerThatDoesNotRunIsAClearError() {
        door.close();

        Result result = runner.run(client("apps:list"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith(" !     Slipway is not running: start it with bin/slipway server");
    }

    @Test
    void aCommandThatIsTooLongIsAClearError() {
        String word = "x".repeat(120_000);

        Result result = runner.run(client("echo").with(word, word, word, word, word, word, word, word, word));

        assertThat(result).isEqualTo(new Result(1, "", " !     The command is longer than 1048576 bytes\n"));
        assertThat(runner.run(client("echo").with(word, word, word)).out()).hasSizeGreaterThan(360_000);
    }

    @Test
    void errorsForPeopleAreShown() {
        assertThat(runner.run(client("fail"))).isEqualTo(new Result(20, "", " !     App shop does not exist\n"));
    }

    @Test
    void aTerminalIsToldOf() {
        String line = String.join(" ", client("terminal").argv());

        Result result = runner.run(Command.of("script", "--quiet", "--return", "--command", line, "/dev/null")
                .environment("SLIPWAY_DATA", data.toString())
                .environment("TERM", "vt220"));

        assertThat(result.out()).isEqualTo("vt220\r\n");
        assertThat(runner.run(client("terminal")).out()).isEqualTo("none\n");
    }

    @Test
    void wordsThatAreNoTextAreRefused() {
        Result result = runner.run(wrapped(client("echo"), "bash", "-c", "exec \"$@\" $'\\xff'", "bash"));

        assertThat(result).isEqualTo(new Result(1, "", " !     The command is not valid UTF-8 text\n"));
        assertThat(runner.run(client("echo", "\uFFFD")).out()).contains("[\uFFFD]");
    }

    @Test
    void aRelativeDataDirectoryIsOfTheCallersDirectoryEvenWhenThatIsDeleted() throws IOException {
        Files.createSymbolicLink(installed.resolve("data"), data);
        Path gone = Files.createDirectory(installed.resolve("gone"));
        Command relative = client("echo").environment("SLIPWAY_DATA", "data");
        Command inGone = wrapped(client("echo"), "sh", "-c", "rmdir \"$PWD\"; exec \"$@\"", "sh")
                .in(gone);

        assertThat(runner.run(relative.in(installed)).exitCode()).isEqualTo(7);
        assertThat(runner.run(inGone).exitCode()).isEqualTo(7);
        assertThat(runner.run(relative).err()).contains("(data directory /data)");
    }

    @Test
    void aSecondServerIsRefusedAndADeadOnesSocketReplaced() throws IOException {
        assertThatThrownBy(() -> new Door(data, this::command))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("running on this data directory already");
        door.close();
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(Frame.socket(data)));
        }

        door = new Door(data, this::command);

        assertThat(runner.run(client("echo")).exitCode()).isEqualTo(7);
    }

    @Test
    void aPathThatIsTooLongForASocketIsNamed() {
        Path deep = data.resolve("x".repeat(100));

        assertThatThrownBy(() -> new Door(deep, this::command))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("too long for a unix socket");
    }

    private Command client(String... words) {
        return Command.of("perl", installed.resolve("door.pl").toString())
                .with(words)
                .environment("SLIPWAY_DATA", data.toString());
    }

    /** The client started by another program, which has these words before it. */
    private Command wrapped(Command client, String... by) {
        List<String> argv = new ArrayList<>(List.of(by));
        argv.addAll(client.argv());
        return Command.of(argv).environment("SLIPWAY_DATA", data.toString());
    }

    private int command(Caller caller, List<String> words, Runner.Streams streams) {
        try {
            return carryOut(caller, words, streams);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int carryOut(Caller caller, List<String> words, Runner.Streams streams) throws IOException {
        return switch (words.isEmpty() ? "echo" : words.getFirst()) {
            case "echo" -> {
                streams.err().write("done\n".getBytes(StandardCharsets.UTF_8));
                StringBuilder text = new StringBuilder(caller.name() + " " + caller.door() + "\n");
                words.forEach(word -> text.append('[').append(word).append("]\n"));
                streams.out().write(text.toString().getBytes(StandardCharsets.UTF_8));
                yield 7;
            }
            case "cat" -> {
                streams.in().transferTo(streams.out());
                yield 0;
            }
            case "line" -> streams.in().read() == 'x' ? 0 : 1;
            case "terminal" -> {
                String type = caller.terminal().map(Terminal::type).orElse("none");
                streams.out().write((type + "\n").getBytes(StandardCharsets.UTF_8));
                yield 0;
            }
            case "fail" -> throw UserException.noSuchApp("shop");
            default -> untilInterrupted();
        };
    }

    private int untilInterrupted() {
        started.countDown();
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            interrupted.countDown();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
