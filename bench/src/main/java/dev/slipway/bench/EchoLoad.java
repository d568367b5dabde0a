package dev.slipway.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Messages over WebSockets (RFC 6455), each sent once the one before has come back: one thread for all of them, and frames that are made
 * once, so that it takes little of the machine itself.
 */
final class EchoLoad {

    private static final int SOCKETS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Thirty-two bytes; a mask of zeros, which the standard allows, leaves them as they are. */
    private static final byte[] PAYLOAD = "thirty-two bytes to be echoed...".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] SENT = frame(0x80 | PAYLOAD.length, 4);
    private static final byte[] EXPECTED = frame(PAYLOAD.length, 0);

    private static final String HANDSHAKE = """
            GET /echo HTTP/1.1\r
            Host: HOST\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;

    private EchoLoad() {}

    /** A final text frame with room for its mask. */
    private static byte[] frame(int length, int mask) {
        ByteBuffer frame = ByteBuffer.allocate(2 + mask + PAYLOAD.length);
        frame.put((byte) 0x81).put((byte) length).position(2 + mask).put(PAYLOAD);
        return frame.array();
    }

    /** One socket and how much of its next echo has come. */
    private record Peer(SocketChannel channel, ByteBuffer out, ByteBuffer in) {

        void send() throws IOException {
            out.clear();
            while (out.hasRemaining()) {
                // A frame fits the socket's empty buffer: nothing else is on its way.
                channel.write(out);
            }
        }

        /** Reads what there is; true if it made the echo whole. */
        boolean echoed() throws IOException {
            if (channel.read(in) < 0) {
                throw new EOFException("a WebSocket was closed");
            }
            if (in.hasRemaining()) {
                return false;
            }
            if (!in.flip().equals(ByteBuffer.wrap(EXPECTED))) {
                throw new IOException("an echo is not what was sent");
            }
            in.clear();
            return true;
        }
    }

    /** Echoes a second through the nginx at that port. */
    static double rate(int port, int seconds) {
        try (Selector selector = Selector.open()) {
            try {
                for (int i = 0; i < SOCKETS; i++) {
                    Peer peer = open(port);
                    peer.channel().configureBlocking(false);
                    peer.channel().register(selector, SelectionKey.OP_READ, peer);
                }
                return drive(selector, Duration.ofSeconds(seconds));
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static double drive(Selector selector, Duration time) throws IOException {
        for (SelectionKey key : selector.keys()) {
            peer(key).send();
        }
        long echoes = 0;
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < time.toNanos()) {
            if (selector.select(PATIENCE.toMillis()) == 0) {
                throw new IOException("no echo within " + PATIENCE.toSeconds() + " s");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                if (peer(key).echoed()) {
                    echoes++;
                    peer(key).send();
                }
            }
            selector.selectedKeys().clear();
        }
        return echoes / ((System.nanoTime() - begin) / 1e9);
    }

    private static Peer peer(SelectionKey key) {
        return (Peer) key.attachment();
    }

    private static Peer open(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
        channel.socket().setSoTimeout((int) PATIENCE.toMillis());
        channel.write(ByteBuffer.wrap(HANDSHAKE.replace("HOST", Lab.HOST).getBytes(StandardCharsets.US_ASCII)));
        StringBuilder answer = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (answer.indexOf("\r\n\r\n") < 0) {
            if (channel.read(one.clear()) < 0) {
                throw new EOFException("no WebSocket, but " + answer);
            }
            answer.append((char) one.get(0));
        }
        if (!answer.toString().startsWith("HTTP/1.1 101 ")) {
            channel.close();
            throw new IOException("no WebSocket, but " + answer);
        }
        return new Peer(channel, ByteBuffer.wrap(SENT.clone()), ByteBuffer.allocate(EXPECTED.length));
    }
}
