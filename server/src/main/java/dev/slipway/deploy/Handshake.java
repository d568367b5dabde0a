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
        Answer answer = new Answer(echo.orElse(""));
        CompletableFuture<WebSocket> opening =
                http.newWebSocketBuilder().connectTimeout(limit).buildAsync(uri, answer);
        try {
            WebSocket socket = opening.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            try {
                return echo.isPresent() ? echoed(socket, answer, limit, end) : Optional.empty();
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

    private static Optional<String> echoed(WebSocket socket, Answer answer, Duration limit, long end)
            throws InterruptedException, ExecutionException {
        try {
            socket.sendText(answer.expected, true).get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            answer.echoed.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of(
                    "was opened, but the message did not come back as it was sent within " + limit.toSeconds() + " s");
        }
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

    /** Waits for one text message, in however many frames it comes; others, such as a greeting, are passed over. */
    private static final class Answer implements WebSocket.Listener {

        private final String expected;
        private final CompletableFuture<Boolean> echoed = new CompletableFuture<>();
        private final StringBuilder parts = new StringBuilder();

        Answer(String expected) {
            this.expected = expected;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            // What is longer than the expected message is not it: no more is kept than shows that.
            parts.append(
                    part,
                    0,
                    Math.min(part.length(), expected.length() + 1 - Math.min(parts.length(), expected.length())));
            if (last) {
                if (expected.contentEquals(parts)) {
                    echoed.complete(true);
                }
                parts.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            echoed.completeExceptionally(new IOException("it closed the socket with code " + code));
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            echoed.completeExceptionally(error instanceof IOException ? error : new IOException(error));
        }
    }
}
