package dev.slipway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Attachment;
import dev.slipway.exec.Runner;
import dev.slipway.exec.Screen;
import dev.slipway.model.OneOff;
import dev.slipway.model.ProcessSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every scheduler does with processes that are attached to their caller. */
abstract class AttendedContract extends SchedulerFixture {

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
        return spec("run.1234", command).asOneOff(new OneOff(List.of(words), command, "", Duration.ofMinutes(1)));
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
}
