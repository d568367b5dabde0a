package dev.slipway.proxy.nginx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** Asks the running nginx which configuration it runs. */
record ControlSocket(Path path) {

    /** The generation that answers, or nothing if nginx does not answer in time. */
    OptionalLong generation(Duration limit) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
                Selector selector = Selector.open()) {
            channel.write(ByteBuffer.wrap("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return parse(read(channel, selector, System.nanoTime() + limit.toNanos()));
        } catch (IOException e) {
            // Nobody listens there: an nginx that does not run is an answer too.
            return OptionalLong.empty();
        }
    }

    private static String read(SocketChannel channel, Selector selector, long deadline) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
            selector.select(Math.max(1, left / 1_000_000));
            selector.selectedKeys().clear();
            int n = channel.read(buffer);
            if (n < 0) {
                break;
            }
            answer.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return answer.toString(StandardCharsets.US_ASCII);
    }

    private static OptionalLong parse(String answer) {
        String body = answer.substring(answer.lastIndexOf("\r\n\r\n") + 1).strip();
        return body.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(body)) : OptionalLong.empty();
    }
}
