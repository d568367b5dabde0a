package dev.slipway.proxy.nginx;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process of an app, as a plain socket: it answers every request with the request's own head, and echoes bytes once a client
 * has upgraded to a WebSocket; at {@code /frames} it echoes frames, as a WebSocket client that is not ours expects. It counts
 * the connections that it accepted.
 */
final class EchoServer implements AutoCloseable {

    static final int PORT = 5000;

    private static final AtomicInteger ADDRESSES =
            new AtomicInteger((int) (ProcessHandle.current().pid() % 200) << 8);

    private final String name;
    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();

    private EchoServer(String name, ServerSocket server) {
        this.name = name;
        this.server = server;
    }

    /** Listens on port 5000 of a loopback address of its own, as processes do in their sandboxes. */
    static EchoServer start(String name) throws IOException {
        ServerSocket server = new ServerSocket();
        for (int attempt = 0; !server.isBound(); attempt++) {
            int number = ADDRESSES.incrementAndGet();
            InetAddress address = InetAddress.getByAddress(
                    new byte[] {127, 77, (byte) (number >> 8), (byte) Math.max(1, number & 0xff)});
            try {
                server.bind(new InetSocketAddress(address, PORT), 200);
            } catch (IOException e) {
                if (attempt > 50) {
                    throw e;
                }
            }
        }
        EchoServer echo = new EchoServer(name, server);
        Thread.ofVirtual().start(echo::accept);
        return echo;
    }

    String address() {
        return server.getInetAddress().getHostAddress();
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (String head = Wire.head(in); !head.isEmpty(); head = Wire.head(in)) {
                if (head.toLowerCase(java.util.Locale.ROOT).contains("\r\nupgrade: websocket\r\n")) {
                    out.write(Wire.switching(head));
                    if (head.startsWith("GET /frames")) {
                        Wire.echoFrames(in, out);
                    } else {
                        in.transferTo(out);
                    }
                    return;
                }
                byte[] body = (name + "\n" + head).getBytes(StandardCharsets.UTF_8);
                String answer = "HTTP/1.1 200 OK\r\nContent-Type: text/x-echo\r\nContent-Length: " + body.length
                        + "\r\n\r\n" + name + "\n" + head;
                out.write(answer.getBytes(StandardCharsets.UTF_8));
                out.flush();
                if (head.toLowerCase(java.util.Locale.ROOT).contains("connection: close")) {
                    return;
                }
            }
        } catch (IOException e) {
            // The proxy closed the connection: that is its right.
            return;
        }
    }
}
