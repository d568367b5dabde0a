package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cert.SelfSigned;
import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.SystemRunner;
import dev.slipway.model.CertificatePem;
import dev.slipway.model.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What commands read from files and from standard input. */
class KeysAndCertificatesTest extends AtDesk {

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGv0YkTAZ7PS0YkPUGbXS0qkMXOpV7gRCXzYHdSvd6zF";

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve");
    }

    @Test
    void aSigningRequestComesWithACertificateOfOurOwn() throws IOException {
        String out = desk.ok("certs:generate", "shop", "shop.example.com");
        String request = out.substring(out.indexOf("-----BEGIN CERTIFICATE REQUEST-----"));
        Path file = Files.writeString(directory.resolve("request.pem"), request);
        String read = new SystemRunner()
                .out(Command.of("openssl", "req", "-noout", "-verify", "-text", "-in", file.toString()));
        assertThat(read).contains("CN = shop.example.com", "DNS:shop.example.com, DNS:shop.test");
    }

    @Test
    void aKeyIsAddedFromInputOrFromAFileListedAndRemoved() throws IOException {
        Result added = desk.reading(KEY + " ann@laptop\n", "ssh-keys:add", "ann");
        assertThat(added.exitCode()).as(added.err()).isZero();
        String fingerprint = added.out().strip();
        assertThat(fingerprint).startsWith("SHA256:");
        assertThat(desk.ok("ssh-keys:list"))
                .isEqualTo(fingerprint + " NAME=\"ann\" SSHCOMMAND_ALLOWED_KEYS=\""
                        + "no-agent-forwarding,no-user-rc,no-X11-forwarding,no-port-forwarding\"\n");
        assertThat(desk.reading(KEY, "ssh-keys:add", "bob").err()).contains("Duplicate SSH Public Key");

        desk.ok("ssh-keys:remove", "ann");
        assertThat(desk.run("ssh-keys:list")).isEqualTo(new Result(1, "", " !     No public keys found\n"));
        assertThat(desk.run("ssh-keys:remove", "ann").exitCode()).isEqualTo(1);

        Files.writeString(directory.resolve("ann.pub"), KEY);
        assertThat(desk.ok("ssh-keys:add", "ann", "ann.pub")).isEqualTo(fingerprint + "\n");
    }

    @Test
    void whatIsNoKeyIsRefused() {
        assertThat(desk.reading("-----BEGIN OPENSSH PRIVATE KEY-----", "ssh-keys:add", "ann")
                        .exitCode())
                .isEqualTo(1);
        assertThat(desk.reading("", "ssh-keys:add", "ann").exitCode()).isEqualTo(1);
        assertThat(desk.reading(KEY + "\n" + KEY, "ssh-keys:add", "ann").exitCode())
                .isEqualTo(1);
        assertThat(desk.reading(KEY, "ssh-keys:add", "a b").exitCode()).isEqualTo(1);
        assertThat(desk.reading("x".repeat(1_000_000), "ssh-keys:add", "ann").exitCode())
                .isEqualTo(1);
        assertThat(desk.store().sshKeys()).isEmpty();
    }

    @Test
    void aCertificateIsReadFromFilesRelativeToTheCallersDirectory() throws IOException {
        certificate("shop.test");
        assertThat(desk.ok("certs:add", "shop", "server.crt", "./server.key"))
                .isEqualTo("-----> Setting the certificate of shop\n");
        assertThat(desk.ok("certs:report", "shop")).startsWith("""
                =====> shop ssl information
                       Ssl dir:                       /data/apps/shop/tls
                       Ssl enabled:                   true
                """);
        assertThat(desk.ok("certs:report", "shop", "--ssl-hostnames")).isEqualTo("shop.test\n");
        assertThat(desk.ok("certs:remove", "shop")).isEqualTo("-----> Removed the certificate of shop\n");
        assertThat(desk.ok("certs:report", "shop", "--ssl-enabled")).isEqualTo("false\n");
        assertThat(desk.run("certs:remove", "shop").err())
                .isEqualTo(" !     An app-specific SSL endpoint is not defined\n");
    }

    @Test
    void withTheFirstCertificateTheAppsOwnMappingsGetHttpsAndLoseItWithTheLast() throws IOException {
        desk.ok("ports:set", "shop", "http:80:3000", "http:8080:3000");
        certificate("shop.test");
        desk.ok("certs:add", "shop", "server.crt", "server.key");
        assertThat(desk.ok("ports:report", "shop", "--ports-map"))
                .isEqualTo("http:80:3000 http:8080:3000 https:443:3000\n");
        desk.ok("ports:remove", "shop", "https:443:3000");
        desk.ok("certs:update", "shop", "server.crt", "server.key");
        assertThat(desk.ok("ports:report", "shop", "--ports-map")).isEqualTo("http:80:3000 http:8080:3000\n");
        desk.ok("ports:add", "shop", "https:443:3000");
        desk.ok("certs:remove", "shop");
        assertThat(desk.ok("ports:report", "shop", "--ports-map")).isEqualTo("http:80:3000 http:8080:3000\n");
    }

    @Test
    void aCertificateThatThisMachineSignsIsMade() {
        assertThat(desk.ok("certs:generate", "shop", "www.shop.test"))
                .startsWith("-----> Generating a self-signed certificate for www.shop.test\n");
        assertThat(desk.ok("certs:report", "shop", "--ssl-hostnames")).isEqualTo("shop.test www.shop.test\n");
        assertThat(desk.ok("certs:report", "shop", "--ssl-verified")).isEqualTo("self signed.\n");
        assertThat(desk.ok("domains:report", "shop", "--domains-app-vhosts")).isEqualTo("shop.test www.shop.test\n");

        String before = desk.ok("certs:show", "shop", "crt");
        assertThat(desk.ok("certs:generate", "shop", "other.test"))
                .isEqualTo("-----> shop has an SSL endpoint already defined\n");
        assertThat(desk.ok("certs:show", "shop", "crt")).isEqualTo(before);
    }

    @Test
    void aCertificateForANameAndAllBelowItNamesBoth() {
        desk.ok("domains:set", "shop", "_", ".below.test");
        desk.ok("certs:generate", "shop", ".below.test");
        assertThat(desk.ok("certs:report", "shop", "--ssl-hostnames")).isEqualTo("*.below.test below.test\n");
        assertThat(desk.run("certs:generate", "shop", "a b").exitCode()).isEqualTo(1);
    }

    @Test
    void aCertificateAndItsKeyAreShownAndReplaced() throws IOException {
        certificate("shop.test");
        assertThat(desk.run("certs:show", "nosuch", "crt").exitCode()).isEqualTo(20);
        for (String[] words : new String[][] {{"certs:show", "shop"}, {"certs:show", "shop", "chain"}}) {
            assertThat(desk.run(words)).isEqualTo(new Result(1, "", " !     specify either 'key' or 'crt'\n"));
        }
        String none = " !     shop doesn't have an SSL endpoint defined: give it one with certs:add\n";
        assertThat(desk.run("certs:show", "shop", "key")).isEqualTo(new Result(1, "", none));
        assertThat(desk.run("certs:update", "shop", "server.crt", "server.key")).isEqualTo(new Result(1, "", none));

        desk.ok("certs:add", "shop", "server.crt", "server.key");
        assertThat(desk.ok("certs:show", "shop", "crt")).isEqualTo(Files.readString(directory.resolve("server.crt")));
        assertThat(desk.ok("certs:show", "shop", "key")).isEqualTo(Files.readString(directory.resolve("server.key")));

        certificate("new.test");
        assertThat(desk.ok("certs:update", "shop", "server.crt", "server.key"))
                .isEqualTo("-----> Setting the certificate of shop\n");
        assertThat(desk.ok("certs:report", "shop", "--ssl-hostnames")).isEqualTo("new.test\n");
        assertThat(desk.run("certs:update", "shop", "server.crt").exitCode()).isEqualTo(1);
    }

    /** Dokku sorts all of them by their text, and gives the https one where it gives one. */
    @Test
    void withACertificateUrlsAreSortedAndTheOneUrlIsSecure() throws IOException {
        desk.ok("domains:add", "shop", "a.test");
        certificate("shop.test");
        desk.ok("certs:add", "shop", "server.crt", "server.key");
        assertThat(desk.ok("url", "shop")).isEqualTo("https://shop.test\n");
        assertThat(desk.ok("urls", "shop")).isEqualTo("""
                http://a.test
                http://shop.test
                https://a.test
                https://shop.test
                """);
    }

    @Test
    void filesThatCannotBeReadAreNamedAndChangeNothing() throws IOException {
        certificate("shop.test");
        assertThat(desk.run("certs:add", "shop", "nope.crt", "server.key").err())
                .isEqualTo(" !     There is no file " + directory.resolve("nope.crt") + "\n");
        assertThat(desk.run("certs:add", "shop", "server.crt").err()).contains("takes two files");
        assertThat(desk.run("certs:add", "shop", "server.key", "server.crt").err())
                .contains("swapped");
        assertThat(desk.run("certs:add", "shop", ".", "server.key").exitCode()).isEqualTo(1);
        assertThat(desk.reading("not a tar", "certs:add", "shop").exitCode()).isEqualTo(1);
        assertThat(desk.ok("certs:report", "shop", "--ssl-enabled")).isEqualTo("false\n");
    }

    /** The daemon is root: it would read any file for anybody. */
    @Test
    void overSshNoFileIsRead() throws IOException {
        certificate("shop.test");
        for (String[] words : new String[][] {
            {"certs:add", "shop", directory.resolve("server.crt").toString(), "/etc/shadow"},
            {"ssh-keys:add", "ann", "/etc/shadow"}
        }) {
            Result result = desk.overSsh(words);
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err())
                    .startsWith(" !     Files are read for the machine's administrator only; over ssh send");
        }
    }

    private void certificate(String domain) throws IOException {
        CertificatePem pem = SelfSigned.make(List.of(new Domain(domain)), Desk.NOW);
        Files.writeString(directory.resolve("server.crt"), pem.chain());
        Files.writeString(directory.resolve("server.key"), pem.key());
    }
}
