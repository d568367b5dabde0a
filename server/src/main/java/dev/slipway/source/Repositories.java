package dev.slipway.source;

import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.model.AppName;
import dev.slipway.model.Revision;
import dev.slipway.model.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The bare git repositories of the apps. */
public final class Repositories {

    private static final Duration LONGEST_GC = Duration.ofMinutes(30);

    private final GitSetup setup;
    private final Runner runner;

    /** Makes what git needs beside the repositories, and clears away what a killed server left of unfinished work. */
    public Repositories(GitSetup setup, Runner runner) {
        this.setup = setup;
        this.runner = runner;
        try {
            prepare();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + setup.own() + " for git", e);
        }
    }

    public boolean exists(AppName app) {
        return Files.isDirectory(setup.repository(app));
    }

    /**
     * Makes the empty repository of an app, whose default branch is the given one.
     *
     * @throws UserException if it is there already
     */
    public void create(AppName app, String branch) {
        refuseExisting(app);
        Path fresh = setup.repositories().resolve(".new-" + app);
        try {
            Owned.deleteTree(fresh);
            Owned.directory(fresh, "rwx------", setup.user().uid(), setup.user().uid());
            runner.out(setup.git(
                    List.of("init.templateDir="),
                    List.of("init", "--quiet", "--bare", "--initial-branch=" + branch, fresh.toString())));
            Files.move(fresh, setup.repository(app), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the repository of " + app, e);
        }
    }

    /** Deletes the repository of an app; does nothing where there is none. */
    public void destroy(AppName app) {
        if (exists(app)) {
            Path gone = setup.repositories().resolve(".gone-" + app);
            Owned.deleteTree(gone);
            move(setup.repository(app), gone);
            Owned.deleteTree(gone);
        }
    }

    /**
     * Makes the repository of an app from another's: the same branches and tags, objects of its own.
     *
     * @param branch its default branch
     */
    public void copy(AppName from, AppName to, String branch) {
        create(to, branch);
        runner.out(setup.gitIn(
                to,
                "fetch",
                "--quiet",
                "--no-write-fetch-head",
                setup.repository(from).toString(),
                "+refs/*:refs/*"));
    }

    /** @throws UserException if the new name has a repository already */
    public void rename(AppName from, AppName to) {
        refuseExisting(to);
        move(setup.repository(from), setup.repository(to));
    }

    /** Says which branch {@code git clone} checks out; the branch need not be there yet. */
    public void defaultBranch(AppName app, String branch) {
        runner.out(setup.gitIn(app, "symbolic-ref", "HEAD", "refs/heads/" + branch));
    }

    /**
     * The commit that a branch points at now. It is read from where git keeps it (gitrepository-layout(5)): a program for each of
     * hundreds of apps would take a report seconds.
     */
    public Optional<Revision> tip(AppName app, Ref.Branch branch) {
        try {
            Path loose = setup.repository(app).resolve(branch.full());
            if (Files.isRegularFile(loose, LinkOption.NOFOLLOW_LINKS)) {
                String text = Files.readString(loose).strip();
                // A branch that stands for another: git knows where that leads.
                return text.startsWith("ref: ")
                        ? Optional.ofNullable(tips(app, List.of(branch)).get(branch))
                        : Optional.of(new Revision(text));
            }
            Path packed = setup.repository(app).resolve("packed-refs");
            if (!Files.exists(packed)) {
                return Optional.empty();
            }
            String end = " " + branch.full();
            try (Stream<String> refs = Files.lines(packed)) {
                return refs.filter(ref -> ref.endsWith(end) && ref.indexOf(' ') == ref.length() - end.length())
                        .map(ref -> new Revision(ref.substring(0, ref.length() - end.length())))
                        .findFirst();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read where " + branch.full() + " of " + app + " is", e);
        }
    }

    /** What refs point at now, for annotated tags the tag object; a ref that is not there is left out. */
    public Map<Ref, Revision> tips(AppName app, Collection<Ref> refs) {
        List<String> words = new ArrayList<>(List.of("for-each-ref", "--format=%(objectname) %(refname)"));
        refs.forEach(ref -> words.add(ref.full()));
        Map<Ref, Revision> tips = new HashMap<>();
        runner.out(setup.gitIn(app, words.toArray(String[]::new))).lines().forEach(line -> {
            String[] parts = line.split(" ", 2);
            tips.put(Ref.of(parts[1]), new Revision(parts[0]));
        });
        return tips;
    }

    /**
     * Moves a branch.
     *
     * @param before where it is now; if it is elsewhere by then, it stays there
     * @throws UserException if it was moved meanwhile
     */
    public void move(AppName app, Ref.Branch branch, Optional<Revision> before, Revision after) {
        String expected = before.map(Revision::sha).orElse("0".repeat(40));
        Result result = runner.run(setup.gitIn(app, "update-ref", branch.full(), after.sha(), expected));
        if (!result.ok()) {
            throw new UserException(
                    UserException.Kind.BUSY,
                    "Branch " + branch.name() + " of " + app + " could not be moved: " + result.complaint());
        }
    }

    /** What a branch or tag points at, one line for each that is there: for people. */
    public String describe(AppName app, Ref.Branch branch) {
        return runner.out(setup.gitIn(
                        app,
                        "log",
                        "-1",
                        "--no-show-signature",
                        "--format=%h %s (%an, %ad)",
                        "--date=iso",
                        branch.full()))
                .strip();
    }

    /** How many commits a branch has that another revision has not. */
    public int ahead(AppName app, Revision of, Ref.Branch branch) {
        Result result = runner.run(setup.gitIn(app, "rev-list", "--count", of.sha() + ".." + branch.full()));
        return result.ok() ? Integer.parseInt(result.out().strip()) : 0;
    }

    /** Files by which a git that was killed still holds a repository. */
    public List<Path> locks(AppName app) {
        try (Stream<Path> files = Files.find(
                setup.repository(app),
                20,
                (path, attributes) ->
                        attributes.isRegularFile() && path.toString().endsWith(".lock"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes {@link #locks}; only while nothing else works on the repository. */
    public void unlock(AppName app) {
        try {
            for (Path lock : locks(app)) {
                Files.deleteIfExists(lock);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Packs the objects of an app and drops those that nothing needs; takes seconds, or minutes for a large repository. */
    public void gc(AppName app) {
        runner.out(setup.gitIn(app, "gc", "--quiet", "--aggressive").within(LONGEST_GC));
    }

    private void refuseExisting(AppName app) {
        if (exists(app)) {
            throw UserException.invalid("There is a git repository for " + app + " already");
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move " + from + " to " + to, e);
        }
    }

    private void prepare() throws IOException {
        int uid = setup.user().uid();
        Owned.directory(setup.repositories(), "rwx------", uid, uid);
        Owned.directory(setup.own(), "rwx--x--x", 0, 0);
        Owned.directory(setup.home(), "rwxr-xr-x", 0, 0);
        Owned.directory(setup.hooks(), "rwxr-xr-x", 0, 0);
        Owned.directory(setup.pushes(), "rwx--x--x", 0, 0);
        mustReach(setup.repositories());
        mustReach(setup.own());
        writeHook();
        sweep();
    }

    private void writeHook() throws IOException {
        Path hook = setup.hooks().resolve("pre-receive");
        Path fresh = setup.hooks().resolve(".pre-receive");
        try (InputStream text = Objects.requireNonNull(Repositories.class.getResourceAsStream("pre-receive"))) {
            Files.copy(text, fresh, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(fresh, hook, StandardCopyOption.ATOMIC_MOVE);
    }

    private void sweep() throws IOException {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(setup.repositories(), ".{new,gone}-*")) {
            unfinished.forEach(Owned::deleteTree);
        }
        try (DirectoryStream<Path> abandoned = Files.newDirectoryStream(setup.pushes())) {
            for (Path push : abandoned) {
                Rendezvous.release(push);
            }
        }
    }

    /** A closed directory on the way would make every push fail with a puzzle; say it at start. */
    private static void mustReach(Path path) throws IOException {
        for (Path above = path.toAbsolutePath().getParent(); above != null; above = above.getParent()) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(above);
            if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw UserException.invalid("git's own user cannot reach " + path + " because " + above
                        + " is closed to it: chmod o+x " + above);
            }
        }
    }
}
