package dev.slipway.e2e;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One WebSocket, held open by a client of npm's {@code ws} in a process of its own. */
final class OpenSocket implements AutoCloseable {

    private final Process client;
    private final BufferedReader replies;
    private final BufferedWriter messages;

    private OpenSocket(Process client) {
        this.client = client;
        this.replies = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        this.messages = new BufferedWriter(new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** @param path {@code /echo}, for instance */
    static OpenSocket open(Platform platform, String host, String path) {
        return open("ws", host, platform.httpPort(), path);
    }

    /** As above with TLS, whatever the certificate. */
    static OpenSocket openSecure(Platform platform, String host, String path) {
        return open("wss", host, platform.httpsPort(), path);
    }

    private static OpenSocket open(String scheme, String host, int port, String path) {
        List<String> argv = List.of(
                "node",
                Platform.CLIENTS.resolve("echo.mjs").toString(),
                scheme + "://" + host + ":" + port + path,
                "--resolve",
                "127.0.0.1:" + port,
                "--insecure",
                "--hold");
        try {
            return new OpenSocket(new ProcessBuilder(argv)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a message and gives the next line that the client prints: the reply, or {@code closed CODE}. */
    String say(String message) {
        try {
            messages.write(message + "\n");
            messages.flush();
            String reply = replies.readLine();
            return reply == null ? "the client ended" : reply;
        } catch (IOException e) {
            return "the client ended: " + e;
        }
    }

    /** Waits until the other side closes; gives what the client prints then: {@code closed CODE}. */
    String awaitClose() {
        try {
            String line = replies.readLine();
            return line == null ? "the client ended" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process that answers this socket, as the test app tells it. */
    String who() {
        return say("who");
    }

    @Override
    public void close() {
        try {
            messages.close();
            if (!client.waitFor(20, TimeUnit.SECONDS)) {
                client.destroyForcibly();
                throw new IllegalStateException("the WebSocket client does not end");
            }
        } catch (IOException | InterruptedException e) {
            client.destroyForcibly();
        }
    }
}
