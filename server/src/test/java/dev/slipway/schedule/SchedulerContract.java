package dev.slipway.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.exec.Attachment;
import dev.slipway.exec.Runner;
import dev.slipway.exec.Screen;
import dev.slipway.model.AppName;
import dev.slipway.model.Limits;
import dev.slipway.model.OneOff;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.RestartPolicy;
import dev.slipway.model.SandboxUser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every scheduler does, whatever it runs processes with. */
public abstract class SchedulerContract {

    /** Answers each connection with its process's environment variable {@code WORD}, then echoes bytes. */
    protected static final String LISTENER = """
            import os, socket, threading
            def talk(connection):
                connection.sendall(os.environ.get('WORD', 'hello').encode())
                while data := connection.recv(4096):
                    connection.sendall(data)
            server = socket.create_server(('0.0.0.0', int(os.environ['PORT'])))
            print('listening', flush=True)
            while True:
                threading.Thread(target=talk, args=(server.accept()[0],), daemon=True).start()
            """;

    protected static final AppName SHOP = new AppName("shop");

    protected static final Duration GRACE = Duration.ofSeconds(5);

    private static final int RESTARTS = 3;

    private static final Limits LIMITS = new Limits(128 * Limits.MIB, 64, 0, 8 * Limits.MIB);

    /** The scheduler under test, with nothing running, recovered. */
    protected abstract Scheduler scheduler();

    /** A tree that holds {@code listener.py} with {@link #LISTENER}. */
    protected abstract Path tree();

    protected final ProcessSpec spec(String name, String command) {
        return new ProcessSpec(
                SHOP,
                ProcessName.parse(name),
                1,
                tree(),
                command,
                Map.of("PORT", "5000", "WORD", "it's \"quoted\""),
                new SandboxUser(20001),
                LIMITS,
                new RestartPolicy(RestartPolicy.Rule.ON_FAILURE, RESTARTS));
    }

    protected final ProcessSpec listener(String name) {
        return spec(name, "exec /usr/bin/python3 listener.py");
    }

    protected final Running startListening(String name) {
        Running process = scheduler().start(listener(name));
        awaitListening(process.id());
        return process;
    }

    protected final void awaitListening(String id) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(10))
                .until(() -> scheduler().listening(id).stream().anyMatch(at -> at.port() == 5000));
    }

    protected static String ask(String address) throws IOException {
        try (Socket socket = connect(address)) {
            return new String(socket.getInputStream().readNBytes("it's \"quoted\"".length()), StandardCharsets.UTF_8);
        }
    }

    protected static Socket connect(String address) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(address, 5000), 2000);
        socket.setSoTimeout(5000);
        return socket;
    }

    @Test
    void aStartedProcessServesOnItsOwnAddressWithItsEnvironment() throws IOException {
        Running one = startListening("web.1");
        Running two = startListening("web.2");
        assertThat(one.address()).isNotEqualTo(two.address());
        assertThat(ask(one.address())).isEqualTo("it's \"quoted\"");
        assertThat(ask(two.address())).isEqualTo("it's \"quoted\"");
        assertThat(scheduler().running(SHOP)).extracting(Running::id).containsExactly(one.id(), two.id());
        assertThat(one.state()).isEqualTo(Running.State.RUNNING);
    }

    @Test
    void aStoppedProcessIsGone() {
        Running process = startListening("web.1");
        scheduler().stop(process.id(), GRACE);
        assertThat(scheduler().running()).isEmpty();
        assertThat(ProcessHandle.of(process.pid())).isEmpty();
        scheduler().stop(process.id(), GRACE);
        assertThat(scheduler().listening(process.id())).isEmpty();
        assertThat(scheduler().connections(process.id())).isEmpty();
    }

    @Test
    void aProcessThatHeedsSigtermEndsBeforeTheGraceIsOver() {
        Running process = startListening("web.1");
        long begun = System.nanoTime();
        scheduler().stop(process.id(), Duration.ofSeconds(30));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aProcessThatIgnoresSigtermIsKilledWhenTheGraceIsOver() {
        Running process = scheduler()
                .start(spec("web.1", "trap '' TERM; echo deaf; while true; do read -t 1000 < /dev/zero; done"));
        awaitLine(process.id(), "deaf");
        scheduler().stop(process.id(), Duration.ofMillis(300));
        assertThat(ProcessHandle.of(process.pid())).isEmpty();
    }

    @Test
    void theExitCodeIsTold() throws Exception {
        Running process = scheduler().start(spec("task.1", "echo last words >&2; exit 7"));
        assertThat(scheduler().exit(process.id()).get(10, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(scheduler().exit(process.id()).get(10, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(scheduler().lastLines(process.id(), 10)).containsExactly("last words");
        assertThat(scheduler().running()).isEmpty();
    }

    @Test
    void aProcessThatIsNotKeptIsNotStartedAgain() throws Exception {
        BlockingQueue<Change> changes = changes();
        Running process = scheduler().start(spec("web.1", "exit 3"));
        Change first = changes.poll(10, TimeUnit.SECONDS);
        assertThat(first).isInstanceOf(Change.Exited.class);
        assertThat(first.process().id()).isEqualTo(process.id());
        assertThat(first.process().state()).isEqualTo(Running.State.EXITED);
        assertThat(changes.poll(500, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void aKeptProcessThatFailsIsStartedAgainUnderTheSameId() throws Exception {
        BlockingQueue<Change> changes = changes();
        Running process = startListening("web.1");
        scheduler().keep(process.id());
        ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly();
        Change exited = changes.poll(10, TimeUnit.SECONDS);
        assertThat(exited).isInstanceOf(Change.Exited.class);
        assertThat(exited.process().state()).isEqualTo(Running.State.RESTARTING);
        Change restarted = changes.poll(10, TimeUnit.SECONDS);
        assertThat(restarted).isInstanceOf(Change.Restarted.class);
        assertThat(restarted.process().id()).isEqualTo(process.id());
        assertThat(restarted.process().pid()).isNotEqualTo(process.pid());
        assertThat(restarted.process().restarts()).isEqualTo(1);
        awaitListening(process.id());
        assertThat(ask(restarted.process().address())).isEqualTo("it's \"quoted\"");
    }

    @Test
    void aKeptProcessThatEndsWithZeroIsDone() throws Exception {
        BlockingQueue<Change> changes = changes();
        Running process = scheduler().start(spec("task.1", "read -t 0.5 < <(sleep 1); exit 0"));
        scheduler().keep(process.id());
        Change exited = changes.poll(10, TimeUnit.SECONDS);
        assertThat(exited).isEqualTo(new Change.Exited(exited.process(), 0));
        assertThat(exited.process().state()).isEqualTo(Running.State.EXITED);
        assertThat(scheduler().running()).isEmpty();
    }

    @Test
    void aKeptProcessThatKeepsFailingIsGivenUp() throws Exception {
        BlockingQueue<Change> changes = changes();
        Running process = scheduler().start(spec("web.1", "read -t 0.1 < <(sleep 1); exit 9"));
        scheduler().keep(process.id());
        int restarts = 0;
        for (Change change = changes.poll(20, TimeUnit.SECONDS);
                change != null;
                change = changes.poll(20, TimeUnit.SECONDS)) {
            switch (change) {
                case Change.Restarted again -> restarts = again.process().restarts();
                case Change.Exited exited
                when exited.process().state() == Running.State.EXITED -> {
                    assertThat(restarts).isEqualTo(RESTARTS);
                    return;
                }
                case Change.Exited exited -> assertThat(exited.exitCode()).isEqualTo(9);
            }
        }
        throw new AssertionError("it was never given up");
    }

    @Test
    void aPolicyThatSaysSoAnswersASuccessfulExitToo() throws Exception {
        BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
        scheduler().watch(changes::add);
        ProcessSpec spec = spec("worker.1", "exit 0");
        Running process = scheduler()
                .start(new ProcessSpec(
                        spec.app(),
                        spec.name(),
                        spec.release(),
                        spec.tree(),
                        spec.command(),
                        spec.environment(),
                        spec.user(),
                        spec.limits(),
                        RestartPolicy.parse("always")));
        scheduler().keep(process.id());
        for (int exits = 0; exits < RESTARTS + 2; ) {
            Change change = changes.poll(20, TimeUnit.SECONDS);
            assertThat(change).isNotNull();
            if (change instanceof Change.Exited exited) {
                assertThat(exited.process().state()).isEqualTo(Running.State.RESTARTING);
                exits++;
            }
        }
        scheduler().stop(process.id(), Duration.ZERO);
    }

    @Test
    void connectionsFromOutsideAreCountedByPort() throws IOException {
        Running process = startListening("web.1");
        assertThat(scheduler().connections(process.id())).isEmpty();
        try (Socket one = connect(process.address());
                Socket two = connect(process.address())) {
            one.getInputStream().read();
            two.getInputStream().read();
            assertThat(scheduler().connections(process.id())).isEqualTo(Map.of(5000, 2));
        }
        await().atMost(Duration.ofSeconds(5))
                .until(() -> scheduler().connections(process.id()).isEmpty());
    }

    @Test
    void listenersOnLoopbackAreToldAsUnreachable() {
        Running process =
                scheduler().start(spec("web.1", "exec /usr/bin/python3 -m http.server --bind 127.0.0.1 5000"));
        awaitListening(process.id());
        assertThat(scheduler().listening(process.id())).containsExactly(new Scheduler.Listening("127.0.0.1", 5000));
        assertThat(scheduler().listening(process.id()).getFirst().reachable()).isFalse();
    }

    @Test
    void whatAppTextHoldsIsNeverReadOutsideTheSandbox() throws Exception {
        Running process = scheduler().start(spec("task.1", "echo \"$WORD\" '$(id)' `echo nested`; exit 0"));
        scheduler().exit(process.id()).get(10, TimeUnit.SECONDS);
        assertThat(scheduler().lastLines(process.id(), 5)).isEqualTo(List.of("it's \"quoted\" $(id) nested"));
    }

    @Test
    void anAttendedProcessHasItsCallersStreams() {
        byte[] input = new byte[3_000_000];
        for (int i = 0; i < input.length; i++) {
            input[i] = (byte) (i * 31 + (i >> 8));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = scheduler()
                .attend(
                        oneOff("cat; echo \"$1 $WORD\" >&2; exit 7", "it's $HOME"),
                        Attachment.of(new Runner.Streams(new ByteArrayInputStream(input), out, err)));
        assertThat(code).isEqualTo(7);
        assertThat(out.toByteArray()).isEqualTo(input);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("it's $HOME it's \"quoted\"\n");
        assertThat(scheduler().running()).isEmpty();
    }

    @Test
    void anAttendedProcessEndsWithItsCaller() throws Exception {
        BlockingQueue<Integer> lines = new LinkedBlockingQueue<>();
        AtomicBoolean cancelled = new AtomicBoolean();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                scheduler().attend(oneOff("trap 'echo bye; exit' TERM; echo hi; sleep 1000 & wait"), printing(lines));
            } catch (CancellationException e) {
                cancelled.set(true);
            }
        });
        assertThat(lines.poll(30, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(scheduler().running()).hasSize(1);
        caller.interrupt();
        caller.join();
        assertThat(cancelled).isTrue();
        assertThat(lines.poll(30, TimeUnit.SECONDS)).isEqualTo(4);
        assertThat(scheduler().running()).isEmpty();
    }

    @Test
    void anAttendedProcessCanBeStoppedByOthers() throws Exception {
        BlockingQueue<Integer> lines = new LinkedBlockingQueue<>();
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(
                () -> scheduler().attend(oneOff("echo hi; exec sleep 1000"), printing(lines)));
        assertThat(lines.poll(30, TimeUnit.SECONDS)).isEqualTo(3);
        scheduler().stop(scheduler().running().getFirst().id(), GRACE);
        assertThat(scheduler().running()).isEmpty();
        assertThat(code.get(10, TimeUnit.SECONDS)).isEqualTo(143);
    }

    @Test
    void anAttendedProcessMayHaveATerminal() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = scheduler()
                .attend(
                        oneOff("tty; stty size; echo $TERM; read x; echo \"got $x\"; read y || echo end; exit 3"),
                        new Attachment(
                                new Runner.Streams(
                                        new ByteArrayInputStream("wor\u007frd\r".getBytes(StandardCharsets.UTF_8)),
                                        out,
                                        OutputStream.nullOutputStream()),
                                Optional.of(new Screen100())));
        assertThat(code).isEqualTo(3);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("/dev/pts/0\r\n", "33 100\r\n", "vt220\r\n", "got word\r\n", "end\r\n");
    }

    @Test
    void aProgramCanBeRunInsideAProcess() {
        Running process = startListening("web.1");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Runner.Streams streams = new Runner.Streams(
                new ByteArrayInputStream("in\n".getBytes(StandardCharsets.UTF_8)),
                out,
                OutputStream.nullOutputStream());
        List<String> words = List.of("bash", "-c", "cat; echo \"$WORD $1\"; id -u; ls listener.py; exit 9", "x", "a b");
        assertThat(scheduler().enter(process.id(), words, Attachment.of(streams)))
                .isEqualTo(9);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("in\nit's \"quoted\" a b\n20001\nlistener.py\n");
    }

    private ProcessSpec oneOff(String command, String... words) {
        ProcessSpec like = spec("run.1234", command);
        return new ProcessSpec(
                like.app(),
                like.name(),
                like.release(),
                like.tree(),
                like.command(),
                like.environment(),
                like.user(),
                like.limits(),
                like.restart(),
                Optional.of(new OneOff(List.of(words), command, "", Duration.ofMinutes(1))));
    }

    /** A caller who says nothing and notes how long each thing is that they are told. */
    private static Attachment printing(BlockingQueue<Integer> lengths) {
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                lengths.add(1);
            }

            @Override
            public void write(byte[] from, int offset, int length) {
                lengths.add(length);
            }
        };
        return Attachment.of(new Runner.Streams(InputStream.nullInputStream(), out, OutputStream.nullOutputStream()));
    }

    private static final class Screen100 implements Screen {

        @Override
        public String type() {
            return "vt220";
        }

        @Override
        public int columns() {
            return 100;
        }

        @Override
        public int rows() {
            return 33;
        }

        @Override
        public void onResize(Runnable listener) {}
    }

    protected final BlockingQueue<Change> changes() {
        BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
        scheduler().watch(changes::add);
        return changes;
    }

    protected final void awaitLine(String id, String line) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(10))
                .until(() -> scheduler().lastLines(id, 50).contains(line));
    }
}
