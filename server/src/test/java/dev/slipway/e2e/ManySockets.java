package dev.slipway.e2e;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Many WebSockets, held open by a client of npm's {@code ws} in one process. */
final class ManySockets implements AutoCloseable {

    private final Process client;
    private final BufferedReader lines;
    private final BufferedWriter commands;

    private ManySockets(Process client) {
        this.client = client;
        this.lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        this.commands = new BufferedWriter(new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8));
    }

    static ManySockets open(Platform platform, String host, String path, int count) {
        try {
            ManySockets sockets = new ManySockets(new ProcessBuilder(
                            "node",
                            Platform.CLIENTS.resolve("many.mjs").toString(),
                            "ws://" + host + ":" + platform.httpPort() + path,
                            "--resolve",
                            "127.0.0.1:" + platform.httpPort(),
                            "--count",
                            String.valueOf(count))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            String opened = sockets.lines.readLine();
            if (!("open " + count).equals(opened)) {
                throw new IllegalStateException("the client says " + opened);
            }
            return sockets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends on every socket; gives {@code echoed K of N}. */
    String echo() {
        try {
            commands.write("echo\n");
            commands.flush();
            return String.valueOf(lines.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!client.waitFor(20, TimeUnit.SECONDS)) {
                client.destroyForcibly();
                throw new IllegalStateException("the WebSocket client does not end");
            }
        } catch (IOException | InterruptedException e) {
            client.destroyForcibly();
        }
    }
}
