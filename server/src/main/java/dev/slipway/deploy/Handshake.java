package dev.slipway.deploy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real WebSocket handshake (RFC 6455, section 4), and one message that must come back, if that is asked for. */
final class Handshake {

    private final HttpClient http;

    Handshake(HttpClient http) {
        this.http = http;
    }

    /**
     * Opens a WebSocket and closes it again.
     *
     * @param limit for all of it
     * @return what went wrong; empty if nothing did
     */
    Optional<String> fault(URI uri, Optional<String> echo, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        Answer answer = new Answer();
        CompletableFuture<WebSocket> opening =
                http.newWebSocketBuilder().connectTimeout(limit).buildAsync(uri, answer);
        try {
            WebSocket socket = opening.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            try {
                return echo.isPresent() ? echoed(socket, answer, echo.get(), end) : Optional.empty();
            } finally {
                socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> socket);
                socket.abort();
            }
        } catch (TimeoutException e) {
            opening.cancel(true);
            return Optional.of("was not answered within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            return Optional.of(refusal(e));
        }
    }

    private static Optional<String> echoed(WebSocket socket, Answer answer, String text, long end)
            throws InterruptedException, ExecutionException, TimeoutException {
        socket.sendText(text, true).get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        String back = answer.text.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        return back.equals(text)
                ? Optional.empty()
                : Optional.of("was opened, but the message did not come back as it was sent");
    }

    private static String refusal(ExecutionException failure) {
        if (failure.getCause() instanceof WebSocketHandshakeException handshake) {
            return "was refused with status " + handshake.getResponse().statusCode() + " instead of 101";
        }
        if (failure.getCause() instanceof IOException e) {
            return "was not answered: " + e;
        }
        throw new IllegalStateException("a handshake failed in an unknown way", failure);
    }

    /** The first whole text message, however many frames it comes in. */
    private static final class Answer implements WebSocket.Listener {

        private final CompletableFuture<String> text = new CompletableFuture<>();
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                text.complete(parts.toString());
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            text.completeExceptionally(new IOException("it closed the socket with code " + code));
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            text.completeExceptionally(error instanceof IOException ? error : new IOException(error));
        }
    }
}
