package dev.slipway.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cert.SelfSigned;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Domain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default template with the location block of Dokku's WebSocket tutorial in both places, and its upstream at the end. */
class TutorialTest {

    private static final Pattern LOCATION_BLOCK = Pattern.compile("(?m)^  location / \\{\n(    .*\n)*  \\}\n");

    private NginxLab lab;
    private EchoServer web;
    private EchoServer ws;

    @BeforeEach
    void startNginx(@TempDir Path directory) throws IOException {
        lab = new NginxLab(directory);
        web = EchoServer.start("web");
        ws = EchoServer.start("ws");
        lab.nginx.start(List.of());
    }

    @AfterEach
    void stopNginx() throws IOException {
        lab.close();
        web.close();
        ws.close();
    }

    @Test
    void theDefaultTemplateHasOnePlaceForHttpAndOneForHttps() {
        Matcher matcher = LOCATION_BLOCK.matcher(lab.nginx.defaultTemplate());

        assertThat(matcher.results()).hasSize(2);
    }

    @Test
    void withoutAWsProcessEchoIs502AndTheRestServes() throws IOException {
        lab.nginx.publish(
                site().type("web", web).type("ws").template(template("")).build());

        assertThat(Wire.get(lab.http, "shop.test", "/echo").status()).isEqualTo(502);
        assertThat(Wire.get(lab.http, "shop.test", "/").body()).startsWith("web\n");
    }

    @Test
    void withAWsProcessEchoEchoes() throws IOException {
        lab.nginx.publish(
                site().type("web", web).type("ws", ws).template(template("")).build());

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.http)) {
            assertThat(Wire.upgrade(socket, "shop.test", "/echo")).startsWith("HTTP/1.1 101 ");
            assertThat(Wire.echo(socket, "hello")).isEqualTo("hello");
        }
        assertThat(ws.connections()).isEqualTo(1);
        assertThat(web.connections()).isZero();
    }

    @Test
    void whatIsNoWebSocketIsNotUpgradedByTheTutorialsBlockEither() throws IOException {
        lab.nginx.publish(
                site().type("web", web).type("ws", ws).template(template("")).build());
        String seen = Wire.get(
                        lab.http,
                        "shop.test",
                        "/echo",
                        "Connection: Upgrade, HTTP2-Settings",
                        "Upgrade: h2c",
                        "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA")
                .body();

        assertThat(seen).startsWith("ws\nGET /echo ").doesNotContainIgnoringCase("\nupgrade:", "h2c");
    }

    @Test
    void socketsAreSpreadOverTheProcesses() throws IOException {
        try (EchoServer second = EchoServer.start("ws")) {
            lab.nginx.publish(site().type("web", web)
                    .type("ws", ws, second)
                    .template(template(""))
                    .build());
            for (int i = 0; i < 8; i++) {
                Wire.get(lab.http, "shop.test", "/echo");
            }

            assertThat(ws.connections()).isBetween(2, 6);
            assertThat(ws.connections() + second.connections()).isEqualTo(8);
        }
    }

    @Test
    void aSlashAfterTheUpstreamTakesThePathAway() throws IOException {
        lab.nginx.publish(
                site().type("web", web).type("ws", ws).template(template("")).build());
        String without = Wire.get(lab.http, "shop.test", "/echo").body();

        lab.nginx.publish(
                site().type("web", web).type("ws", ws).template(template("/")).build());
        String with = Wire.get(lab.http, "shop.test", "/echo").body();

        assertThat(without).startsWith("ws\nGET /echo HTTP/1.1");
        assertThat(with).startsWith("ws\nGET / HTTP/1.1");
    }

    @Test
    void withACertificateHttpsAndWssServeAndHttpRedirects() throws Exception {
        CertificatePem pem = SelfSigned.make(List.of(new Domain("shop.test")), Instant.now());
        lab.nginx.publish(site().type("web", web)
                .type("ws", ws)
                .template(template(""))
                .certificate(pem)
                .build());

        Wire.Answer redirect = Wire.get(lab.http, "shop.test", "/a?b=c");
        assertThat(redirect.status()).isEqualTo(301);
        assertThat(redirect.head()).contains("Location: https://shop.test:" + lab.https + "/a?b=c\r\n");
        try (Socket socket = lab.secure(pem, "shop.test")) {
            Wire.Answer answer = Wire.get(socket, "shop.test", "/");
            assertThat(answer.body()).startsWith("web\n").contains("X-Forwarded-Proto: https\r\n");
            assertThat(answer.head()).doesNotContainIgnoringCase("strict-transport-security");
        }
        try (Socket socket = lab.secure(pem, "shop.test")) {
            assertThat(Wire.upgrade(socket, "shop.test", "/echo")).startsWith("HTTP/1.1 101 ");
            assertThat(Wire.echo(socket, "safely")).isEqualTo("safely");
        }
        assertThat(Wire.get(lab.https, "shop.test", "/").status()).isEqualTo(301);
    }

    @Test
    void anUnknownNameGetsNoCertificate() throws Exception {
        CertificatePem pem = SelfSigned.make(List.of(new Domain("shop.test")), Instant.now());
        lab.nginx.publish(site().type("web", web).certificate(pem).build());

        assertThatThrownBy(() -> lab.secure(pem, "other.test"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("unrecognized_name");
    }

    @Test
    void aNewCertificateIsTakenUp() throws Exception {
        CertificatePem old = SelfSigned.make(List.of(new Domain("shop.test")), Instant.now());
        lab.nginx.publish(site().type("web", web).certificate(old).build());
        CertificatePem renewed = SelfSigned.make(List.of(new Domain("shop.test")), Instant.now());

        assertThat(lab.nginx
                        .publish(site().type("web", web).certificate(renewed).build())
                        .changed())
                .isTrue();

        try (SSLSocket socket = lab.secure(renewed, "shop.test")) {
            assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(renewed.leaf());
        }
    }

    private NginxLab.Draft site() {
        return lab.site("shop");
    }

    private String template(String slash) {
        String location = TutorialBlocks.LOCATION.replace("-ws;", "-ws" + slash + ";");
        return LOCATION_BLOCK.matcher(lab.nginx.defaultTemplate()).replaceAll("$0" + Matcher.quoteReplacement(location))
                + TutorialBlocks.UPSTREAM;
    }
}
