package dev.slipway.source;

import dev.slipway.exec.Command;
import dev.slipway.exec.ProgramFailure;
import dev.slipway.exec.Runner;
import dev.slipway.model.SandboxUser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gives a revision that is laid out as files a repository of its own, with its history, for builds that ask git who they are. */
final class Histories {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final GitSetup setup;
    private final Runner runner;

    Histories(GitSetup setup, Runner runner) {
        this.setup = setup;
        this.runner = runner;
    }

    /**
     * Readable for the users of the app's processes, as the files beside it are.
     *
     * @param pack prints the packed history; its input asks for the revision
     */
    void keep(Command pack, Source source, Path tree, SandboxUser owner) {
        Path git = tree.resolve(".git");
        Path packed = tree.resolveSibling(tree.getFileName() + ".pack");
        try {
            Owned.directory(git, "rwxr-xr-x", setup.user().uid(), setup.user().uid());
            Files.createFile(
                    packed, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            byte[] asked = (source.revision() + "\n").getBytes(StandardCharsets.UTF_8);
            try (OutputStream to = Files.newOutputStream(packed)) {
                stream(pack, new ByteArrayInputStream(asked), to);
            }
            runner.out(in(git, "init", "--quiet"));
            try (InputStream from = Files.newInputStream(packed)) {
                stream(in(git, "index-pack", "--stdin"), from, OutputStream.nullOutputStream());
            }
            String sha = source.revision().sha();
            runner.out(in(git, "update-ref", "--no-deref", "HEAD", sha));
            runner.out(in(git, "read-tree", sha));
            runner.out(Command.of("chown", "-R", "-h", "-P", "--", owner.uid() + ":" + owner.uid(), git.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lay out the history of " + source.app(), e);
        } finally {
            Owned.deleteTree(packed);
        }
    }

    private Command in(Path git, String... words) {
        List<String> all = new ArrayList<>(List.of("--git-dir", git.toString()));
        all.addAll(List.of(words));
        return setup.git(List.of("safe.directory=*", "init.defaultBranch=master"), all)
                .within(LONGEST);
    }

    private void stream(Command command, InputStream in, OutputStream out) {
        ByteArrayOutputStream complaint = new ByteArrayOutputStream();
        int exitCode = runner.stream(command.within(LONGEST), new Runner.Streams(in, out, complaint));
        if (exitCode != 0) {
            throw new ProgramFailure("git exited with " + exitCode + ": " + complaint.toString(StandardCharsets.UTF_8));
        }
    }
}
