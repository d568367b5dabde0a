package dev.slipway.source;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.model.AppName;
import dev.slipway.model.Revision;
import dev.slipway.model.UserException;
import dev.slipway.model.UserException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Fetches the apps' sources from repositories of other machines, as git's own user with what {@link Credentials} gives it. */
public final class Remotes {

    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** What was fetched is called so until a branch is moved there. */
    private static final String FETCHED = "refs/slipway/remote/";

    private final GitSetup setup;
    private final Runner runner;
    private final Credentials credentials;
    private final ConcurrentMap<AppName, ReentrantLock> turns = new ConcurrentHashMap<>();

    public Remotes(GitSetup setup, Runner runner, Credentials credentials) {
        this.setup = setup;
        this.runner = runner;
        this.credentials = credentials;
    }

    /**
     * What came.
     *
     * @param name what was asked for
     * @param branch whether that is a branch there
     */
    public record Fetched(String name, Revision revision, boolean branch) {}

    /**
     * Fetches all branches and tags of a repository into an app's own, and finds a name among them.
     *
     * @param name a branch, a tag, or a commit
     * @throws UserException if it cannot be fetched, or has no such name
     */
    public Fetched fetch(AppName app, RemoteUrl from, String name) {
        ReentrantLock turn = turns.computeIfAbsent(app, fresh -> new ReentrantLock());
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException(Kind.BUSY, "Gave up waiting for another fetch into " + app, e);
        }
        try {
            return alone(app, from, name);
        } finally {
            turn.unlock();
        }
    }

    private Fetched alone(AppName app, RemoteUrl from, String name) {
        try {
            Result result = runner.run(
                    fetching(app, from, "+refs/heads/*:" + FETCHED + "heads/*", "+refs/tags/*:" + FETCHED + "tags/*"));
            if (!result.ok()) {
                throw refused(from, result);
            }
            Optional<Revision> branch = find(app, FETCHED + "heads/" + name);
            Optional<Revision> found =
                    branch.or(() -> find(app, FETCHED + "tags/" + name)).or(() -> commit(app, from, name));
            return new Fetched(name, found.orElseThrow(() -> unknown(app, from, name)), branch.isPresent());
        } finally {
            forget(app);
        }
    }

    /**
     * Arguments can be seen by everybody on the machine, and git gives the address to the programs that it runs as one: a user and a
     * password in it are taken out, and go with the requests to that host alone. All is in the environment, which nobody else sees.
     */
    private Command fetching(AppName app, RemoteUrl from, String... specs) {
        List<String> words = new ArrayList<>(
                List.of("fetch", "--quiet", "--force", "--no-tags", "--no-write-fetch-head", "--no-auto-gc", "source"));
        words.addAll(List.of(specs));
        Command fetch = setup.gitIn(app, words.toArray(String[]::new))
                .environment("GIT_CONFIG_COUNT", "1")
                .environment("GIT_CONFIG_KEY_0", "remote.source.url")
                .environment("GIT_CONFIG_VALUE_0", from.login().isPresent() ? from.shown() : from.value())
                .environment("GIT_ALLOW_PROTOCOL", "https:http:ssh:git");
        if (from.login().isPresent()) {
            RemoteUrl.Login login = from.login().get();
            fetch = fetch.environment("GIT_CONFIG_COUNT", "2")
                    .environment("GIT_CONFIG_KEY_1", "http." + login.host() + ".extraHeader")
                    .environment("GIT_CONFIG_VALUE_1", "Authorization: " + login.basic());
        }
        return setup.named(credentials.passwd(), fetch).within(LONGEST);
    }

    private Optional<Revision> find(AppName app, String name) {
        Result result = runner.run(
                setup.gitIn(app, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"));
        return result.ok() ? Optional.of(new Revision(result.out().strip())) : Optional.empty();
    }

    /** A commit is there with its branch, or it may be one that only its name leads to. */
    private Optional<Revision> commit(AppName app, RemoteUrl from, String name) {
        if (!name.matches("[0-9a-f]{7,40}")) {
            return Optional.empty();
        }
        Optional<Revision> there = find(app, name);
        if (there.isPresent() || name.length() < 40) {
            return there;
        }
        return runner.run(fetching(app, from, "+" + name + ":" + FETCHED + "commit"))
                        .ok()
                ? find(app, FETCHED + "commit")
                : Optional.empty();
    }

    private UserException unknown(AppName app, RemoteUrl from, String name) {
        List<String> branches = runner.out(setup.gitIn(app, "for-each-ref", "--format=%(refname)", FETCHED + "heads"))
                .lines()
                .map(ref -> ref.substring((FETCHED + "heads/").length()))
                .toList();
        String found = branches.isEmpty()
                ? "it has no branch at all"
                : "its branches: " + branches.stream().limit(20).collect(Collectors.joining(", "));
        return UserException.notFound(from.shown() + " has no branch, tag or commit " + name + " (" + found + ")");
    }

    private static UserException refused(RemoteUrl from, Result result) {
        String complaint = from.without(result.err())
                .lines()
                .filter(line -> !line.isBlank())
                .limit(6)
                .collect(Collectors.joining("\n"));
        String mend = "";
        if (complaint.contains("Host key verification failed") || complaint.contains("No ED25519 host key is known")) {
            mend = "\nLet the host in first: dokku git:allow-host HOST";
        } else if (complaint.contains("Permission denied")) {
            mend = "\nGive the host this machine's key, which dokku git:public-key prints";
        } else if (complaint.contains("could not read Username") || complaint.contains("Authentication failed")) {
            mend = "\nGive this machine a user and a password for the host: dokku git:auth HOST USER PASSWORD";
        }
        return new UserException(Kind.FAILED, from.shown() + " cannot be fetched:\n" + complaint + mend);
    }

    private void forget(AppName app) {
        String refs = runner.out(setup.gitIn(app, "for-each-ref", "--format=delete %(refname)", FETCHED));
        runner.out(setup.gitIn(app, "update-ref", "--stdin").reading(refs));
    }
}
