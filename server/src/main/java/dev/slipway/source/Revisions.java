package dev.slipway.source;

import dev.slipway.exec.Command;
import dev.slipway.exec.ProgramFailure;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.model.AppName;
import dev.slipway.model.Revision;
import dev.slipway.model.SandboxUser;
import dev.slipway.model.UserException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads revisions out of the repositories, those of a push that is being judged too. Objects are read as they were committed:
 * no filter, no attribute and no configuration of the repository has a say.
 */
public final class Revisions {

    private static final Duration LONGEST_LISTING = Duration.ofSeconds(30);
    private static final Duration LONGEST_READING = Duration.ofSeconds(15);
    private static final Duration LONGEST_LAYOUT = Duration.ofMinutes(5);

    private final GitSetup setup;
    private final Runner runner;

    public Revisions(GitSetup setup, Runner runner) {
        this.setup = setup;
        this.runner = runner;
    }

    /** The commit that a branch, a tag or a commit id names, or that an annotated tag object stands for; empty if there is none. */
    public Optional<Revision> find(AppName app, String name, Quarantine quarantine) {
        Result result = runner.run(
                in(app, quarantine, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"));
        return result.ok() ? Optional.of(new Revision(result.out().strip())) : Optional.empty();
    }

    /** The name of the tree of a revision: the same for two revisions with the same files. */
    public String treeId(Source source) {
        return runner.out(in(
                        source.app(),
                        source.quarantine(),
                        "rev-parse",
                        "--verify",
                        "--end-of-options",
                        source.revision() + "^{tree}"))
                .strip();
    }

    /**
     * Reads a few text files of a revision with one program. Links within the tree are followed.
     *
     * @param paths relative to the top of the tree
     * @throws UserException for a file larger than 1 MiB, that is not UTF-8 text, or for what is not a file
     */
    public Contents read(Source source, List<String> paths) {
        TextFiles files = new TextFiles(paths);
        StringBuilder asked = new StringBuilder(source.revision() + "^{tree}\n");
        for (String path : paths) {
            if (path.indexOf('\n') >= 0) {
                throw UserException.invalid("A path in a repository cannot hold a newline: " + path);
            }
            asked.append(source.revision()).append(':').append(path).append('\n');
        }
        batch(
                in(source.app(), source.quarantine(), "cat-file", "--batch", "--follow-symlinks")
                        .reading(asked.toString())
                        .within(LONGEST_READING),
                files);
        return files.contents();
    }

    /**
     * Lays a revision out as files that belong to a user: executable or not as committed, nothing else of their modes kept.
     * Links are made last and as they were committed, wherever they point, so nothing is ever written through one; who reads
     * the result as root must not follow them.
     *
     * @param into a directory that is not there yet; its parent is
     * @throws UserException for more than 100,000 files or 1 GiB, or paths that lead out of the tree
     */
    public Layout layOut(Source source, Path into, SandboxUser owner) {
        List<TreeEntry> entries = list(source);
        TreeFiles files = new TreeFiles(entries, into, owner);
        Command cat = in(source.app(), source.quarantine(), "cat-file", "--batch", "--buffer");
        batch(cat.reading(files.objects()).within(LONGEST_LAYOUT), files);
        return files.finish();
    }

    /** Gives a revision that was laid out the repository that it is from, as {@code .git}: for builds that ask git who they are. */
    public void keepHistory(Source source, Path tree, SandboxUser owner) {
        Command pack = in(source.app(), source.quarantine(), "pack-objects", "--revs", "--stdout", "--quiet");
        new Histories(setup, runner).keep(pack, source, tree, owner);
    }

    private List<TreeEntry> list(Source source) {
        Command command = in(
                        source.app(),
                        source.quarantine(),
                        "ls-tree",
                        "-r",
                        "-l",
                        "-z",
                        "--full-tree",
                        source.revision().sha())
                .within(LONGEST_LISTING);
        try {
            return Arrays.stream(runner.out(command).split("\0"))
                    .filter(line -> !line.isEmpty())
                    .map(TreeEntry::parse)
                    .toList();
        } catch (ProgramFailure e) {
            throw new UserException(
                    UserException.Kind.FAILED,
                    "The files of " + source.app() + " at " + source.revision() + " cannot be listed: "
                            + e.getMessage(),
                    e);
        }
    }

    private void batch(Command command, BatchReply.Sink sink) {
        BatchReply reply = new BatchReply(sink);
        ByteArrayOutputStream complaint = new ByteArrayOutputStream();
        InputStream asked = new java.io.ByteArrayInputStream(command.input().getBytes(StandardCharsets.UTF_8));
        try {
            int exitCode = runner.stream(command, new Runner.Streams(asked, reply, complaint));
            if (exitCode != 0) {
                throw new ProgramFailure(
                        "git exited with " + exitCode + ": " + complaint.toString(StandardCharsets.UTF_8));
            }
        } catch (ProgramFailure e) {
            RuntimeException refusal = reply.refusal();
            throw refusal != null ? refusal : e;
        }
    }

    private Command in(AppName app, Quarantine quarantine, String... words) {
        Command command = setup.gitIn(app, words);
        return quarantine
                .objects()
                .map(objects -> command.environment("GIT_OBJECT_DIRECTORY", objects.toString())
                        .environment(
                                "GIT_ALTERNATE_OBJECT_DIRECTORIES",
                                setup.repository(app).resolve("objects").toString()))
                .orElse(command);
    }
}
