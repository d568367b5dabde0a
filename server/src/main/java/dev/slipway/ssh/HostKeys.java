package dev.slipway.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The keys by which clients know this server: made once, in OpenSSH's format, and kept. */
public final class HostKeys {

    private final List<KeyPair> pairs;

    private HostKeys(List<KeyPair> pairs) {
        this.pairs = List.copyOf(pairs);
    }

    /**
     * Reads the host keys of a directory, which only the server's user can read, and makes those that are missing.
     *
     * @param directory its parent must be there
     */
    public static HostKeys open(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            List<KeyPair> pairs = new ArrayList<>();
            pairs.add(open(directory.resolve("ssh_host_ed25519_key"), HostKeys::ed25519));
            pairs.add(open(directory.resolve("ssh_host_ecdsa_key"), HostKeys::ecdsa));
            return new HostKeys(pairs);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or make the host keys in " + directory, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the host keys in " + directory + " cannot be used", e);
        }
    }

    /** The public halves, as {@code TYPE BASE64}: behind a host's name, lines of a {@code known_hosts} file. */
    public List<String> publicLines() {
        return pairs.stream()
                .map(pair -> PublicKeyEntry.toString(pair.getPublic()))
                .toList();
    }

    List<KeyPair> pairs() {
        return pairs;
    }

    private interface Maker {
        KeyPair make() throws GeneralSecurityException;
    }

    private static KeyPair open(Path file, Maker maker) throws IOException, GeneralSecurityException {
        if (!Files.exists(file)) {
            write(file, maker.make());
        }
        return SecurityUtils.loadKeyPairIdentities(null, new PathResource(file), Files.newInputStream(file), null)
                .iterator()
                .next();
    }

    /** Beside each key its public half, as ssh-keygen would: for known_hosts files. */
    private static void write(Path file, KeyPair pair) throws IOException, GeneralSecurityException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))))) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "slipway", null, out);
        }
        Files.writeString(
                file.resolveSibling(file.getFileName() + ".pub"),
                PublicKeyEntry.toString(pair.getPublic()) + " slipway\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static KeyPair ed25519() throws GeneralSecurityException {
        return SecurityUtils.getKeyPairGenerator(SecurityUtils.ED25519).generateKeyPair();
    }

    private static KeyPair ecdsa() throws GeneralSecurityException {
        KeyPairGenerator generator = SecurityUtils.getKeyPairGenerator("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
