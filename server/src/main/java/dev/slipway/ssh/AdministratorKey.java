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
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The key by which the command line on the server's own machine comes in over ssh, for commands that want a terminal: made anew with each
 * start of the server, in files that only root can read. Beside it stands all that a stock ssh needs to find this server and no other.
 */
public final class AdministratorKey {

    /** The host's name in the file that clients are given. */
    private static final String ALIAS = "slipway";

    private final KeyPair pair;

    private AdministratorKey(KeyPair pair) {
        this.pair = pair;
    }

    /**
     * Makes the key and writes the files {@code key}, {@code known_hosts} and {@code ssh_config}.
     *
     * @param directory for this class alone, closed to others
     * @param host where clients on this machine reach the server
     */
    public static AdministratorKey make(Path directory, String host, int port, HostKeys hostKeys) {
        try {
            KeyPair pair =
                    SecurityUtils.getKeyPairGenerator(SecurityUtils.ED25519).generateKeyPair();
            String known = hostKeys.publicLines().stream()
                    .map(line -> ALIAS + " " + line + "\n")
                    .collect(Collectors.joining());
            write(
                    directory.resolve("key"),
                    out -> OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
                            pair, "slipway command line", null, out));
            write(
                    directory.resolve("known_hosts"),
                    out -> out.write(known.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            String config = config(directory, host, port);
            write(
                    directory.resolve("ssh_config"),
                    out -> out.write(config.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            return new AdministratorKey(pair);
        } catch (IOException e) {
            throw new UncheckedIOException("the key of the command line cannot be written to " + directory, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key can be made for the command line", e);
        }
    }

    private static String config(Path directory, String host, int port) {
        return """
                Host %s
                  HostName %s
                  Port %d
                  User dokku
                  HostKeyAlias %s
                  IdentityFile "%s"
                  IdentitiesOnly yes
                  IdentityAgent none
                  UserKnownHostsFile "%s"
                  GlobalKnownHostsFile none
                  StrictHostKeyChecking yes
                  BatchMode yes
                  ControlPath none
                  EscapeChar none
                  LogLevel ERROR
                """.formatted(ALIAS, host, port, ALIAS, directory.resolve("key"), directory.resolve("known_hosts"));
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException, GeneralSecurityException;
    }

    private static void write(Path file, Content content) throws IOException, GeneralSecurityException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))))) {
            content.writeTo(out);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    boolean is(String fingerprint) {
        return SshDoor.fingerprint(pair.getPublic()).equals(fingerprint);
    }
}
