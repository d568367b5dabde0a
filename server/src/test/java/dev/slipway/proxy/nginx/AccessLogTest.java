package dev.slipway.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Command;
import dev.slipway.exec.SystemRunner;
import dev.slipway.proxy.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real nginx writes into access logs about requests and about WebSockets, of npm's {@code ws}. */
class AccessLogTest {

    private static final Pattern UPGRADED = Pattern.compile(
            "127\\.0\\.0\\.1 - - \\[[^]]+] \"GET /frames HTTP/1\\.1\" 101 [0-9]+ \"-\" \"-\" upgraded [0-9]+\\.[0-9]{3}");

    private NginxLab lab;
    private EchoServer web;

    @BeforeEach
    void startNginx(@TempDir Path directory) throws IOException {
        lab = new NginxLab(directory);
        web = EchoServer.start("web");
        lab.nginx.start(List.of());
    }

    @AfterEach
    void stopNginx() throws IOException {
        lab.close();
        web.close();
    }

    private Path publish(NginxLab.Draft draft) {
        Site site = draft.type("web", web).build();
        lab.nginx.publish(site);
        return lab.nginx.accessLog(site).orElseThrow();
    }

    /** Opens a WebSocket, has a message echoed and closes it. */
    private void socket() {
        new SystemRunner()
                .out(Command.of(
                        "node",
                        Path.of("src/test/clients/echo.mjs").toAbsolutePath().toString(),
                        "ws://shop.test:" + lab.http + "/frames",
                        "--resolve",
                        "127.0.0.1:" + lab.http));
    }

    /** The lines of a log once it has so many: nginx writes one when the request is over. */
    private static List<String> lines(Path log, int count) {
        Awaitility.await()
                .until(() -> Files.exists(log) && Files.readAllLines(log).size() == count);
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWebSocketIsMarkedWithItsDurationWhenItEnds() throws IOException {
        Path log = publish(lab.site("shop"));

        socket();
        assertThat(lines(log, 1)).singleElement().asString().matches(UPGRADED);
        Wire.get(lab.http, "shop.test", "/page");

        assertThat(lines(log, 2).get(1)).endsWith("\"GET /page HTTP/1.1\" 200 " + size("/page") + " \"-\" \"-\"");
    }

    private int size(String path) throws IOException {
        return Wire.get(lab.http, "shop.test", path).body().length();
    }

    @Test
    void butForTheMarkALineIsOfTheCombinedFormatInCustomTemplatesToo() throws IOException {
        Path log = publish(lab.site("shop")
                .template(lab.nginx
                        .defaultTemplate()
                        .replace(
                                "  gzip on;",
                                "  access_log {{ $.NGINX_LOG_ROOT }}/{{ $.APP }}-combined.log combined;\n  gzip on;")));

        Wire.get(
                lab.http,
                "shop.test",
                "/page?a=%20\\",
                "Referer: http://shop.test/\"quoted\"",
                "User-Agent: a \"b\" \\ \tc é",
                "Authorization: Basic YW5uOng=");
        socket();

        List<String> marked = lines(log, 2);
        List<String> combined = lines(log.resolveSibling("shop-combined.log"), 2);
        assertThat(marked.get(0)).isEqualTo(combined.get(0)).contains("- ann [", "/page?a=%20");
        assertThat(marked.get(1)).matches(UPGRADED).startsWith(combined.get(1) + " upgraded ");
    }

    @Test
    void aFormatThatTheUserChoseStaysTheirs() throws IOException {
        Path log = publish(lab.site("shop").properties(Map.of("access-log-format", "combined")));

        socket();

        assertThat(lines(log, 1)).singleElement().asString().endsWith(" \"-\" \"-\"");
    }

    @Test
    void theJsonFormatSaysWhetherAConnectionWasUpgraded() throws IOException {
        Path log = publish(lab.site("shop").properties(Map.of("access-log-format", "slipway_json")));

        socket();
        lines(log, 1);
        Wire.get(lab.http, "shop.test", "/page");

        assertThat(lines(log, 2).get(0))
                .contains("\"status\":101,")
                .matches(".*\"duration\":[0-9.]+,\"upgrade\":true,.*");
        assertThat(lines(log, 2).get(1)).contains("\"status\":200,", "\"upgrade\":false,");
    }
}
