package dev.slipway.bench;

import dev.slipway.exec.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The command lines of those who use the platform: its own client, stock ssh and stock git.
 *
 * @param root Slipway's own directory
 * @param work for keys and checkouts
 * @param sshPort where the daemon lets keys in
 * @param app whose repository is checked out and pushed
 */
record Clients(Path root, Path work, int sshPort, String app) {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** The same people with another app. */
    Clients of(String other) {
        return new Clients(root, work, sshPort, other);
    }

    Path data() {
        return work.resolve("data");
    }

    Path key() {
        return work.resolve("key");
    }

    Path checkout() {
        return work.resolve(app);
    }

    Command makeKey() {
        return Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key().toString());
    }

    Command dokku(String... words) {
        return Command.of(root.resolve("bin/dokku").toString())
                .with(words)
                .environment("JAVA_HOME", System.getProperty("java.home"))
                .environment("SLIPWAY_DATA", data().toString())
                .within(LONGEST);
    }

    Command ssh(String... words) {
        List<String> argv = new ArrayList<>(sshWords());
        argv.addAll(List.of("-p", String.valueOf(sshPort), "dokku@127.0.0.1"));
        return Command.of(argv).with(words).within(LONGEST);
    }

    private List<String> sshWords() {
        return List.of(
                "ssh",
                "-F",
                "/dev/null",
                "-i",
                key().toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "StrictHostKeyChecking=accept-new",
                "-o",
                "UserKnownHostsFile=" + work.resolve("known_hosts"));
    }

    Command git(String... words) {
        return Command.of("git", "-c", "user.name=bench", "-c", "user.email=bench@localhost")
                .with(words)
                .in(checkout())
                .environment("HOME", work.toString())
                .environment("GIT_CONFIG_NOSYSTEM", "1")
                .environment("GIT_SSH_COMMAND", String.join(" ", sshWords()))
                .within(LONGEST);
    }

    Command push() {
        return git("push", "--quiet", "ssh://dokku@127.0.0.1:" + sshPort + "/" + app, "master");
    }
}
