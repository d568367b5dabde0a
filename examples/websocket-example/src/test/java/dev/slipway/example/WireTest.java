package dev.slipway.example;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no well-behaved client does, byte by byte (RFC 6455, section 5). */
final class WireTest {
    private static App ws;

    @BeforeAll
    static void start() throws IOException {
        ws = App.start("ws");
    }

    @AfterAll
    static void stop() {
        ws.close();
    }

    @ParameterizedTest
    @CsvSource({
        "text that is not UTF-8,       81 82 00 00 00 00 c3 28, 1007",
        "a frame that is not masked,   81 01 78,                1002",
        "an unknown kind of frame,     83 80 00 00 00 00,       1002",
        "a fragment of no message,     80 80 00 00 00 00,       1002",
        "a close with a reserved code, 88 82 00 00 00 00 03 ed, 1002",
        "a frame of 16 MiB,            82 ff 00 00 00 00 01 00 00 00 00 00 00 00 00 00, 1009",
    })
    void aPeerThatBreaksTheProtocolIsToldSo(String what, String frame, int code) throws IOException {
        try (Socket socket = upgraded(ws)) {
            socket.getOutputStream().write(HexFormat.ofDelimiter(" ").parseHex(frame));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertEquals(0x88, in.readUnsignedByte(), what);
            byte[] body = in.readNBytes(in.readUnsignedByte());
            assertEquals(code, ByteBuffer.wrap(body).getShort(), what);
            assertEquals(-1, in.read(), what);
        }
    }

    @Test
    void aPeerThatDoesNotReadIsNotReadFromEitherAndLosesNothing() throws Exception {
        int messages = 1000;
        byte[] sent = frame("82 fe ea 60 00 00 00 00");
        byte[] echoed = frame("82 7e ea 60");
        try (Socket socket = upgraded(ws)) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> write(socket, sent, messages));
            assertThrows(TimeoutException.class, () -> sending.get(1, TimeUnit.SECONDS));
            for (int i = 0; i < messages; i++) {
                assertArrayEquals(echoed, socket.getInputStream().readNBytes(echoed.length));
            }
            sending.join();
        }
    }

    /** A frame of 60,000 zero bytes after this head: zero, so that the mask of zeros changes nothing. */
    private static byte[] frame(String head) {
        byte[] start = HexFormat.ofDelimiter(" ").parseHex(head);
        return ByteBuffer.allocate(start.length + 60_000).put(start).array();
    }

    private static void write(Socket socket, byte[] frame, int times) {
        try {
            for (int i = 0; i < times; i++) {
                socket.getOutputStream().write(frame);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Socket upgraded(App ws) throws IOException {
        Socket socket = new Socket("127.0.0.1", ws.port());
        socket.getOutputStream().write(("""
                GET /echo HTTP/1.1\r
                Host: app\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                \r
                """).getBytes(US_ASCII));
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) socket.getInputStream().read());
        }
        // The key and its answer are the example of RFC 6455, section 1.3.
        assertTrue(head.toString().contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), head::toString);
        return socket;
    }
}
