package dev.slipway.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

/**
 * Messages over WebSockets (RFC 6455) that stay open, each sent once the one before has come back: one thread for all of them, and
 * frames that are made once, so that it takes little of the machine itself. It knows no pings: a process that sends some to a silent
 * client must be driven on.
 */
final class EchoLoad implements AutoCloseable {

    private static final int SOCKETS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

    private final Selector selector;
    private int dropped;

    private EchoLoad(Selector selector) {
        this.selector = selector;
    }

    /**
     * What came of a while of it.
     *
     * @param rate echoes a second
     * @param dropped sockets that were closed on us in it
     */
    record Window(double rate, Latency latency, int dropped) {}

    /** From sending a message to having its echo whole, in milliseconds. */
    record Latency(double median, double p99, double most) {

        private static Latency of(LongStream nanoseconds) {
            long[] sorted = nanoseconds.toArray();
            if (sorted.length == 0) {
                throw new IllegalStateException("nothing was echoed");
            }
            Arrays.sort(sorted);
            return new Latency(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
        }

        private static double at(long[] sorted, double part) {
            return sorted[(int) Math.ceil(part * sorted.length) - 1] / 1e6;
        }
    }

    /** A final text frame with room for its mask. */
    private static byte[] frame(int length, int mask) {
        ByteBuffer frame = ByteBuffer.allocate(2 + mask + PAYLOAD.length);
        frame.put((byte) 0x81).put((byte) length).position(2 + mask).put(PAYLOAD);
        return frame.array();
    }

    /** One socket and how much of its next echo has come. */
    private static final class Peer {

        private final SocketChannel channel;
        private final ByteBuffer out = ByteBuffer.wrap(SENT.clone());
        private final ByteBuffer in = ByteBuffer.allocate(EXPECTED.length);
        private long sent;

        Peer(SocketChannel channel) {
            this.channel = channel;
        }

        void send() throws IOException {
            sent = System.nanoTime();
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
                throw new IllegalStateException("an echo is not what was sent");
            }
            in.clear();
            return true;
        }
    }

    /** Echoes a second through the nginx at that port. */
    static double rate(int port, int seconds) {
        try (EchoLoad load = open(port, SOCKETS)) {
            long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            Window window = load.drive(() -> System.nanoTime() > end);
            if (window.dropped() > 0) {
                throw new IllegalStateException(window.dropped() + " WebSockets were closed");
            }
            return window.rate();
        }
    }

    /** Opens that many WebSockets through the nginx at that port. */
    static EchoLoad open(int port, int sockets) {
        try {
            EchoLoad load = new EchoLoad(Selector.open());
            try {
                for (int i = 0; i < sockets; i++) {
                    SocketChannel channel = shaken(port);
                    channel.configureBlocking(false);
                    channel.register(load.selector, SelectionKey.OP_READ, new Peer(channel));
                }
                return load;
            } catch (IOException e) {
                load.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends and receives on every socket until it is over and each has its last echo. */
    Window drive(BooleanSupplier over) {
        int before = dropped;
        LongStream.Builder taken = LongStream.builder();
        long begin = System.nanoTime();
        try {
            int waiting = sendAll();
            while (waiting > 0) {
                if (selector.select(PATIENCE.toMillis()) == 0) {
                    throw new IllegalStateException("no echo within " + PATIENCE.toSeconds() + " s");
                }
                boolean last = over.getAsBoolean();
                for (SelectionKey key : selector.selectedKeys()) {
                    waiting -= answered(key, last, taken) ? 0 : 1;
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long[] all = taken.build().toArray();
        return new Window(all.length / seconds, Latency.of(LongStream.of(all)), dropped - before);
    }

    private int sendAll() {
        int waiting = 0;
        for (SelectionKey key : selector.keys()) {
            try {
                peer(key).send();
                waiting++;
            } catch (IOException e) {
                drop(key);
            }
        }
        return waiting;
    }

    /** Whether an echo of this socket is still to come. */
    private boolean answered(SelectionKey key, boolean last, LongStream.Builder taken) {
        Peer peer = peer(key);
        try {
            if (!peer.echoed()) {
                return true;
            }
            taken.add(System.nanoTime() - peer.sent);
            if (last) {
                return false;
            }
            peer.send();
            return true;
        } catch (IOException e) {
            drop(key);
            return false;
        }
    }

    private void drop(SelectionKey key) {
        dropped++;
        close(key);
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Peer peer(SelectionKey key) {
        return (Peer) key.attachment();
    }

    private static SocketChannel shaken(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
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
        return channel;
    }

    @Override
    public void close() {
        selector.keys().forEach(EchoLoad::close);
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
