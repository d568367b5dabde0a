package dev.slipway.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class WebTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static App web;

    @BeforeAll
    static void start() throws IOException {
        web = App.start();
    }

    @AfterAll
    static void stop() {
        web.close();
    }

    @Test
    void thePageIsServedWithoutAnArgument() throws Exception {
        HttpResponse<String> page = ask("GET", "/?a=b");
        assertEquals(200, page.statusCode());
        assertEquals("text/html; charset=utf-8", header(page, "content-type"));
        assertTrue(page.body().contains("<pre id=\"output\""));
    }

    @Test
    void headHasTheHeadersOfThePageAndNoBody() throws Exception {
        HttpResponse<String> head = ask("HEAD", "/");
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertEquals(
                String.valueOf(ask("GET", "/").body().getBytes(StandardCharsets.UTF_8).length),
                header(head, "content-length"));
    }

    @Test
    void aBrowserThatHasThePageIsToldSo() throws Exception {
        String tag = "W/" + header(ask("GET", "/"), "etag");
        HttpRequest again = HttpRequest.newBuilder(web.http("/"))
                .header("If-None-Match", tag)
                .build();
        assertEquals(304, CLIENT.send(again, BodyHandlers.ofString()).statusCode());
    }

    @Test
    void otherPathsAreNotFoundAndThePageCannotBeWritten() throws Exception {
        assertEquals(404, ask("GET", "/page.html").statusCode());
        assertEquals(404, ask("POST", "/echo").statusCode());
        HttpResponse<String> refused = ask("POST", "/");
        assertEquals(405, refused.statusCode());
        assertEquals("GET, HEAD", header(refused, "allow"));
    }

    @Test
    void oneConnectionServesManyRequestsUntilOneAsksForItsEnd() throws Exception {
        String request = "HEAD / HTTP/1.1\r\nHost: app\r\n";
        assertEquals(3, answers(request + "\r\n" + request + "\r\n" + request + "Connection: close\r\n\r\n"));
        assertEquals(1, answers("HEAD / HTTP/1.0\r\n\r\n"));
    }

    @Test
    void whatIsNotHttpIsRefused() throws Exception {
        assertEquals(1, answers("\u0016\u0003\u0001 hello\r\n\r\n"));
    }

    /** Sends these bytes, reads until the server closes, and counts its answers. */
    private static int answers(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", web.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return all.split("HTTP/1.1 ", -1).length - 1;
        }
    }

    private static HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(web.http(path))
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, method.equals("POST") ? BodyPublishers.ofString("text") : BodyPublishers.noBody())
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }
}
