package dev.slipway.command;

import dev.slipway.app.Apps;
import dev.slipway.app.Cron;
import dev.slipway.app.Events;
import dev.slipway.app.Pushes;
import dev.slipway.app.Sources;
import dev.slipway.console.Console;
import dev.slipway.deploy.Deployer;
import dev.slipway.deploy.Locks;
import dev.slipway.deploy.Storage;
import dev.slipway.deploy.Users;
import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.exec.SystemRunner;
import dev.slipway.logs.AppLogs;
import dev.slipway.logs.EventLog;
import dev.slipway.logs.FailedLogs;
import dev.slipway.model.AppName;
import dev.slipway.model.Build;
import dev.slipway.model.Domain;
import dev.slipway.model.HostPorts;
import dev.slipway.model.Procfile;
import dev.slipway.model.Release;
import dev.slipway.model.Revision;
import dev.slipway.model.UserException;
import dev.slipway.proxy.MemoryProxy;
import dev.slipway.schedule.MemoryScheduler;
import dev.slipway.source.Credentials;
import dev.slipway.source.GitFixture;
import dev.slipway.source.GitSetup;
import dev.slipway.source.Imports;
import dev.slipway.source.Mirrors;
import dev.slipway.source.Push;
import dev.slipway.source.Quarantine;
import dev.slipway.source.Ref;
import dev.slipway.source.RefUpdate;
import dev.slipway.source.Remotes;
import dev.slipway.source.Repositories;
import dev.slipway.source.Revisions;
import dev.slipway.source.Source;
import dev.slipway.source.WorkTree;
import dev.slipway.store.Store;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table of commands with a real store, repositories and logs behind it; processes and nginx are doubles. */
final class Desk implements AutoCloseable {

    static final String SHA = "4".repeat(40);

    static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private final Path directory;
    private final Store store;
    private final MemoryScheduler scheduler = new MemoryScheduler();
    private final MemoryProxy proxy = new MemoryProxy();
    private final MemoryBuilder builder = new MemoryBuilder();
    private final Deployer deployer;
    private final AppLogs logs;
    private final GitSetup setup;
    private final Pushes pushes;
    private final Storage storage;
    private final CommandTable commands;

    /** @param directory private, of the test's own */
    Desk(Path directory) {
        this.directory = directory;
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        setup = GitFixture.setup(directory);
        Runner runner = new SystemRunner();
        store = Store.open(directory.resolve("slipway.db"), clock);
        Users users = new Users(1_880_000_000);
        Events events = new Events(store, new EventLog(directory.resolve("events.log")), clock);
        store.watch(events);
        FailedLogs failed = new FailedLogs(directory.resolve("logs"));
        storage = new Storage(store, users, runner, directory.resolve("data"), directory.resolve("data/lib"));
        Repositories repositories = new Repositories(setup, runner);
        Credentials credentials = new Credentials(setup, runner);
        deployer = new Deployer(new Deployer.Parts(
                store,
                scheduler,
                proxy,
                builder,
                new Revisions(setup, runner),
                new Mirrors(setup, runner, credentials),
                new Locks(clock),
                users,
                clock,
                directory("workshop"),
                directory.resolve("build-logs"),
                new HostPorts(80, 443),
                (app, release, printed) -> {
                    failed.keep(app, printed);
                    events.failed(app, release);
                }));
        logs = new AppLogs(directory.resolve("logs"));
        pushes = new Pushes(store, deployer, repositories);
        Apps apps = new Apps(store, repositories, deployer, logs);
        apps.setGlobalDomains(List.of(new Domain("test")));
        Sources sources = new Sources(new Sources.Parts(
                store,
                apps,
                deployer,
                pushes,
                repositories,
                new Imports(setup, runner),
                new Remotes(setup, runner, credentials),
                credentials,
                directory.resolve("workshop"),
                clock));
        commands = new CommandTable(new Nouns.Parts(
                store,
                apps,
                sources,
                deployer,
                new Cron(store, deployer, clock),
                scheduler,
                proxy,
                logs,
                failed,
                events,
                storage,
                Path.of("/data/apps"),
                clock,
                "1.2.3"));
    }

    CommandTable commands() {
        return commands;
    }

    MemoryScheduler scheduler() {
        return scheduler;
    }

    MemoryProxy proxy() {
        return proxy;
    }

    Storage storage() {
        return storage;
    }

    Store store() {
        return store;
    }

    /** Runs a command as the machine's administrator would, from the test's directory. */
    Result run(String... words) {
        return run(new Caller("root", Caller.Door.LOCAL, Optional.empty(), Optional.of(directory)), "", words);
    }

    /** As above, with something on standard input. */
    Result reading(String input, String... words) {
        return run(new Caller("root", Caller.Door.LOCAL, Optional.empty(), Optional.of(directory)), input, words);
    }

    Result overSsh(String... words) {
        return run(Caller.remote("ann", Optional.empty()), "", words);
    }

    Result readingOverSsh(String input, String... words) {
        return run(Caller.remote("ann", Optional.empty()), input, words);
    }

    private Result run(Caller caller, String input, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = commands.run(
                caller,
                List.of(words),
                new Runner.Streams(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, err));
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What a command prints that must succeed. */
    String ok(String... words) {
        Result result = run(words);
        if (!result.ok()) {
            throw new AssertionError(String.join(" ", words) + ": " + result);
        }
        return result.out();
    }

    /** An app with a release whose processes run: one web process and no other. */
    void deployed(String app, String procfile) {
        deployed(app, procfile, Optional.empty());
    }

    void deployed(String app, String procfile, Optional<String> appJson) {
        AppName name = new AppName(app);
        ok("apps:create", app);
        Procfile types = Procfile.parse("Procfile", procfile);
        Build build = new Build("key", Path.of("/builds/key/app"), types, Map.of());
        Release release = new Release(1, new Revision(SHA), build, Optional.empty(), appJson, NOW);
        store.update(
                name,
                before -> before.withRelease(release)
                        .withFormation(before.formation().fit(types)));
        ok("ps:start", app);
    }

    /** Puts a revision with these files on the deploy branch of an app's repository, as a push does that is not looked at. */
    Revision committed(String app, Map<String, String> files) {
        try {
            WorkTree work = new WorkTree(Files.createTempDirectory(directory, "work"), Map.of());
            files.forEach(work::write);
            Revision revision = new Revision(work.commit());
            String repository = directory.resolve("repos").resolve(app + ".git").toString();
            work.git(
                    "push",
                    "--quiet",
                    "--receive-pack",
                    "git -c safe.directory=* receive-pack",
                    "--force",
                    repository,
                    "main:master");
            int uid = GitFixture.GIT.uid();
            new SystemRunner().out(Command.of("chown", "-R", uid + ":" + uid, repository));
            return revision;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is on an app's deploy branch. */
    String deployBranch(String app) {
        return GitFixture.git(setup, app, "rev-parse", "master");
    }

    /** From now on every deploy finds this build there already. */
    void built(Build build) {
        builder.present = Optional.of(build);
    }

    /** A push of a new branch, as git's hook tells of it. */
    Result push(String app, Revision revision) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Pushes.Turn turn = pushes.turn()) {
            RefUpdate update = new RefUpdate.Created(new Ref.Branch("topic"), revision);
            int exitCode = turn.receive(new Push(new AppName(app), List.of(update), Quarantine.NONE), out);
            return new Result(exitCode, out.toString(StandardCharsets.UTF_8), "");
        } catch (UserException e) {
            return new Result(e.exitCode(), out.toString(StandardCharsets.UTF_8), e.text());
        }
    }

    @Override
    public void close() {
        deployer.close();
        logs.close();
        store.close();
    }

    /** Takes up what a daemon before this one left. */
    void resume() {
        deployer.resume();
    }

    /** What the builder was told to build: the names of the trees, in order. */
    List<String> built() {
        return List.copyOf(builder.trees);
    }

    /** The config that the builder was given, in order. */
    List<Map<String, String>> buildConfigs() {
        return List.copyOf(builder.configs);
    }

    /** Keys of the builds that were made from others and are there still. */
    List<String> buildsAmended() {
        return List.copyOf(builder.amended);
    }

    /** Which builds were to be kept while others went, in order. */
    List<Set<String>> buildsKept() {
        return List.copyOf(builder.kept);
    }

    /** What is done from now on while a build is made. */
    void whileBuilding(Runnable meanwhile) {
        builder.meanwhile = meanwhile;
    }

    /** Deploys a revision of the app as a push to its deploy branch does. */
    Result deploy(String app, Map<String, String> files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            deployer.deploy(Source.of(new AppName(app), committed(app, files)), new Console(out, out));
            return new Result(0, out.toString(StandardCharsets.UTF_8), "");
        } catch (UserException e) {
            return new Result(e.exitCode(), out.toString(StandardCharsets.UTF_8), e.text());
        }
    }

    /** Gives an app a repository with these files, and makes them the revision of its release. */
    void revised(String app, Map<String, String> files) {
        WorkTree tree = new WorkTree(directory("work-" + app), Map.of());
        files.forEach(tree::write);
        String sha = tree.commit();
        Path repository = GitFixture.repository(GitFixture.setup(directory), app);
        tree.git(
                "--git-dir",
                repository.toString(),
                "fetch",
                "--quiet",
                tree.directory().toString(),
                "HEAD:refs/heads/master");
        store.update(new AppName(app), before -> {
            Release last = before.release().orElseThrow();
            return before.withRelease(new Release(
                    last.number(), new Revision(sha), last.build(), last.template(), last.appJson(), last.createdAt()));
        });
    }

    private Path directory(String name) {
        try {
            return Files.createDirectory(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
