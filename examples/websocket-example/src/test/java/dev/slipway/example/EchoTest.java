package dev.slipway.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EchoTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int LARGEST = 1 << 20;
    private static App ws;

    @BeforeAll
    static void start() throws IOException {
        ws = App.start("ws");
    }

    @AfterAll
    static void stop() {
        ws.close();
    }

    @Test
    void textAndBytesComeBackAsTheyWent() throws Exception {
        Peer peer = peer();
        peer.socket().sendText("grüße 🐙", true).join();
        assertEquals("text grüße 🐙", peer.next());
        peer.socket().sendBinary(bytes("\0\1\2"), true).join();
        assertEquals("bytes \0\1\2", peer.next());
        peer.socket().sendText("", true).join();
        assertEquals("text ", peer.next());
    }

    @Test
    void aMessageInFragmentsComesBackWholeWithAPingBetween() throws Exception {
        Peer peer = peer();
        peer.socket().sendText("one ", false).join();
        peer.socket().sendText("two ", false).join();
        peer.socket().sendPing(bytes("still there?")).join();
        peer.socket().sendText("three", true).join();
        assertEquals("pong still there?", peer.next());
        assertEquals("text one two three", peer.next());
    }

    @ParameterizedTest
    @CsvSource({"1000", "1001", "3000", "4999"})
    void theCloseCodeOfThePeerIsAnswered(int code) throws Exception {
        Peer peer = peer();
        peer.socket().sendClose(code, "bye").join();
        assertEquals("close " + code, peer.next());
    }

    @Test
    void theLargestMessageComesBackAndALargerOneIsRefused() throws Exception {
        Peer peer = peer();
        String largest = "x".repeat(LARGEST);
        peer.socket().sendText(largest, true).join();
        assertEquals("text " + largest, peer.next());
        peer.socket().sendText(largest + "x", true).join();
        assertEquals("close 1009", peer.next());
    }

    @Test
    void fragmentsThatAddUpToTooMuchAreRefused() throws Exception {
        Peer peer = peer();
        peer.socket().sendText("x".repeat(LARGEST), false).join();
        peer.socket().sendText("x", true).join();
        assertEquals("close 1009", peer.next());
    }

    @Test
    void otherPathsAreNotFoundAndThePlainRequestIsToldToUpgrade() throws Exception {
        assertEquals(404, get("/").statusCode());
        HttpResponse<String> plain = get("/echo");
        assertEquals(426, plain.statusCode());
        assertEquals("websocket", plain.headers().firstValue("upgrade").orElse("none"));
    }

    private static Peer peer() {
        return new Peer(CLIENT, ws.ws("/echo"));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(ws.http(path))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }
}
