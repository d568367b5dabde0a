package dev.slipway.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks the platform's nginx for pages of a virtual host. */
final class Web {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final String host;

    Web(Platform platform, String host) {
        this.port = platform.httpPort();
        this.host = host;
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(request(path).build());
    }

    /**
     * On a connection of its own: one that is kept may be closed by nginx just as the next request is sent on it, which a client has to
     * expect and to answer by sending it again (RFC 9112, section 9.3.1).
     */
    HttpResponse<String> getAlone(String path) throws IOException {
        return send(request(path).header("Connection", "close").build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Host", host)
                .timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
