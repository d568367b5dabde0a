package dev.slipway.source;

import dev.slipway.exec.Command;
import dev.slipway.exec.SystemRunner;
import dev.slipway.model.SandboxUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A private place for repositories that git's own user can reach. */
public final class GitFixture {

    /** A number that no account of the machine has. */
    public static final SandboxUser GIT = new SandboxUser(20_051);

    private GitFixture() {}

    /** Opens the way into a temporary directory: JUnit closes it to other users. */
    public static Path reachable(Path directory) {
        try {
            return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static GitSetup setup(Path directory) {
        reachable(directory);
        return new GitSetup(directory.resolve("repos"), directory.resolve("git"), GIT, GitSetup.LARGEST_PUSH);
    }

    public static Path repository(GitSetup setup, String app) {
        return setup.repository(new dev.slipway.model.AppName(app));
    }

    /** What git's own user reads from a repository. */
    public static String git(GitSetup setup, String app, String... words) {
        Command command = setup.gitIn(new dev.slipway.model.AppName(app), words);
        return new SystemRunner().run(command).out().strip();
    }
}
