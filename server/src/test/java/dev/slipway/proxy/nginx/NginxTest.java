package dev.slipway.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cert.SelfSigned;
import dev.slipway.exec.Command;
import dev.slipway.exec.SystemRunner;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Domain;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.nginx.worker.ProcFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NginxTest {

    private NginxLab lab;
    private EchoServer web;

    @BeforeEach
    void startNginx(@TempDir Path directory) throws IOException {
        lab = new NginxLab(directory);
        web = EchoServer.start("web");
        assertThat(lab.nginx.start(List.of())).isEmpty();
    }

    @AfterEach
    void stopNginx() throws IOException {
        lab.close();
        web.close();
    }

    @Test
    void servesAnApp() throws IOException {
        lab.nginx.publish(lab.site("shop").type("web", web).build());

        Wire.Answer answer = Wire.get(lab.http, "shop.test", "/hello");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("web\nGET /hello HTTP/1.1\r\nHost: shop.test\r\n");
    }

    @Test
    void servesNothingWhileItIsHaltedAndAllOfItAgainOnceItBegins() throws IOException {
        Site shop = lab.site("shop").type("web", web).build();
        lab.nginx.publish(shop);
        lab.nginx.halt();
        assertThatThrownBy(() -> Wire.get(lab.http, "shop.test", "/")).isInstanceOf(IOException.class);

        lab.nginx.begin();
        assertThat(Wire.get(lab.http, "shop.test", "/").status()).isEqualTo(200);
        long generation = lab.generation();
        lab.nginx.begin();
        assertThat(lab.generation()).as("it serves already").isEqualTo(generation);

        lab.nginx.halt();
        lab.nginx.publish(shop);
        assertThat(Wire.get(lab.http, "shop.test", "/").status())
                .as("a change starts it")
                .isEqualTo(200);
    }

    @Test
    void namesThatNoAppHasGetNoAnswer() throws IOException {
        lab.nginx.publish(lab.site("shop").type("web", web).build());

        assertThat(Wire.get(lab.http, "other.test", "/").status()).isZero();
    }

    @Test
    void theDefaultTemplateCanBeFetched() throws IOException {
        Wire.Answer answer = Wire.get(lab.http, "127.0.0.1:" + lab.http, "/.slipway/nginx.conf.sigil");

        assertThat(answer.body()).isEqualTo(lab.nginx.defaultTemplate());
        assertThat(answer.head()).contains("Content-Type: text/plain");
    }

    @Test
    void reloadsOnlyIfSomethingChanged() throws IOException {
        assertThat(lab.nginx.publish(lab.site("shop").type("web", web).build()).changed())
                .isTrue();
        long generation = lab.generation();

        assertThat(lab.nginx.publish(lab.site("shop").type("web", web).build()).changed())
                .isFalse();

        assertThat(lab.generation()).isEqualTo(generation);
    }

    @Test
    void anotherDaemonTakesTheRunningNginxOver() throws IOException {
        lab.nginx.publish(lab.site("shop").type("web", web).build());
        ProcFile master = lab.master();
        long generation = lab.generation();
        lab.nginx.close();

        assertThat(lab.another().start(List.of(lab.site("shop").type("web", web).build())))
                .isEmpty();

        assertThat(lab.master()).isEqualTo(master);
        assertThat(lab.generation()).isEqualTo(generation);
        assertThat(Wire.get(lab.http, "shop.test", "/").status()).isEqualTo(200);
    }

    @Test
    void aBrokenTemplateIsRefusedWithItsLineAndTheSiteBeforeServesOn() throws IOException {
        lab.nginx.publish(lab.site("shop").type("web", web).build());
        String before =
                Files.readString(lab.directories.site(lab.site("shop").build().app()));
        String broken = lab.nginx.defaultTemplate().replace("  sendfile", "").replace("  gzip on;", "  gzipp on;");

        assertThatThrownBy(() -> lab.nginx.publish(
                        lab.site("shop").type("web", web).template(broken).build()))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(
                        "nginx.conf.sigil:" + lineOf(broken, "gzipp on;") + ": unknown directive \"gzipp\"\n");

        assertThat(Files.readString(
                        lab.directories.site(lab.site("shop").build().app())))
                .isEqualTo(before);
        assertThat(Wire.get(lab.http, "shop.test", "/").status()).isEqualTo(200);
    }

    @Test
    void whatIsRemovedIsNotServed() throws IOException {
        lab.nginx.publish(lab.site("shop").type("web", web).build());

        lab.nginx.remove(lab.site("shop").build().app());

        assertThat(Wire.get(lab.http, "shop.test", "/").status()).isZero();
    }

    @Test
    void logsThatGrewAreMovedAway() throws IOException {
        Site site = lab.site("shop").type("web", web).build();
        Path log = lab.nginx.accessLog(site).orElseThrow();
        lab.nginx.publish(site);
        Wire.get(lab.http, "shop.test", "/before");
        // nginx logs a request after its answer is out.
        Awaitility.await().until(() -> Files.size(log) > 10);

        lab.nginx.rotateLogs(10);
        Awaitility.await().until(() -> Files.exists(log));
        Wire.get(lab.http, "shop.test", "/after");

        assertThat(log.resolveSibling("shop-access.log.1")).content().contains("GET /before");
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(log).content().contains("GET /after").doesNotContain("GET /before"));
        assertThat(lab.nginx.publish(lab.site("other").type("web", web).build()).changed())
                .isTrue();

        lab.nginx.remove(site.app());
        assertThat(log).doesNotExist();
    }

    @Test
    void aWayThatNginxCannotPassIsTold(@TempDir Path directory) throws IOException {
        NginxLab closed = new NginxLab(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> closed.nginx.start(List.of()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("chmod o+x " + directory);
    }

    @Test
    void nginxRunsWithoutPrivileges() throws IOException {
        String status =
                Files.readString(Path.of("/proc", String.valueOf(lab.master().pid()), "status"));

        assertThat(status)
                .contains("Uid:\t" + NginxLab.UID + "\t" + NginxLab.UID, "Groups:\t \n")
                .contains("CapBnd:\t0000000000000400", "CapEff:\t0000000000000400");
        assertThat(lab.directories.main()).isReadable();
        assertThat(Files.getAttribute(lab.directories.main(), "unix:uid")).isEqualTo(0);
    }

    @Test
    void servesOnIpv6WhereTheInstallationDoes(@TempDir Path directory) throws IOException {
        try (NginxLab second = new NginxLab(directory, List.of(), List.of("::1"))) {
            second.nginx.start(List.of());
            second.nginx.publish(second.site("shop").type("web", web).build());

            try (Socket socket = new Socket(InetAddress.ofLiteral("::1"), second.http)) {
                assertThat(Wire.get(socket, "shop.test", "/").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aTrustedCertificateIsInsistedOn() throws Exception {
        CertificatePem pem = signed();
        lab.nginx.publish(lab.site("shop").type("web", web).certificate(pem).build());

        try (Socket socket = lab.secure(pem, "shop.test")) {
            assertThat(Wire.get(socket, "shop.test", "/").head())
                    .contains("Strict-Transport-Security: max-age=15724800; includeSubDomains\r\n");
        }

        lab.nginx.publish(lab.site("shop")
                .type("web", web)
                .certificate(pem)
                .properties(Map.of("hsts", "false"))
                .build());
        try (Socket socket = lab.secure(pem, "shop.test")) {
            assertThat(Wire.get(socket, "shop.test", "/").head()).doesNotContain("Strict-Transport-Security");
        }
    }

    /** A certificate that an authority vouches for, though none that anybody knows. */
    private static CertificatePem signed() {
        CertificatePem authority = SelfSigned.make(List.of(new Domain("authority.test")), Instant.now());
        String signed = new SystemRunner()
                .out(Command.of("bash", "-c", """
                                set -e; cd "$(mktemp -d)"; trap 'rm -rf "$PWD"' EXIT
                                printf %s "$AUTHORITY" > ca.crt; printf %s "$AUTHORITY_KEY" > ca.key
                                openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout own.key \
                                  -subj /CN=shop.test -out own.csr 2> /dev/null
                                openssl x509 -req -in own.csr -CA ca.crt -CAkey ca.key -days 2 -out own.crt 2> /dev/null
                                cat own.crt own.key
                                """)
                        .environment("AUTHORITY", authority.chain())
                        .environment("AUTHORITY_KEY", authority.key()));
        int key = signed.indexOf("-----BEGIN PRIVATE KEY-----");
        return new CertificatePem(signed.substring(0, key), signed.substring(key));
    }

    private static int lineOf(String text, String part) {
        return 1
                + (int) text.substring(0, text.indexOf(part))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
