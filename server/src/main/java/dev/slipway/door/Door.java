package dev.slipway.door;

import dev.slipway.command.Commands;
import dev.slipway.command.Underway;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the unix socket and lets in root, and the user that the server runs as. */
public final class Door implements AutoCloseable {

    /** What Linux has room for in the address of a unix socket, without the NUL at its end. */
    private static final int LONGEST_PATH = 107;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final Path socket;
    private final Commands commands;
    private final Underway underway = new Underway();
    private final Set<UserPrincipal> admitted;
    private final ServerSocketChannel server;

    /**
     * Opens the door of a data directory.
     *
     * @throws UserException if the path is too long for a socket, or another server answers there
     */
    public Door(Path data, Commands commands) {
        this.socket = Frame.socket(data);
        this.commands = commands;
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw UserException.invalid("The data directory's path is too long for a unix socket: " + socket
                    + " must have at most " + LONGEST_PATH + " bytes; give a shorter one with --data");
        }
        try {
            prepare();
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            UserPrincipal root =
                    socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("0");
            admitted =
                    Set.of(root).contains(Files.getOwner(socket)) ? Set.of(root) : Set.of(root, Files.getOwner(socket));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + socket, e);
        }
        Thread.ofVirtual().name("door").start(this::accept);
    }

    private void prepare() throws IOException {
        Path directory = Objects.requireNonNull(socket.getParent());
        Files.createDirectories(Objects.requireNonNull(directory.getParent()));
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory);
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        if (Files.exists(socket)) {
            refuseSecond();
            Files.delete(socket);
        }
    }

    /** A socket that a killed server left answers nobody. */
    private void refuseSecond() {
        try (SocketChannel other = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            throw UserException.failed(
                    "A Slipway server is running on this data directory already (" + other.getRemoteAddress() + ")");
        } catch (IOException e) {
            LOG.info("a socket of a server that is gone is replaced");
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                Thread.ofVirtual().name("door client").start(() -> serve(channel));
            } catch (IOException e) {
                if (server.isOpen()) {
                    LOG.error("the local door failed to let a client in", e);
                }
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            UserPrincipal peer =
                    channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
            if (admitted.contains(peer)) {
                new Conversation(channel, commands, underway).serve(peer.getName());
            } else {
                LOG.warn("{} was refused at the local door", peer.getName());
                Conversation.refuse(channel, "Only root may give commands here; use sudo, or ssh");
            }
        } catch (IOException e) {
            LOG.debug("a client of the local door went away", e);
        }
    }

    /** Takes no more clients, interrupts what runs and gives it half a minute to end. */
    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + socket, e);
        }
        underway.stop(LONGEST_STOP);
    }
}
