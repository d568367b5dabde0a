package dev.slipway.ssh;

import dev.slipway.command.Commands;
import dev.slipway.command.GitAccess;
import dev.slipway.exec.Command;
import dev.slipway.exec.SystemRunner;
import dev.slipway.model.AuthorizedKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A door on a free port, one key that it lets in, and the stock ssh client. */
final class SshFixture implements AutoCloseable {

    private final Path directory;
    private final SshDoor door;
    private final SystemRunner runner = new SystemRunner();

    SshFixture(Path directory, Commands commands, GitAccess git) throws IOException {
        this.directory = directory;
        key("ada");
        AuthorizedKey key = AuthorizedKey.parse(Files.readString(directory.resolve("ada.pub")));
        HostKeys hostKeys = HostKeys.open(directory.resolve("host"));
        door = new SshDoor(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                hostKeys,
                fingerprint -> Optional.of("ada").filter(name -> fingerprint.equals(key.fingerprint())),
                new SshDoor.Access(commands, git));
        door.start();
        List<String> known = hostKeys.publicLines().stream()
                .map(line -> "[127.0.0.1]:" + door.port() + " " + line)
                .toList();
        Files.write(directory.resolve("known_hosts"), known);
    }

    int port() {
        return door.port();
    }

    SshDoor door() {
        return door;
    }

    void key(String name) {
        runner.out(Command.of(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                name,
                "-f",
                directory.resolve(name).toString()));
    }

    /** The options of an ssh client that reads no configuration but ours. */
    List<String> client(String key) {
        return List.of(
                "ssh",
                "-F",
                "none",
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "IdentityAgent=none",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "UserKnownHostsFile=" + directory.resolve("known_hosts"),
                "-o",
                "BatchMode=yes",
                "-i",
                directory.resolve(key).toString(),
                "-p",
                String.valueOf(door.port()));
    }

    Command ssh(String... words) {
        List<String> argv = new ArrayList<>(client("ada"));
        argv.add("dokku@127.0.0.1");
        argv.addAll(List.of(words));
        return Command.of(argv).within(Duration.ofSeconds(30));
    }

    /** What git runs to reach the door. */
    String gitSsh() {
        return String.join(" ", client("ada"));
    }

    @Override
    public void close() {
        door.close();
    }
}
