package dev.slipway.example;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * What the build runs once, so that the JVM can keep what it learns (the AOT cache): both processes start, serve
 * themselves the page and some echoes, and stop.
 */
final class Rehearsal {
    private static final int ECHOES = 2000;
    private static final String GET = " HTTP/1.1\r\nHost: rehearsal\r\n";
    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private Rehearsal() {}

    public static void main(String... arguments) throws Exception {
        Server web = new Server(Role.WEB, new Port(0));
        Server ws = new Server(Role.WS, new Port(0));
        try (Socket page = connect(web);
                Socket echo = connect(ws)) {
            ask(page, "GET /" + GET);
            ask(echo, "GET /echo" + GET + UPGRADE);
            for (int i = 0; i < ECHOES; i++) {
                echo(echo);
            }
        }
        web.stop(Duration.ofSeconds(1));
        ws.stop(Duration.ofSeconds(1));
    }

    private static Socket connect(Server server) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    /** Sends a request and reads the head of its response. */
    private static void ask(Socket socket, String request) throws IOException {
        socket.getOutputStream().write((request + "\r\n").getBytes(US_ASCII));
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) socket.getInputStream().read());
        }
    }

    /** One masked text frame of eight bytes there, and its eight bytes with a head of two back. */
    private static void echo(Socket socket) throws IOException {
        socket.getOutputStream()
                .write(new byte[] {(byte) 0x81, (byte) 0x88, 1, 2, 3, 4, 'q', 'q', 'q', 'q', 'q', 'q', 'q', 'q'});
        socket.getInputStream().readNBytes(10);
    }
}
