package dev.slipway.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cert.SelfSigned;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Domain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Templates that were written for Dokku, unmodified. None is part of this repository: {@code SLIPWAY_DOKKU_TEMPLATES} holds the
 * paths of files to try, with colons between them.
 */
@EnabledIfEnvironmentVariable(
        named = "SLIPWAY_DOKKU_TEMPLATES",
        matches = ".+",
        disabledReason = "SLIPWAY_DOKKU_TEMPLATES names no template to try")
class DokkuTemplatesTest {

    private NginxLab lab;
    private EchoServer web;

    static Stream<Path> templates() {
        return Arrays.stream(
                        String.valueOf(System.getenv("SLIPWAY_DOKKU_TEMPLATES")).split(":"))
                .map(Path::of);
    }

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

    @ParameterizedTest
    @MethodSource("templates")
    void serves(Path template) throws IOException {
        lab.nginx.publish(site(template).type("web", web).type("ws", web).build());

        assertThat(Wire.get(lab.http, "shop.test", "/").body()).startsWith("web\nGET / ");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.http)) {
            assertThat(Wire.upgrade(socket, "shop.test", "/echo")).startsWith("HTTP/1.1 101 ");
            assertThat(Wire.echo(socket, "hello")).isEqualTo("hello");
        }
        Path log = lab.directories.logs().resolve("shop-access.log");
        Awaitility.await().untilAsserted(() -> assertThat(log).content().contains("GET /"));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void servesWithACertificate(Path template) throws Exception {
        CertificatePem pem = SelfSigned.make(List.of(new Domain("shop.test")), Instant.now());

        lab.nginx.publish(
                site(template).type("web", web).type("ws").certificate(pem).build());

        assertThat(Wire.get(lab.http, "shop.test", "/").body()).isNotEmpty();
        if (Files.readString(template).contains("eq $scheme \"https\"")) {
            try (Socket socket = lab.secure(pem, "shop.test")) {
                assertThat(Wire.get(socket, "shop.test", "/").body()).startsWith("web\nGET / ");
            }
        }
    }

    /** A template without any guard cannot be served then, which is said beforehand; the others answer 502. */
    @ParameterizedTest
    @MethodSource("templates")
    void withoutAProcessItAnswersOrWarnsBeforehand(Path template) throws IOException {
        boolean warned =
                lab.nginx.inspect(site(template).type("web", web).type("ws").build()).orElseThrow().remarks().stream()
                        .anyMatch(remark -> remark.what().contains("while no web process runs"));

        assertThat(warned).isEqualTo(!Files.readString(template).contains("if $.DOKKU_APP_WEB_LISTENERS"));
        if (!warned) {
            lab.nginx.publish(site(template).type("web").type("ws").build());
            assertThat(Wire.get(lab.http, "shop.test", "/").status()).isEqualTo(502);
        }
    }

    private NginxLab.Draft site(Path template) throws IOException {
        return lab.site("shop").template(Files.readString(template));
    }
}
