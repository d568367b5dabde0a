package dev.slipway.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.proxy.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the default template does with requests, on the real nginx. */
class ServingTest {

    private NginxLab lab;
    private EchoServer web;

    @BeforeEach
    void startNginx(@TempDir Path directory) throws IOException {
        lab = new NginxLab(directory);
        web = EchoServer.start("web");
        lab.nginx.start(List.of());
        lab.nginx.publish(lab.site("shop").type("web", web).build());
    }

    @AfterEach
    void stopNginx() throws IOException {
        lab.close();
        web.close();
    }

    @Test
    void connectionsToTheProcessesAreKept() throws IOException {
        for (int i = 0; i < 1000; i++) {
            assertThat(get("/" + i).status()).isEqualTo(200);
        }

        // One for each worker, and one more where a worker's was just in use or at the end of its thousand requests.
        assertThat(web.connections())
                .isLessThanOrEqualTo(2 * Runtime.getRuntime().availableProcessors());
    }

    @Test
    void withKeepaliveAtZeroEveryRequestHasItsOwnConnection() throws IOException {
        lab.nginx.publish(lab.site("shop")
                .type("web", web)
                .properties(Map.of("proxy-keepalive", "0"))
                .build());

        for (int i = 0; i < 10; i++) {
            get("/");
        }

        assertThat(web.connections()).isEqualTo(10);
    }

    @Test
    void aSiteWithoutDomainsAnswersOnItsPortWhateverHostIsAskedFor() throws IOException {
        int port = FreePort.find();
        lab.nginx.publish(lab.site("bare").type("web", web).anyHost(port).build());

        for (String host : List.of("any.example.com", "127.0.0.1:" + port, "shop.test")) {
            assertThat(Wire.get(port, host, "/").status()).as(host).isEqualTo(200);
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.http)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: any.example.com\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read())
                    .as("no answer where no app has the name")
                    .isEqualTo(-1);
        }
    }

    @Test
    void onlyAWebSocketIsUpgraded() throws IOException {
        Wire.Answer h2c = get(
                "/", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA");

        assertThat(h2c.status()).isEqualTo(200);
        assertThat(h2c.body()).startsWith("web\nGET / ").doesNotContainIgnoringCase("upgrade:", "h2c", "connection:");
    }

    @Test
    void aWebSocketPassesBothWays() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.http)) {
            assertThat(Wire.upgrade(socket, "shop.test", "/any"))
                    .startsWith("HTTP/1.1 101 ")
                    .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(Wire.echo(socket, "there and back")).isEqualTo("there and back");
        }
    }

    @Test
    void aClientCannotSayWhereItComesFrom() throws IOException {
        String seen = get(
                        "/",
                        "X-Forwarded-For: 6.6.6.6",
                        "X-Forwarded-Host: evil.test",
                        "X-Forwarded-Port: 666",
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Ssl: on",
                        "X-Forwarded-Prefix: /evil",
                        "X-Forwarded-Server: evil",
                        "X-Real-IP: 6.6.6.6",
                        "Forwarded: for=6.6.6.6",
                        "Proxy: http://evil.test")
                .body();

        assertThat(seen)
                .doesNotContain("6.6.6.6", "evil", "666\r", "X-Forwarded-Ssl")
                .contains(
                        "\r\nX-Forwarded-For: 127.0.0.1\r\n",
                        "\r\nX-Forwarded-Host: shop.test\r\n",
                        "\r\nX-Forwarded-Port: " + lab.http + "\r\n",
                        "\r\nX-Forwarded-Proto: http\r\n",
                        "\r\nX-Real-IP: 127.0.0.1\r\n");
    }

    @Test
    void withoutAWebProcessThePageTriesAgain() throws IOException {
        lab.nginx.publish(lab.site("shop").type("web").build());

        Wire.Answer answer = get("/");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("http-equiv=\"refresh\"");
    }

    @Test
    void nginxsOwnErrorsHaveOurPages() throws IOException {
        lab.nginx.publish(lab.site("shop")
                .type("web", web)
                .properties(Map.of("client-max-body-size", "1k"))
                .build());

        Wire.Answer tooLarge = get("/", "Content-Length: 2048");

        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.body()).contains("<title>Bad request</title>");
        assertThat(get("/404-error.html").body()).contains("<title>Not found</title>");
    }

    @Test
    void snippetsBesideTheSiteAreRead() throws IOException {
        Path snippets = lab.directories.snippets(lab.site("shop").build().app());
        Files.writeString(snippets.resolve("own.conf"), "location = /own { return 200 mine; }\n");

        assertThat(lab.nginx.publish(lab.site("shop").type("web", web).build()).changed())
                .isTrue();

        assertThat(get("/own").body()).isEqualTo("mine");
    }

    @Test
    void requestsAreLoggedWhereTheSiteSays() throws IOException {
        Path log = lab.nginx.accessLog(lab.site("shop").build()).orElseThrow();
        get("/logged");

        assertThat(log).isEqualTo(lab.directories.logs().resolve("shop-access.log"));
        Awaitility.await().untilAsserted(() -> assertThat(log).content().contains("\"GET /logged HTTP/1.1\" 200"));
    }

    @Test
    void whatIsUnderWaySurvivesAReload() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.http)) {
            Wire.upgrade(socket, "shop.test", "/");
            lab.nginx.publish(lab.site("other").type("web", web).build());
            assertThat(lab.nginx.retiringWorkers()).isPositive();

            assertThat(Wire.echo(socket, "still here")).isEqualTo("still here");
        }
    }

    @Test
    void noRequestFailsWhileNginxReloads() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> failures = CompletableFuture.supplyAsync(
                () -> {
                    int failed = 0;
                    while (!done.get()) {
                        failed += status() == 200 ? 0 : 1;
                    }
                    return failed;
                },
                Thread::startVirtualThread);

        for (int i = 1; i <= 8; i++) {
            lab.nginx.publish(lab.site("shop")
                    .type("web", web)
                    .properties(Map.of("proxy-read-timeout", i + "s"))
                    .build());
        }
        done.set(true);

        assertThat(failures.get()).isZero();
    }

    private int status() {
        try {
            return get("/").status();
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void textIsCompressedForThoseWhoAskForIt() throws IOException {
        Files.writeString(
                lab.directories.snippets(lab.site("shop").build().app()).resolve("text.conf"),
                "location = /text { default_type text/plain; return 200 " + "a".repeat(2000) + "; }\n");
        lab.nginx.publish(lab.site("shop").type("web", web).build());

        assertThat(get("/text", "Accept-Encoding: gzip").head())
                .contains("Content-Encoding: gzip", "Vary: Accept-Encoding");
        assertThat(get("/text").body().getBytes(StandardCharsets.UTF_8)).hasSize(2000);
    }

    private Wire.Answer get(String path, String... headers) throws IOException {
        return Wire.get(lab.http, "shop.test", path, headers);
    }
}
