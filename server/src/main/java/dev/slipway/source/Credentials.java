package dev.slipway.source;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.model.SandboxUser;
import dev.slipway.model.UserException;
import dev.slipway.model.UserException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By what this machine proves itself to others that serve repositories, and knows them: the deploy key, the known hosts, and user names
 * with passwords. Git's user reads them all and can change none but by its own passwords' file.
 */
public final class Credentials {

    private static final String CONFIG = """
            Host *
              BatchMode yes
              StrictHostKeyChecking yes
              IdentitiesOnly yes
              IdentityFile ~/.ssh/id_ed25519
              UserKnownHostsFile ~/.ssh/known_hosts
              ConnectTimeout 20
            """;

    private static final Pattern ENTRY = Pattern.compile("machine (\\S+) login \\S+ password \\S+");

    private final GitSetup setup;
    private final Runner runner;

    /** @param setup of repositories that are prepared already */
    public Credentials(GitSetup setup, Runner runner) {
        this.setup = setup;
        this.runner = runner;
        try {
            prepare();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + setup.ssh(), e);
        }
    }

    private void prepare() throws IOException {
        Owned.directory(setup.ssh(), "rwxr-x---", 0, gid());
        write(setup.ssh().resolve("config"), CONFIG, "rw-r-----", 0);
        write(
                passwd(),
                "root:x:0:0:root:/root:/usr/sbin/nologin\nslipway-git:x:%1$d:%1$d::%2$s:/usr/sbin/nologin\n"
                        .formatted(gid(), setup.home()),
                "rw-r--r--",
                0);
        if (Files.notExists(knownHosts())) {
            write(knownHosts(), "", "rw-r-----", 0);
        }
    }

    /** The names of users, as those programs see them that are run for git's user. */
    Path passwd() {
        return setup.own().resolve("passwd");
    }

    private Path key() {
        return setup.ssh().resolve("id_ed25519");
    }

    private Path knownHosts() {
        return setup.ssh().resolve("known_hosts");
    }

    private Path netrc() {
        return setup.home().resolve(".netrc");
    }

    private int gid() {
        return setup.user().uid();
    }

    /** The public half of the deploy key, in one line; empty if there is no key. */
    public synchronized Optional<String> publicKey() {
        Path file = setup.ssh().resolve("id_ed25519.pub");
        return Files.exists(file) ? Optional.of(read(file).strip()) : Optional.empty();
    }

    /** Makes the deploy key. */
    public synchronized void generateKey() {
        if (Files.exists(key())) {
            throw UserException.invalid("A deploy key is there already: dokku git:public-key prints it");
        }
        Path fresh = setup.ssh().resolve(".new");
        Path freshPublic = setup.ssh().resolve(".new.pub");
        try {
            Files.deleteIfExists(fresh);
            Files.deleteIfExists(freshPublic);
            runner.out(Command.of(
                    "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "dokku@slipway", "-f", fresh.toString()));
            for (Path file : List.of(fresh, freshPublic)) {
                Owned.own(file, 0, gid());
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            }
            Files.move(freshPublic, setup.ssh().resolve("id_ed25519.pub"), StandardCopyOption.ATOMIC_MOVE);
            Files.move(fresh, key(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the deploy key", e);
        }
    }

    /**
     * Asks a host for its keys, and trusts them from now on.
     *
     * @return their fingerprints, for whoever wants to compare them
     */
    public synchronized List<String> allow(GitHost host) {
        List<String> words = new ArrayList<>(List.of("ssh-keyscan", "-T", "10", "-t", "ed25519,ecdsa,rsa"));
        host.port().ifPresent(port -> words.addAll(List.of("-p", port.toString())));
        words.addAll(List.of("--", host.name()));
        Result scan = runner.run(Command.of(words).within(Duration.ofSeconds(30)));
        List<String> found = scan.out()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .sorted()
                .toList();
        if (found.isEmpty()) {
            throw new UserException(Kind.FAILED, "No ssh server answers at " + host + ": is the name right?");
        }
        List<String> known = new ArrayList<>(read(knownHosts()).lines().toList());
        String named = found.getFirst().split(" ", 2)[0];
        known.removeIf(line -> line.startsWith(named + " "));
        known.addAll(found);
        String text = String.join("\n", known) + "\n";
        write(knownHosts(), text, "rw-r-----", 0);
        return runner.out(Command.of("ssh-keygen", "-l", "-f", "-").reading(String.join("\n", found) + "\n"))
                .lines()
                .toList();
    }

    /** Keeps a user and a password for a host's http and https, in the place of those that are there. */
    public synchronized void login(GitHost host, String user, String password) {
        for (String word : List.of(user, password)) {
            if (word.isEmpty() || word.length() > 1024 || word.matches("(?s).*[\\s\"\\\\\\p{Cntrl}].*")) {
                throw UserException.invalid(
                        "A user name or password for git must have 1 to 1024 characters, none of them"
                                + " a blank, a quote, a backslash or a control character");
            }
        }
        List<String> entries = without(host);
        entries.add("machine " + host.name() + " login " + user + " password " + password);
        write(netrc(), String.join("\n", entries) + "\n", "rw-------", gid());
    }

    /** Forgets them; false if there were none. */
    public synchronized boolean logout(GitHost host) {
        List<String> entries = without(host);
        boolean there = entries.size() < entries().size();
        write(netrc(), entries.isEmpty() ? "" : String.join("\n", entries) + "\n", "rw-------", gid());
        return there;
    }

    /** The hosts that have a user and a password. */
    public synchronized List<String> logins() {
        return entries().stream()
                .map(ENTRY::matcher)
                .filter(Matcher::matches)
                .map(entry -> entry.group(1))
                .sorted()
                .toList();
    }

    private List<String> without(GitHost host) {
        List<String> entries = new ArrayList<>(entries());
        entries.removeIf(entry -> entry.startsWith("machine " + host.name() + " "));
        return entries;
    }

    private List<String> entries() {
        return Files.exists(netrc(), LinkOption.NOFOLLOW_LINKS)
                ? read(netrc()).lines().filter(line -> !line.isBlank()).toList()
                : List.of();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whole or not at all, and closed to others from the first moment. */
    private void write(Path file, String text, String mode, int uid) {
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            Files.deleteIfExists(beside);
            Files.createFile(
                    beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(beside, text);
            Owned.own(beside, uid, new SandboxUser(gid()).uid());
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString(mode));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
