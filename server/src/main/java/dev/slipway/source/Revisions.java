package dev.slipway.source;

import dev.slipway.exec.Command;
import dev.slipway.exec.ProgramFailure;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.model.AppName;
import dev.slipway.model.Revision;
import dev.slipway.model.SandboxUser;
import dev.slipway.model.UserException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads revisions out of the repositories, those of a push that is being judged too. Objects are read as they were committed:
 * no filter, no attribute and no configuration of the repository has a say.
 */
public final class Revisions {

    private static final Duration LONGEST_READING = Duration.ofSeconds(15);

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

    /** The name of the tree of a source: the same for two with the same files. */
    public String treeId(Source source) {
        return runner.out(in(
                        source.app(),
                        source.quarantine(),
                        "rev-parse",
                        "--verify",
                        "--end-of-options",
                        source.object("")))
                .strip();
    }

    /**
     * Reads a few text files of a source with one program. Links within the repository are followed.
     *
     * @param paths relative to the top of the source
     * @throws UserException for a file larger than 1 MiB, that is not UTF-8 text, or for what is not a file; and if the source is a
     *     directory that the revision does not have
     */
    public Contents read(Source source, List<String> paths) {
        TextFiles files = new TextFiles(paths, source.directory());
        StringBuilder asked = new StringBuilder(source.object("") + "\n");
        for (String path : paths) {
            if (path.indexOf('\n') >= 0) {
                throw UserException.invalid("A path in a repository cannot hold a newline: " + path);
            }
            asked.append(source.object(path)).append('\n');
        }
        objects(source)
                .batch(
                        in(source.app(), source.quarantine(), "cat-file", "--batch", "--follow-symlinks")
                                .reading(asked.toString())
                                .within(LONGEST_READING),
                        files);
        return files.contents();
    }

    /**
     * Lays a source out as files that belong to a user: executable or not as committed, nothing else of their modes kept.
     * Links are made last and as they were committed, wherever they point, so nothing is ever written through one; who reads
     * the result as root must not follow them.
     *
     * @param into a directory that is not there yet; its parent is
     * @throws UserException for more than 100,000 files or 1 GiB, or paths that lead out of the tree
     */
    public Layout layOut(Source source, Path into, SandboxUser owner) {
        try {
            return objects(source).layOut(tree(source), into, owner);
        } catch (ProgramFailure e) {
            throw new UserException(
                    UserException.Kind.FAILED,
                    "The files of " + source.app() + " at " + source.revision() + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    /** Gives a revision that was laid out the repository that it is from, as {@code .git}: for builds that ask git who they are. */
    public void keepHistory(Source source, Path tree, SandboxUser owner) {
        Command pack = in(source.app(), source.quarantine(), "pack-objects", "--revs", "--stdout", "--quiet");
        new Histories(setup, runner).keep(pack, source, tree, owner);
    }

    /** A directory may be a link to another one of the repository; {@code ls-tree} follows none. */
    private String tree(Source source) {
        if (source.directory().isEmpty()) {
            return source.object("");
        }
        Command check = in(source.app(), source.quarantine(), "cat-file", "--batch-check", "--follow-symlinks")
                .reading(source.object("") + "\n");
        return runner.out(check).split(" ", 2)[0];
    }

    private ObjectReader objects(Source source) {
        return new ObjectReader(runner, words -> in(source.app(), source.quarantine(), words.toArray(String[]::new)));
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
