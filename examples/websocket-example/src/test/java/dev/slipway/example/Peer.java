package dev.slipway.example;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The other end of a WebSocket, by the JDK's client: whole messages, pongs and the close, in their order, as text. */
final class Peer implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    Peer(HttpClient client, URI address) {
        socket = client.newWebSocketBuilder().buildAsync(address, this).join();
    }

    WebSocket socket() {
        return socket;
    }

    /** The next thing that was heard, such as {@code text hello} or {@code close 1001}. */
    String next() throws InterruptedException {
        String next = heard.poll(5, TimeUnit.SECONDS);
        return next == null ? "nothing within 5 s" : next;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        return part(from, "text ", part, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        return part(from, "bytes ", StandardCharsets.ISO_8859_1.decode(part), last);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer part) {
        heard.add("pong " + StandardCharsets.ISO_8859_1.decode(part));
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        heard.add("close " + code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        heard.add("error " + error);
    }

    private CompletionStage<?> part(WebSocket from, String kind, CharSequence part, boolean last) {
        message.append(part);
        if (last) {
            heard.add(kind + message);
            message.setLength(0);
        }
        from.request(1);
        return null;
    }
}
