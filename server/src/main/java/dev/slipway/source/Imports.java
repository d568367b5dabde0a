package dev.slipway.source;

import dev.slipway.exec.Command;
import dev.slipway.exec.Runner;
import dev.slipway.model.AppName;
import dev.slipway.model.Revision;
import dev.slipway.model.UserException;
import dev.slipway.source.archive.Archive;
import dev.slipway.source.archive.SourceTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes commits of archives, in the apps' repositories; no branch moves. */
public final class Imports {

    /** Where a tree is called by a name until its commit is made. */
    private static final String REF = "refs/slipway/import";

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Pattern ONLY_DIRECTORY = Pattern.compile("040000 tree ([0-9a-f]{40,64})\t[^\0]*\0");

    private final GitSetup setup;
    private final Runner runner;

    public Imports(GitSetup setup, Runner runner) {
        this.setup = setup;
        this.runner = runner;
    }

    /**
     * A tree in an app's repository.
     *
     * @param stripped whether a directory that held all the others was taken away
     */
    public record Tree(AppName app, String id, boolean stripped) {}

    /**
     * Unpacks an archive into an app's repository. A directory at the top that holds all the rest is taken away, as Dokku does.
     *
     * @param scratch a directory for a file that is deleted again
     */
    public Tree unpack(AppName app, Archive archive, Path scratch) {
        Path stream = scratch.resolve("import-stream");
        try {
            SourceTree tree = archive.convert(stream, REF);
            load(app, stream);
            String id = revParse(app, REF + "^{tree}");
            Matcher only = ONLY_DIRECTORY.matcher(runner.out(setup.gitIn(app, "ls-tree", "-z", id)));
            boolean strip = only.matches();
            tree.refuseLinksOut(strip ? 1 : 0);
            return new Tree(app, strip ? only.group(1) : id, strip);
        } finally {
            runner.run(setup.gitIn(app, "update-ref", "-d", REF));
            delete(stream);
        }
    }

    private void load(AppName app, Path stream) {
        Command load =
                setup.gitIn(app, "fast-import", "--quiet", "--force", "--done").within(LONGEST);
        ByteArrayOutputStream complaint = new ByteArrayOutputStream();
        try (InputStream in = Files.newInputStream(stream)) {
            int exitCode = runner.stream(load, new Runner.Streams(in, complaint, complaint));
            if (exitCode != 0) {
                throw UserException.failed("git cannot take the archive: "
                        + complaint
                                .toString(StandardCharsets.UTF_8)
                                .lines()
                                .findFirst()
                                .orElse("it does not say why"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            forgetReports(app);
        }
    }

    /** fast-import leaves one where it fails. */
    private void forgetReports(AppName app) {
        try (var reports = Files.newDirectoryStream(setup.repository(app), "fast_import_crash_*")) {
            reports.forEach(Imports::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a commit of a tree; empty, and none made, if it holds what its parent holds. */
    public Optional<Revision> commit(Tree tree, Author author, String message, Optional<Revision> parent) {
        if (parent.isPresent() && revParse(tree.app(), parent.get() + "^{tree}").equals(tree.id())) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>(List.of("commit-tree", tree.id(), "-m", message));
        parent.ifPresent(before -> words.addAll(List.of("-p", before.sha())));
        Command commit = setup.gitIn(tree.app(), words.toArray(String[]::new))
                .environment("GIT_AUTHOR_NAME", author.name())
                .environment("GIT_AUTHOR_EMAIL", author.email())
                .environment("GIT_COMMITTER_NAME", author.name())
                .environment("GIT_COMMITTER_EMAIL", author.email());
        return Optional.of(new Revision(runner.out(commit).strip()));
    }

    private String revParse(AppName app, String name) {
        return runner.out(setup.gitIn(app, "rev-parse", "--verify", "--end-of-options", name))
                .strip();
    }
}
