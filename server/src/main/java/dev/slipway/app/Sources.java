package dev.slipway.app;

import dev.slipway.console.Console;
import dev.slipway.deploy.AppProperty;
import dev.slipway.deploy.DeployLock;
import dev.slipway.deploy.Deployer;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.BuildRecord;
import dev.slipway.model.Revision;
import dev.slipway.model.UserException;
import dev.slipway.source.Author;
import dev.slipway.source.Credentials;
import dev.slipway.source.Imports;
import dev.slipway.source.Ref;
import dev.slipway.source.RemoteUrl;
import dev.slipway.source.Remotes;
import dev.slipway.source.Repositories;
import dev.slipway.source.Source;
import dev.slipway.source.archive.Archive;
import dev.slipway.source.archive.ArchiveLimits;
import dev.slipway.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Where an app's revisions come from besides pushes: archives, and repositories of other machines. What is deployed so moves the deploy
 * branch, and only once it serves.
 */
public final class Sources {

    private final Parts parts;

    public Sources(Parts parts) {
        this.parts = parts;
    }

    /** What it works with. */
    public record Parts(
            Store store,
            Apps apps,
            Deployer deployer,
            Pushes pushes,
            Repositories repositories,
            Imports imports,
            Remotes remotes,
            Credentials credentials,
            Path workshop,
            Clock clock) {}

    /** A directory for files of one command, closed to all others; whoever asks for it deletes it. */
    public Path scratch() {
        try {
            return Files.createTempDirectory(parts.workshop(), "archive-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How much an archive may hold. */
    public ArchiveLimits limits() {
        var global = parts.store().globalProperties();
        return new ArchiveLimits(
                Integer.parseInt(AppProperty.ARCHIVE_MAX_FILES.text(global)),
                Long.parseLong(AppProperty.ARCHIVE_MAX_SIZE.text(global)));
    }

    /**
     * Makes a commit of an archive on the deploy branch, and deploys it.
     *
     * @param scratch a directory for files that are deleted again
     * @throws UserException if it holds what is on the branch already, in Dokku's words
     */
    public void fromArchive(AppName name, Archive archive, Author author, Path scratch, Console console) {
        parts.pushes().alone(name, console, () -> {
            App app = parts.store().app(name);
            DeployLock.refuse(app);
            Ref.Branch branch = branch(app);
            Optional<Revision> before = tip(name, branch);
            Imports.Tree tree = parts.imports().unpack(name, archive, scratch);
            console.detail(
                    tree.stripped()
                            ? "Stripping top-level archive folder components"
                            : "Moving unarchived files and folders into place");
            console.step("Updating git repository with specified build context");
            Revision made = parts.imports()
                    .commit(tree, author, message(before), before)
                    .orElseThrow(() -> UserException.failed("No changes detected, skipping git commit\n"
                            + "Call 'ps:rebuild' on app to rebuild the app from existing source"));
            deploy(BuildRecord.Origin.GIT_FROM_ARCHIVE, app, new Move(branch, before, made), console);
            return made;
        });
    }

    private String message(Optional<Revision> before) {
        return before.isEmpty()
                ? "Initial commit"
                : "Automated commit @ " + parts.clock().instant().getEpochSecond();
    }

    /** What becomes of a branch once the deploy of where it goes is done. */
    private record Move(Ref.Branch branch, Optional<Revision> before, Revision after) {}

    private void deploy(BuildRecord.Origin origin, App app, Move move, Console console) {
        parts.deployer().deploy(Source.of(app.name(), move.after()), origin, console);
        parts.repositories().move(app.name(), move.branch(), move.before(), move.after());
    }

    /** Whether a fetched revision is deployed. */
    public enum Build {
        NEVER,
        ALWAYS,
        /** Only if the deploy branch was elsewhere before. */
        IF_CHANGED
    }

    /**
     * What is to be fetched.
     *
     * @param name a branch, a tag or a commit there; the deploy branch if absent
     * @param keepDeployBranch whether the deploy branch keeps its name, where an app's first branch would give it its own
     */
    public record Sync(RemoteUrl from, Optional<String> name, Build build, boolean keepDeployBranch) {}

    /** Moves an app's deploy branch to what a repository of another machine has. */
    public void sync(AppName name, Sync sync, Console console) {
        App app = parts.store().app(name);
        if (sync.build() != Build.NEVER) {
            DeployLock.refuse(app);
        }
        Ref.Branch branch = branch(app);
        String wanted = sync.name().orElse(branch.name());
        console.step((tip(name, branch).isEmpty() ? "Cloning " : "Fetching remote code for ") + name + " from "
                + sync.from().shown() + "#" + wanted);
        // Pushes need not wait for a slow network: only what was fetched is judged in their turn.
        Remotes.Fetched fetched = parts.remotes().fetch(name, sync.from(), wanted);
        parts.pushes().alone(name, console, () -> take(name, sync, fetched, console));
    }

    private Revision take(AppName name, Sync sync, Remotes.Fetched fetched, Console console) {
        App app = parts.store().app(name);
        Ref.Branch branch = branch(app);
        Optional<Revision> before = tip(name, branch);
        String wanted = fetched.name();
        if (before.isEmpty() && fetched.branch() && !sync.keepDeployBranch() && !wanted.equals(branch.name())) {
            console.detail("Detected branch, setting deploy-branch to " + wanted);
            parts.apps().setDeployBranch(app.name(), Optional.of(AppProperty.DEPLOY_BRANCH.check(wanted)));
            branch = new Ref.Branch(wanted);
            before = tip(app.name(), branch);
        }
        boolean same = before.equals(Optional.of(fetched.revision()));
        if (sync.build() == Build.NEVER) {
            parts.repositories().move(app.name(), branch, before, fetched.revision());
        } else if (same && sync.build() == Build.IF_CHANGED) {
            console.step("Skipping build as no changes were detected");
        } else {
            Move move = new Move(branch, before, fetched.revision());
            deploy(BuildRecord.Origin.GIT_SYNC, parts.store().app(app.name()), move, console);
        }
        return fetched.revision();
    }

    /** Makes the repository of an app where it is lost; false if it is there. */
    public boolean initialize(AppName name) {
        App app = parts.store().app(name);
        if (parts.repositories().exists(name)) {
            return false;
        }
        parts.repositories().create(name, branch(app).name());
        return true;
    }

    /** Files by which a git that was killed still holds an app's repository. */
    public List<Path> locks(AppName name) {
        parts.store().app(name);
        return parts.repositories().locks(name);
    }

    /** Removes them, once nothing else works on the repository. */
    public void unlock(AppName name, Console console) {
        parts.pushes().alone(name, console, () -> {
            parts.repositories().unlock(name);
            return true;
        });
    }

    /**
     * An app's repository at a glance.
     *
     * @param tip of the deploy branch, in one line
     * @param ahead how many commits of the branch are not deployed
     */
    public record Status(String branch, Optional<String> tip, int ahead) {}

    public Status status(AppName name) {
        App app = parts.store().app(name);
        Ref.Branch branch = branch(app);
        Optional<Revision> tip = tip(name, branch);
        int ahead = tip.isEmpty()
                ? 0
                : app.release()
                        .map(release -> parts.repositories().ahead(name, release.revision(), branch))
                        .orElse(0);
        return new Status(
                branch.name(), tip.map(revision -> parts.repositories().describe(name, branch)), ahead);
    }

    /** What is on an app's deploy branch. */
    public Optional<Revision> tip(App app) {
        return tip(app.name(), branch(app));
    }

    private Optional<Revision> tip(AppName app, Ref.Branch branch) {
        return parts.repositories().tip(app, branch);
    }

    private Ref.Branch branch(App app) {
        return new Ref.Branch(AppProperty.DEPLOY_BRANCH.text(app, parts.store().globalProperties()));
    }

    /** By what this machine proves itself to others. */
    public Credentials credentials() {
        return parts.credentials();
    }
}
