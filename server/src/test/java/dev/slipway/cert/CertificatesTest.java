package dev.slipway.cert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.exec.Command;
import dev.slipway.exec.SystemRunner;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Domain;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {

    /** A moment after the certificates that a test makes begin. */
    private final Instant now = Instant.now().plus(Duration.ofMinutes(1));

    private final SystemRunner runner = new SystemRunner();

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"rsa:2048", "ec -pkeyopt ec_paramgen_curve:prime256v1", "ed25519"})
    void takesWhatOpensslMakes(String algorithm) throws IOException {
        make("a", algorithm);

        CertificatePem pem = Certificates.check(read("a.crt"), read("a.key"), now);

        assertThat(openssl("x509", "-noout", "-subject", pem.chain())).contains("shop.test");
        assertThat(openssl("pkey", "-pubout", pem.key())).isEqualTo(openssl("x509", "-noout", "-pubkey", pem.chain()));
    }

    @Test
    void takesAKeyInTheFormOfItsAlgorithm() throws IOException {
        make("a", "rsa:2048");
        run("openssl", "rsa", "-in", "a.key", "-traditional", "-out", "old.key");
        assertThat(read("old.key")).startsWith("-----BEGIN RSA PRIVATE KEY-----");

        assertThat(Certificates.check(read("a.crt"), read("old.key"), now).key())
                .contains("PRIVATE KEY");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        make("a", "rsa:2048");
        make("b", "rsa:2048");
        make("weak", "rsa:1024");
        run("openssl", "pkey", "-in", "a.key", "-aes128", "-passout", "pass:secret", "-out", "locked.key");

        refused("a.key", "a.crt", "swapped");
        refused("a.crt", "b.key", "does not belong");
        refused("a.crt", "locked.key", "passphrase");
        refused("weak.crt", "weak.key", "1024 bits");
        Files.writeString(directory.resolve("empty"), "");
        refused("empty", "a.key", "No certificate found");
        refused("a.crt", "empty", "0 private keys");
        Files.writeString(directory.resolve("chain"), read("b.crt") + read("a.crt"));
        refused("chain", "a.key", "wrong order");
        Files.writeString(directory.resolve("torn"), read("a.crt").substring(0, 200));
        refused("torn", "a.key", "");
    }

    @Test
    void aCertificateHasItsTime() throws IOException {
        make("a", "rsa:2048");

        assertThatThrownBy(() -> Certificates.check(read("a.crt"), read("a.key"), now.plus(Duration.ofDays(31))))
                .hasMessageContaining("expired");
        assertThatThrownBy(() -> Certificates.check(read("a.crt"), read("a.key"), now.minus(Duration.ofDays(1))))
                .hasMessageContaining("not valid before");
    }

    @Test
    void makesCertificatesThatOpensslTakes() throws IOException {
        CertificatePem pem = SelfSigned.make(List.of(new Domain("shop.test"), new Domain("*.shop.test")), now);
        Files.writeString(directory.resolve("own.crt"), pem.chain());

        assertThat(run("openssl", "verify", "-CAfile", "own.crt", "-verify_hostname", "shop.test", "own.crt"))
                .contains("OK");
        assertThat(Certificates.check(pem.chain(), pem.key(), now)).isEqualTo(pem);
        assertThat(pem.selfSigned()).isTrue();
        assertThat(pem.leaf().getNotAfter().toInstant())
                .isBetween(now.plus(Duration.ofDays(364)), now.plus(Duration.ofDays(366)));
    }

    @Test
    void describesACertificateAsDokkuDoes() throws IOException {
        make("a", "rsa:2048");
        CertificatePem pem = Certificates.check(read("a.crt"), read("a.key"), now);

        assertThat(CertificateReport.of(Optional.of(pem), Path.of("/data/apps/shop/tls")))
                .containsEntry("Ssl dir", "/data/apps/shop/tls")
                .containsEntry("Ssl enabled", "true")
                .containsEntry("Ssl hostnames", "shop.test www.shop.test")
                .containsEntry("Ssl subject", "C=GB; O=Shop; CN=shop.test")
                .containsEntry("Ssl verified", "self signed.")
                .containsEntry(
                        "Ssl expires at",
                        openssl("x509", "-noout", "-enddate", pem.chain())
                                .replace("notAfter=", "")
                                .strip());
        assertThat(CertificateReport.of(Optional.empty(), Path.of("/data/apps/shop/tls")))
                .containsEntry("Ssl enabled", "false")
                .containsEntry("Ssl subject", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ustar", "gnu", "pax"})
    void readsAnArchive(String format) throws IOException {
        make("a", "rsa:2048");
        Path deep = directory.resolve("a-directory-with-a-long-name/".repeat(6));
        Files.createDirectories(deep);
        Files.copy(directory.resolve("a.crt"), deep.resolve("server.crt"));
        Files.copy(directory.resolve("a.key"), deep.resolve("server.key"));
        Files.writeString(deep.resolve("._server.crt"), "a Mac's");
        Files.createSymbolicLink(deep.resolve("link.crt"), Path.of("server.crt"));
        run("tar", "cf", "certs.tar", "--format=" + format, "a-directory-with-a-long-name");

        try (InputStream in = Files.newInputStream(directory.resolve("certs.tar"))) {
            assertThat(CertificateArchive.read(in)).isEqualTo(new CertificateArchive(read("a.crt"), read("a.key")));
        }
    }

    @Test
    void aLinkThatUnpackingWouldFollowIsRefused() throws IOException {
        make("a", "rsa:2048");
        Files.createSymbolicLink(directory.resolve("out"), Path.of("/tmp"));
        run("tar", "cf", "evil.tar", "out", "a.crt", "a.key");

        assertThatThrownBy(() -> CertificateArchive.read(Files.newInputStream(directory.resolve("evil.tar"))))
                .hasMessage(
                        "Archive contains symlinks with absolute targets: out; pack the certificate and the key alone");
    }

    @Test
    void anArchiveHoldsOneOfEach() throws IOException {
        make("a", "rsa:2048");
        make("b", "rsa:2048");
        run("tar", "cf", "two.tar", "a.crt", "b.crt", "a.key");
        run("tar", "cf", "none.tar", "a.crt");

        assertThatThrownBy(() -> CertificateArchive.read(Files.newInputStream(directory.resolve("two.tar"))))
                .hasMessageContaining("2 files that are a certificate");
        assertThatThrownBy(() -> CertificateArchive.read(Files.newInputStream(directory.resolve("none.tar"))))
                .hasMessageContaining("0 files that are a key");
        assertThatThrownBy(() -> CertificateArchive.read(
                        new ByteArrayInputStream("not an archive".getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("not a tar archive");
        assertThatThrownBy(() -> CertificateArchive.read(new ByteArrayInputStream(new byte[0])))
                .hasMessageContaining("not a tar archive");
    }

    private void refused(String certificate, String key, String why) {
        assertThatThrownBy(() -> Certificates.check(read(certificate), read(key), now))
                .hasMessageContaining(why);
    }

    private void make(String name, String algorithm) {
        Command command = Command.of("openssl", "req", "-x509", "-nodes", "-days", "30", "-newkey")
                .with(algorithm.split(" "))
                .with("-subj", "/C=GB/O=Shop/CN=shop.test", "-addext", "subjectAltName=DNS:shop.test,DNS:www.shop.test")
                .with("-keyout", name + ".key", "-out", name + ".crt");
        runner.out(command.in(directory));
    }

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    /** @param words the arguments, and at the end what it reads */
    private String openssl(String... words) {
        List<String> all = List.of(words);
        Command command =
                Command.of("openssl").with(all.subList(0, all.size() - 1).toArray(String[]::new));
        return runner.out(command.reading(all.getLast()));
    }

    private String run(String... words) {
        return runner.out(Command.of(words).in(directory));
    }
}
