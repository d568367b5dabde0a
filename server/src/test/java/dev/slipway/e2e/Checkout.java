package dev.slipway.e2e;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A developer's checkout of an app, with the platform as its remote {@code dokku}. */
final class Checkout {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Platform platform;
    private final Path directory;

    private Checkout(Platform platform, Path directory) {
        this.platform = platform;
        this.directory = directory;
    }

    static Checkout make(Platform platform, Path directory, Path files) {
        copy(files, directory);
        Checkout checkout = new Checkout(platform, directory);
        checkout.git("init", "-q", "-b", "master");
        checkout.commit("the app");
        checkout.git(
                "remote",
                "add",
                "dokku",
                platform.remote(directory.getFileName().toString()));
        return checkout;
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path :
                    all.filter(one -> !one.toString().contains("/target")).toList()) {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Checkout write(String file, String text) {
        try {
            Files.createDirectories(directory.resolve(file).getParent());
            Files.writeString(directory.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Checkout replace(String file, String target, String replacement) {
        String text = read(file);
        if (!text.contains(target)) {
            throw new IllegalArgumentException(file + " does not hold " + target);
        }
        return write(file, text.replace(target, replacement));
    }

    Checkout commit(String message) {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", message);
        return this;
    }

    /** Commits all and pushes master; what the client printed is in the result's standard error. */
    Result push() {
        return pushing("master");
    }

    Result pushing(String... words) {
        List<String> argv = new ArrayList<>(List.of("push", "dokku"));
        argv.addAll(List.of(words));
        return platform.run(command(argv));
    }

    /** A push that must succeed. */
    String deploy() {
        Result pushed = push();
        if (!pushed.ok()) {
            throw new AssertionError(
                    "the push was refused:\n" + pushed.err() + "\nThe server's log ends:\n" + platform.lastOfLog());
        }
        return pushed.err();
    }

    String git(String... words) {
        Result result = platform.run(command(List.of(words)));
        if (!result.ok()) {
            throw new AssertionError("git " + String.join(" ", words) + ": " + result.complaint());
        }
        return result.out();
    }

    Command command(List<String> words) {
        List<String> argv = new ArrayList<>(List.of("git", "-c", "user.name=test", "-c", "user.email=test@localhost"));
        argv.addAll(words);
        return Command.of(argv)
                .in(directory)
                .environment("HOME", platform.work().toString())
                .environment("GIT_CONFIG_NOSYSTEM", "1")
                .environment("GIT_SSH_COMMAND", platform.gitSsh())
                .within(LONGEST);
    }

    Path directory() {
        return directory;
    }
}
