package dev.slipway.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.Caller;
import dev.slipway.command.GitAccess;
import dev.slipway.exec.Command;
import dev.slipway.exec.ProgramFailure;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.exec.SystemRunner;
import dev.slipway.model.UserException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
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

class SshDoorTest {

    @TempDir
    private Path directory;

    private final SystemRunner runner = new SystemRunner();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private SshFixture ssh;

    @BeforeEach
    void open() throws IOException {
        ssh = new SshFixture(directory, this::command, new NoGit());
    }

    @Test
    void theKeyOfTheMachinesOwnCommandLineOpensToThisMachineAlone() {
        SocketAddress server = address("192.0.2.1");
        assertThat(SshDoor.isHere(address("127.0.0.1"), address("127.0.0.1"))).isTrue();
        assertThat(SshDoor.isHere(address("::1"), address("::1"))).isTrue();
        assertThat(SshDoor.isHere(address("192.0.2.1"), server)).isTrue();
        assertThat(SshDoor.isHere(address("192.0.2.7"), server)).isFalse();
    }

    private static SocketAddress address(String literal) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), 3022);
    }

    @AfterEach
    void close() {
        ssh.close();
    }

    @Test
    void wordsArriveAsTheyWereQuotedAndTheExitCodeLeaves() {
        Result result = runner.run(ssh.ssh("echo", "'two words'", "a\\'b", "\"c d\"", "ü", "$HOME"));

        assertThat(result)
                .isEqualTo(new Result(7, "ada SSH\n[echo]\n[two words]\n[a'b]\n[c d]\n[ü]\n[$HOME]\n", "done\n"));
    }

    @Test
    void bothUserNamesAreKnownAndNoOther() {
        List<String> argv = new ArrayList<>(ssh.client("ada"));
        assertThat(runner.run(with(argv, "slipway@127.0.0.1", "echo")).exitCode())
                .isEqualTo(7);
        assertThat(runner.run(with(argv, "root@127.0.0.1", "echo")))
                .matches(result -> result.exitCode() == 255 && result.err().contains("Permission denied (publickey)"));
    }

    @Test
    void aKeyThatWasNotAddedStaysOut() {
        ssh.key("eve");

        Result result = runner.run(with(ssh.client("eve"), "dokku@127.0.0.1", "echo"));

        assertThat(result.exitCode()).isEqualTo(255);
        assertThat(result.err()).contains("Permission denied (publickey)");
    }

    @Test
    void aPasswordIsNotEvenAskedFor() {
        Result result = runner.run(ssh.ssh("echo"));
        assertThat(result.exitCode()).isEqualTo(7);

        List<String> argv = new ArrayList<>(ssh.client("ada"));
        argv.addAll(1, List.of("-o", "PreferredAuthentications=password,keyboard-interactive"));
        assertThat(runner.run(with(argv, "dokku@127.0.0.1", "echo")).err()).contains("Permission denied (publickey)");
    }

    @Test
    void inputIsPassedOnByteForByte() throws IOException {
        byte[] bytes = new byte[300_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int exitCode = runner.stream(
                ssh.ssh("cat"), new Runner.Streams(new ByteArrayInputStream(bytes), out, new ByteArrayOutputStream()));

        assertThat(exitCode).isZero();
        assertThat(out.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void theExitCodeComesBeforeTheEndOfTheOutput() {
        List<String> argv = new ArrayList<>(ssh.client("ada"));
        argv.add(1, "-vv");

        Result result = runner.run(with(argv, "dokku@127.0.0.1", "echo"));

        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.err()).containsSubsequence("rtype exit-status", "rcvd eof");
    }

    @Test
    void aLongCommandArrivesWhole() {
        String word = "x".repeat(100_000);

        assertThat(runner.run(ssh.ssh("echo", word)).out()).endsWith("[" + word + "]\n");
    }

    @Test
    void whatNoSshPacketHoldsIsRefusedAndTheDoorStaysOpen() {
        String[] words = new String[11];
        java.util.Arrays.fill(words, "x".repeat(100_000));
        words[0] = "echo";

        assertThat(runner.run(ssh.ssh(words)).exitCode()).isEqualTo(255);
        assertThat(runner.run(ssh.ssh("echo")).exitCode()).isEqualTo(7);
    }

    @Test
    void bytesThatAreNotTextAreRefused() {
        Command command = Command.of("sh", "-c", "exec \"$@\" \"$(printf 'echo a\\377b')\"", "sh");

        Result result = runner.run(
                with(command.with(ssh.ssh().argv().toArray(String[]::new)).argv())
                        .environment("LC_ALL", "C"));

        assertThat(result).isEqualTo(new Result(1, "", " !     The command is not valid UTF-8 text\n"));
    }

    @Test
    void anOpenQuoteIsAnError() {
        Result result = runner.run(ssh.ssh("echo it's"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith(" !     The command has a quote ' that is not closed");
    }

    @Test
    void noWordsAskForHelpAndNoShellIsThere() {
        List<String> argv = new ArrayList<>(ssh.client("ada"));
        argv.addAll(List.of("-T", "dokku@127.0.0.1"));
        assertThat(runner.run(Command.of(argv))).isEqualTo(new Result(0, "help\n", ""));
    }

    @Test
    void errorsForPeopleAreShownAndBugsAreNot() {
        assertThat(runner.run(ssh.ssh("fail"))).isEqualTo(new Result(20, "", " !     App shop does not exist\n"));
        Result bug = runner.run(ssh.ssh("bug"));
        assertThat(bug.exitCode()).isEqualTo(1);
        assertThat(bug.err()).contains("under the reference").doesNotContain("secret");
    }

    @Test
    void forwardingAndFileTransferAreRefused() {
        List<String> tunnel = new ArrayList<>(ssh.client("ada"));
        tunnel.addAll(List.of("-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22", "dokku@127.0.0.1", "echo"));
        assertThat(runner.run(Command.of(tunnel)).exitCode()).isEqualTo(255);

        List<String> direct = new ArrayList<>(ssh.client("ada"));
        direct.addAll(List.of("-W", "127.0.0.1:22", "dokku@127.0.0.1"));
        assertThat(runner.run(Command.of(direct)).err()).contains("open failed");

        List<String> sftp = new ArrayList<>(ssh.client("ada"));
        sftp.addAll(List.of("-s", "dokku@127.0.0.1", "sftp"));
        assertThat(runner.run(Command.of(sftp)).err()).contains("subsystem request failed");
    }

    @Test
    void aClientThatGoesAwayInterruptsItsCommand() throws Exception {
        Thread client = Thread.startVirtualThread(() -> {
            try {
                runner.run(ssh.ssh("wait"));
            } catch (ProgramFailure e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

        client.interrupt();

        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingTheDoorInterruptsWhatRunsAndWaitsForIt() throws Exception {
        Thread.startVirtualThread(() -> runner.run(ssh.ssh("wait")));
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

        ssh.close();

        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void aTerminalTranslatesLineEndsEchoesAndInterrupts() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> argv = new ArrayList<>(ssh.client("ada"));
        argv.addAll(List.of("-tt", "dokku@127.0.0.1", "terminal"));
        dev.slipway.command.Inlet keys = new dev.slipway.command.Inlet(() -> {});
        keys.offer("yex\u007fs\r".getBytes(StandardCharsets.US_ASCII));
        Thread typing = Thread.startVirtualThread(() -> {
            try {
                started.await();
                keys.offer(new byte[] {3});
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        int exitCode = runner.stream(
                Command.of(argv).environment("TERM", "vt220"),
                new Runner.Streams(keys, out, new ByteArrayOutputStream()));

        typing.join();
        assertThat(exitCode).isEqualTo(130);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("vt220 ")
                .contains("read yes\r\n")
                .contains("^C\r\n");
    }

    /** The session without a command began later and is cut for its silence; by then the silent command would have been too. */
    @Test
    void aSilentCommandKeepsItsSessionAndASilentSessionIsCut() throws Exception {
        ssh.door().cutIdle(Duration.ofSeconds(1));
        Thread client = Thread.startVirtualThread(() -> {
            try {
                runner.run(ssh.ssh("wait"));
            } catch (ProgramFailure e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        List<String> argv = new ArrayList<>(ssh.client("ada"));
        argv.addAll(List.of("-N", "dokku@127.0.0.1"));

        Result silent = runner.run(Command.of(argv).within(Duration.ofSeconds(20)));

        assertThat(silent.exitCode()).isEqualTo(255);
        assertThat(interrupted.getCount()).isEqualTo(1);
        client.interrupt();
    }

    @Test
    void hostKeysAreMadeOnceAndClosedToOthers() throws IOException {
        List<String> before = HostKeys.open(directory.resolve("host")).publicLines();

        assertThat(HostKeys.open(directory.resolve("host")).publicLines())
                .isEqualTo(before)
                .hasSize(2);
        assertThat(before.getFirst()).startsWith("ssh-ed25519 ");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("host/ssh_host_ed25519_key"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("host"))))
                .isEqualTo("rwx------");
    }

    private static Command with(List<String> argv, String... more) {
        return Command.of(argv).with(more);
    }

    private int command(Caller caller, List<String> words, Runner.Streams streams) {
        try {
            return carryOut(caller, words, streams);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int carryOut(Caller caller, List<String> words, Runner.Streams streams) throws IOException {
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "" -> print(streams, "help\n", 0);
            case "echo" -> {
                streams.err().write("done\n".getBytes(StandardCharsets.UTF_8));
                StringBuilder text = new StringBuilder(caller.name() + " " + caller.door() + "\n");
                words.forEach(word -> text.append('[').append(word).append("]\n"));
                yield print(streams, text.toString(), 7);
            }
            case "cat" -> {
                streams.in().transferTo(streams.out());
                yield 0;
            }
            case "fail" -> throw UserException.noSuchApp("shop");
            case "bug" -> throw new IllegalStateException("secret");
            case "terminal" -> {
                byte[] line = new byte[10];
                int length = streams.in().read(line);
                print(
                        streams,
                        caller.terminal().orElseThrow().type() + " "
                                + caller.terminal().orElseThrow().size() + "\n",
                        0);
                print(streams, "read " + new String(line, 0, length, StandardCharsets.US_ASCII), 0);
                yield untilInterrupted();
            }
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

    private static int print(Runner.Streams streams, String text, int exitCode) throws IOException {
        streams.out().write(text.getBytes(StandardCharsets.UTF_8));
        streams.out().flush();
        return exitCode;
    }

    private static final class NoGit implements GitAccess {

        @Override
        public int receivePack(Conversation conversation) {
            throw new AssertionError();
        }

        @Override
        public int uploadPack(Conversation conversation) {
            throw new AssertionError();
        }
    }
}
