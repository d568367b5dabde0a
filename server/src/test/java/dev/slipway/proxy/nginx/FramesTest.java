package dev.slipway.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.ProcessType;
import dev.slipway.model.Route;
import dev.slipway.model.RoutePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Frames of every shape of RFC 6455, section 5, as bytes: a process that sends back what it receives gets and gives them through nginx as
 * it does without it.
 */
final class FramesTest {

    private static final int[] SIZES = {0, 1, 125, 126, 127, 65_535, 65_536, 300_000};
    private static final int[] CLOSE_CODES = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 4999};

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LAST = 0x80;

    private final Random random = new Random(6455);
    private NginxLab lab;
    private EchoServer ws;

    @BeforeEach
    void startNginx(@TempDir Path directory) throws IOException {
        lab = new NginxLab(directory);
        ws = EchoServer.start("ws");
        lab.nginx.start(List.of());
        lab.nginx.publish(lab.site("shop")
                .type("web")
                .type("ws", ws)
                .routes(Route.to(new ProcessType("ws"), new RoutePath("/echo")))
                .build());
    }

    @AfterEach
    void stopNginx() throws IOException {
        lab.close();
        ws.close();
    }

    @Test
    void everyByteArrivesBothWaysAsItWasSent() throws Exception {
        byte[] conversation = conversation();
        assertThat(conversation.length).isGreaterThan(1_000_000);
        byte[] direct = sentBack(new InetSocketAddress(ws.address(), EchoServer.PORT), conversation);
        byte[] through = sentBack(new InetSocketAddress(InetAddress.getLoopbackAddress(), lab.http), conversation);
        assertThat(direct).isEqualTo(conversation);
        assertThat(through).isEqualTo(direct);
    }

    private byte[] conversation() {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int size : SIZES) {
            frame(frames, LAST | TEXT, size);
            frame(frames, LAST | BINARY, size);
            frame(frames, BINARY, size);
            frame(frames, LAST | PING, Math.min(size, 125));
            frame(frames, CONTINUATION, size);
            frame(frames, LAST | CONTINUATION, size);
            frame(frames, LAST | PONG, Math.min(size, 125));
        }
        for (int code : CLOSE_CODES) {
            byte[] reason = ("reason " + code).getBytes(StandardCharsets.UTF_8);
            frame(
                    frames,
                    LAST | CLOSE,
                    ByteBuffer.allocate(2 + reason.length)
                            .putShort((short) code)
                            .put(reason)
                            .array());
        }
        frame(frames, LAST | CLOSE, 0);
        return frames.toByteArray();
    }

    private void frame(ByteArrayOutputStream frames, int first, int size) {
        byte[] payload = new byte[size];
        random.nextBytes(payload);
        frame(frames, first, payload);
    }

    /** Masked, as a client must send it; the payload is random already. */
    private void frame(ByteArrayOutputStream frames, int first, byte[] payload) {
        frames.write(first);
        if (payload.length < 126) {
            frames.write(LAST | payload.length);
        } else if (payload.length < 65_536) {
            frames.write(LAST | 126);
            frames.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            frames.write(LAST | 127);
            frames.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        frames.writeBytes(ByteBuffer.allocate(4).putInt(random.nextInt()).array());
        frames.writeBytes(payload);
    }

    /** In pieces of any size, so that no frame's edge is an edge of what is written. */
    private byte[] sentBack(InetSocketAddress where, byte[] conversation) throws Exception {
        try (Socket socket = new Socket(where.getAddress(), where.getPort())) {
            assertThat(Wire.upgrade(socket, "shop.test", "/echo")).startsWith("HTTP/1.1 101 ");
            Thread writer = Thread.ofVirtual().unstarted(() -> write(socket, conversation));
            writer.start();
            byte[] back = socket.getInputStream().readNBytes(conversation.length);
            writer.join();
            return back;
        }
    }

    private void write(Socket socket, byte[] conversation) {
        Random pieces = new Random(1);
        try {
            for (int at = 0; at < conversation.length; ) {
                int length = Math.min(conversation.length - at, 1 + pieces.nextInt(20_000));
                socket.getOutputStream().write(conversation, at, length);
                at += length;
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
