package dev.slipway.proxy.nginx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP/1.1 by hand, so that a test decides every byte of what it sends. */
final class Wire {

    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    private Wire() {}

    /** An answer: its head, with the status line, and its body. */
    record Answer(String head, String body) {

        int status() {
            return head.isEmpty() ? 0 : Integer.parseInt(head.split(" ")[1]);
        }
    }

    /** A GET on a connection of its own; headers are whole lines. No answer at all is status 0. */
    static Answer get(int port, String host, String path, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return get(socket, host, path, headers);
        }
    }

    static Answer get(Socket socket, String host, String path, String... headers) throws IOException {
        socket.setSoTimeout(15_000);
        send(socket, host, path, headers);
        String head = head(socket.getInputStream());
        Matcher length = LENGTH.matcher(head);
        byte[] body = length.find()
                ? socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)))
                : socket.getInputStream().readAllBytes();
        return new Answer(head, new String(body, StandardCharsets.UTF_8));
    }

    static void send(Socket socket, String host, String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
        boolean connection = false;
        for (String header : headers) {
            request.append(header).append("\r\n");
            connection |= header.startsWith("Connection:");
        }
        request.append(connection ? "\r\n" : "Connection: close\r\n\r\n");
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Upgrades a connection; gives the head of the answer, and leaves the socket to the caller. */
    static String upgrade(Socket socket, String host, String path) throws IOException {
        socket.setSoTimeout(15_000);
        send(
                socket,
                host,
                path,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        return head(socket.getInputStream());
    }

    static String echo(Socket socket, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return new String(socket.getInputStream().readNBytes(bytes.length), StandardCharsets.UTF_8);
    }

    /** All up to and with the empty line; empty if the other side closed before. */
    static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int state = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            state = b == "\r\n\r\n".charAt(state) ? state + 1 : b == '\r' ? 1 : 0;
            if (state == 4) {
                return head.toString(StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    /** Gives short frames back without their mask, up to and with the one that closes: RFC 6455, section 5.2. */
    static void echoFrames(InputStream in, OutputStream out) throws IOException {
        for (byte[] start = in.readNBytes(2); start.length == 2; start = in.readNBytes(2)) {
            int length = start[1] & 0x7f;
            if (start[1] >= 0 || length > 125) {
                throw new IOException("not a short frame of a client");
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            out.write(new byte[] {start[0], (byte) length});
            out.write(payload);
            if ((start[0] & 0x0f) == 8) {
                return;
            }
        }
    }

    /** The answer that accepts a WebSocket: RFC 6455, section 4.2.2. */
    static byte[] switching(String request) {
        Matcher key = KEY.matcher(request);
        String accept = key.find() ? accept(key.group(1)) : "";
        return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + accept + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
