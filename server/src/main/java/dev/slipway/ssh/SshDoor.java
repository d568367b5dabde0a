package dev.slipway.ssh;

import dev.slipway.command.Caller;
import dev.slipway.command.Commands;
import dev.slipway.command.GitAccess;
import dev.slipway.command.Terminal;
import dev.slipway.command.Underway;
import dev.slipway.model.AuthorizedKey;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.server.session.ServerSession;

/**
 * The ssh server: public keys only, two user names, commands and git, nothing else of what ssh can do.
 */
public final class SshDoor implements AutoCloseable {

    /** Dokku's user name, which its scripts and documents use, and ours. */
    private static final Set<String> USERS = Set.of("dokku", "slipway");

    private static final AttributeKey<String> NAME = new AttributeKey<>();
    private static final AttributeKey<Boolean> ADMINISTRATOR = new AttributeKey<>();
    private static final int MOST_SESSIONS = 200;
    private static final int MOST_CHANNELS = 10;

    /** Each key that a client offers is a try, and people have many. */
    private static final int MOST_TRIES = 12;

    /**
     * Costs 170 ms a connection in Java, twice all the rest. Clients that are safe against quantum computers have ML-KEM since
     * OpenSSH 9.9; those before fall back to curve25519.
     */
    private static final String SLOW_EXCHANGE = "sntrup761";

    private static final Duration LONGEST_LOGIN = Duration.ofSeconds(60);
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(10);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private final SshServer server = SshServer.setUpDefaultServer();
    private final Underway underway = new Underway();
    private final Keys keys;
    private volatile Optional<AdministratorKey> administrator = Optional.empty();

    /** @param address port 0 takes a free one */
    public SshDoor(InetSocketAddress address, HostKeys hostKeys, Keys keys, Access access) {
        this.keys = keys;
        server.setHost(address.getAddress().getHostAddress());
        server.setPort(address.getPort());
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys.pairs()));
        server.setKeyExchangeFactories(server.getKeyExchangeFactories().stream()
                .filter(exchange -> !exchange.getName().startsWith(SLOW_EXCHANGE))
                .toList());
        letIn();
        offer(new RemoteCommand.Doorway(access.commands(), access.git(), underway));
        limit();
    }

    /** What callers get at. */
    public record Access(Commands commands, GitAccess git) {}

    private void letIn() {
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator((user, key, session) -> {
            String fingerprint = fingerprint(key);
            boolean ours =
                    administrator.map(one -> one.is(fingerprint)).orElse(false) && isHere(session.getIoSession());
            session.setAttribute(ADMINISTRATOR, ours);
            Optional<String> name =
                    !USERS.contains(user) ? Optional.empty() : ours ? Optional.of("root") : keys.nameOf(fingerprint);
            name.ifPresent(known -> session.setAttribute(NAME, known));
            return name.isPresent();
        });
    }

    private static boolean isHere(IoSession session) {
        return isHere(session.getRemoteAddress(), session.getLocalAddress());
    }

    /** Whether a connection begins and ends on one machine: the key of its command line is worth nothing elsewhere. */
    static boolean isHere(SocketAddress from, SocketAddress to) {
        return from instanceof InetSocketAddress one
                && to instanceof InetSocketAddress other
                && (one.getAddress().isLoopbackAddress() || one.getAddress().equals(other.getAddress()));
    }

    /** Lets the command line of this machine in, as the administrator that it is. */
    public void admit(AdministratorKey key) {
        administrator = Optional.of(key);
    }

    private void offer(RemoteCommand.Doorway doorway) {
        server.setCommandFactory((channel, line) -> new RemoteCommand(doorway, line));
        server.setShellFactory(channel -> new RemoteCommand(doorway, ""));
        server.setSubsystemFactories(List.of());
        server.setChannelFactories(List.of(new ChannelSessionFactory() {
            @Override
            public Channel createChannel(Session session) {
                return new DoorChannel();
            }
        }));
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setGlobalRequestHandlers(List.of(new KeepAliveHandler(), new NoMoreSessionsHandler()));
    }

    private void limit() {
        CoreModuleProperties.AUTH_TIMEOUT.set(server, LONGEST_LOGIN);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, MOST_TRIES);
        cutIdle(LONGEST_IDLE);
        CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(server, MOST_SESSIONS);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, MOST_CHANNELS);
        // A client may read as slowly as it likes, a pager for instance; whether it is there at all is asked by a
        // pulse.
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(server, Duration.ofDays(1));
    }

    /** How long a session may be silent, from now on. */
    void cutIdle(Duration longest) {
        CoreModuleProperties.IDLE_TIMEOUT.set(server, longest);
    }

    /** @throws UserException if the port is taken */
    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw new UserException(
                    UserException.Kind.FAILED,
                    "Cannot listen for ssh on " + server.getHost() + ":" + server.getPort() + ": " + e.getMessage()
                            + "; give another one with --ssh-port",
                    e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    /** Takes no more connections, interrupts what runs and gives it half a minute to end. */
    @Override
    public void close() {
        try {
            server.stop();
            underway.stop(LONGEST_STOP);
        } catch (IOException e) {
            throw new UncheckedIOException("the ssh server did not stop", e);
        }
    }

    /** The name of the key that opened a session. */
    static String nameOf(ServerSession session) {
        return Optional.ofNullable(session.getAttribute(NAME)).orElseThrow();
    }

    /** Who opened a session: somebody far away, or this machine's administrator, who wanted a terminal. */
    static Caller caller(ServerSession session, Optional<Terminal> terminal) {
        boolean administrator = Boolean.TRUE.equals(session.getAttribute(ADMINISTRATOR));
        return administrator
                ? new Caller(nameOf(session), Caller.Door.LOCAL, terminal, Optional.empty())
                : Caller.remote(nameOf(session), terminal);
    }

    static String fingerprint(PublicKey key) {
        ByteArrayBuffer buffer = new ByteArrayBuffer();
        buffer.putRawPublicKey(key);
        return AuthorizedKey.fingerprint(buffer.getCompactData());
    }
}
