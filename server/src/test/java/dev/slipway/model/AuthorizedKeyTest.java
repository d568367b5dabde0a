package dev.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.exec.Command;
import dev.slipway.exec.SystemRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizedKeyTest {

    @TempDir
    private Path directory;

    private final SystemRunner runner = new SystemRunner();

    @ParameterizedTest
    @CsvSource({"ed25519,256", "ecdsa,256", "ecdsa,384", "ecdsa,521", "rsa,2048"})
    void everyTypeThatSshKeygenMakesIsReadAndNamedAsItNamesIt(String type, String bits) throws IOException {
        AuthorizedKey key = AuthorizedKey.parse(make(type, bits));

        String[] shown = runner.out(Command.of(
                        "ssh-keygen", "-l", "-f", directory.resolve("key.pub").toString()))
                .split(" ");
        assertThat(key.fingerprint()).isEqualTo(shown[1]);
        assertThat(key.comment()).isEqualTo("ada@home box");
        assertThat(AuthorizedKey.parse(key.toString())).isEqualTo(key);
    }

    @Test
    void aWeakKeyIsRefused() throws IOException {
        String weak = make("rsa", "1024");

        refused(weak, "The RSA key has 1024 bits");
        refused("ssh-dss AAAAB3NzaC1kc3MAAACBAP ada", "DSA keys are too weak");
    }

    @Test
    void aPrivateKeyIsRefusedAsOne() throws IOException {
        make("ed25519", "256");

        refused(Files.readString(directory.resolve("key")), "This is a private key");
    }

    @Test
    void optionsAndSeveralKeysAreRefused() throws IOException {
        String key = make("ed25519", "256").strip();

        refused("command=\"sh\" " + key, "Options before a key are not taken");
        refused("no-pty,command=\"ssh-ed25519 x\" " + key, "Options before a key are not taken");
        refused(key + "\n" + key, "A public key is one line");
        refused("", "A public key is one line");
        refused("hello world", "hello is not a type of key");
        refused("ssh-ed25519", "not a public key");
    }

    @Test
    void aDamagedKeyIsRefused() throws IOException {
        String[] words = make("ed25519", "256").split(" ");
        byte[] key = Base64.getDecoder().decode(words[1]);

        refused("ssh-ed25519 " + encode(java.util.Arrays.copyOf(key, key.length - 1)), "damaged");
        refused("ssh-ed25519 " + encode(java.util.Arrays.copyOf(key, key.length + 1)), "damaged");
        refused("ssh-rsa " + words[1], "damaged");
        refused("ssh-ed25519 !!!", "damaged");
        refused("ssh-ed25519 " + encode(new byte[] {-1, -1, -1, -1}), "damaged");
    }

    private static String encode(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> AuthorizedKey.parse(text))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(message);
    }

    private String make(String type, String bits) throws IOException {
        Path file = directory.resolve("key");
        runner.out(Command.of(
                "ssh-keygen", "-q", "-t", type, "-b", bits, "-N", "", "-C", "ada@home box", "-f", file.toString()));
        return Files.readString(directory.resolve("key.pub"));
    }
}
