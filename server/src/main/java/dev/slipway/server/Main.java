package dev.slipway.server;

import dev.slipway.door.Door;
import dev.slipway.model.UserException;
import dev.slipway.ssh.AdministratorKey;
import dev.slipway.ssh.HostKeys;
import dev.slipway.ssh.SshConfig;
import dev.slipway.ssh.SshDoor;
import dev.slipway.store.Store;
import dev.slipway.store.Store.SshKey;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code slipway server}: the daemon, in the foreground, until SIGTERM. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int USUAL_SSH_PORT = 22;
    private static final String DEFAULT_DATA = "/var/lib/slipway";

    private Main() {}

    /** @param words what stands behind {@code slipway server} */
    public static void main(String[] words) {
        Logging.toStandardError();
        try {
            String data = Optional.ofNullable(System.getenv("SLIPWAY_DATA")).orElse(DEFAULT_DATA);
            Options options = Options.parse(List.of(words), Path.of(data));
            if (options.stopAll()) {
                stopAll(options);
            } else {
                serve(options);
            }
        } catch (UserException e) {
            e.text().lines().forEach(line -> System.err.println(" !     " + line));
            System.exit(e.exitCode());
        } catch (RuntimeException e) {
            LOG.error("Slipway cannot go on", e);
            System.exit(1);
        }
    }

    private static void stopAll(Options options) {
        Directories directories = Directories.in(options.data());
        try (DaemonLock _ = DaemonLock.takeOver(directories.run());
                Platform platform = platform(options, directories)) {
            platform.stopAll();
        }
    }

    private static Platform platform(Options options, Directories directories) {
        return new Platform(options, directories, Path.of(System.getProperty("java.home")), Clock.systemUTC());
    }

    private static void serve(Options options) {
        Directories directories = Directories.in(options.data());
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            asked.countDown();
            await(ended);
        }));
        try (DaemonLock _ = DaemonLock.take(directories.run());
                Platform platform = platform(options, directories)) {
            platform.resume(options);
            try (Door _ = new Door(options.data(), platform.commands());
                    SshDoor ssh = sshDoor(options, directories, platform)) {
                ssh.start();
                System.out.println("Slipway is ready: ssh on port " + options.sshPort() + ", http on "
                        + options.httpPort() + ", https on " + options.httpsPort() + ", data in " + options.data());
                tellOfGitRemotes(options, platform);
                await(asked);
            }
            LOG.info("Slipway ends; apps and nginx go on");
        } finally {
            ended.countDown();
        }
    }

    /** The short form of a git remote, dokku@HOST:APP, has no room for a port. */
    private static void tellOfGitRemotes(Options options, Platform platform) {
        if (options.sshPort() != USUAL_SSH_PORT) {
            LOG.info(
                    "Clients that write dokku@HOST:APP need this in their ~/.ssh/config:\n{}",
                    SshConfig.snippet(platform.host(), options.sshPort()).stripTrailing());
        }
    }

    private static SshDoor sshDoor(Options options, Directories directories, Platform platform) {
        Store store = platform.store();
        HostKeys hostKeys = HostKeys.open(directories.hostKeys());
        SshDoor door = new SshDoor(
                new InetSocketAddress(
                        options.bindAddress().orElse(Machine.hasIpv6() ? "::" : "0.0.0.0"), options.sshPort()),
                hostKeys,
                fingerprint -> store.sshKeys().stream()
                        .filter(key -> key.fingerprint().equals(fingerprint))
                        .map(SshKey::name)
                        .findFirst(),
                new SshDoor.Access(platform.commands(), platform.git()));
        door.admit(AdministratorKey.make(
                directories.terminal(), options.bindAddress().orElse("127.0.0.1"), options.sshPort(), hostKeys));
        return door;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
