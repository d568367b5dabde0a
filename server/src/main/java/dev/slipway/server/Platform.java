package dev.slipway.server;

import dev.slipway.app.Apps;
import dev.slipway.app.Cron;
import dev.slipway.app.Events;
import dev.slipway.app.Pushes;
import dev.slipway.app.Sources;
import dev.slipway.build.Builder;
import dev.slipway.build.HostBuilder;
import dev.slipway.command.AppGit;
import dev.slipway.command.CommandTable;
import dev.slipway.command.Nouns;
import dev.slipway.deploy.Deployer;
import dev.slipway.deploy.Locks;
import dev.slipway.deploy.Storage;
import dev.slipway.deploy.Users;
import dev.slipway.exec.Runner;
import dev.slipway.exec.SystemRunner;
import dev.slipway.logs.AppLogs;
import dev.slipway.logs.EventLog;
import dev.slipway.logs.FailedLogs;
import dev.slipway.model.HostPorts;
import dev.slipway.model.Limits;
import dev.slipway.model.SandboxUser;
import dev.slipway.proxy.nginx.Nginx;
import dev.slipway.proxy.nginx.site.NginxDirectories;
import dev.slipway.proxy.nginx.site.NginxProperties;
import dev.slipway.proxy.nginx.site.NginxSettings;
import dev.slipway.proxy.nginx.site.NginxTime;
import dev.slipway.sandbox.HostRoot;
import dev.slipway.sandbox.Network;
import dev.slipway.sandbox.Sandboxes;
import dev.slipway.schedule.local.LocalScheduler;
import dev.slipway.schedule.local.RestartPauses;
import dev.slipway.source.Credentials;
import dev.slipway.source.GitSetup;
import dev.slipway.source.Imports;
import dev.slipway.source.Mirrors;
import dev.slipway.source.Remotes;
import dev.slipway.source.Repositories;
import dev.slipway.source.Revisions;
import dev.slipway.source.Transfers;
import dev.slipway.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Every part of the platform, built by hand, in the order in which they need one another. */
final class Platform implements AutoCloseable {

    /** User numbers that no distribution and no systemd hands out: above its container ranges, below 2^31. */
    private static final int FIRST_USER = 1_880_000_000;

    private static final int USER_BLOCKS = 2_600;

    /** An access or error log is begun anew at this size; the one before is kept. */
    private static final long LARGEST_LOG = 64L << 20;

    private static final Duration LONGEST_BUILD = Duration.ofHours(1);

    /** What a process gets to end by itself when everything is stopped. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Store store;
    private final Sandboxes sandboxes;
    private final LocalScheduler scheduler;
    private final Nginx nginx;
    private final AppLogs logs;
    private final Apps apps;
    private final Deployer deployer;
    private final Cron cron;
    private final CommandTable commands;
    private final AppGit git;
    private final Housekeeping housekeeping;

    /** @param javaHome the JDK that runs the daemon, which apps may use too */
    Platform(Options options, Directories directories, Path javaHome, Clock clock) {
        Runner runner = new SystemRunner();
        HostPorts ports = new HostPorts(options.httpPort(), options.httpsPort());
        store = Store.open(directories.database(), clock);
        Users users = users(store);

        sandboxes = new Sandboxes(
                runner, directories.sandboxes(), Network.choose(directories.data()), HostRoot.scan(List.of(javaHome)));
        sandboxes.prepare();
        Storage storage = new Storage(store, users, runner, directories.data(), directories.lib());
        Events events = new Events(store, new EventLog(directories.events()), clock);
        FailedLogs failed = new FailedLogs(directories.logs());
        scheduler = new LocalScheduler(
                sandboxes,
                new LocalScheduler.Places(directories.processes(), directories.logs()),
                RestartPauses.GROWING,
                clock,
                storage::equip);
        store.watch(events);
        scheduler.watch(events::process);
        nginx = new Nginx(runner, nginxSettings(options, directories, users, ports));
        Builder builder = new HostBuilder(
                sandboxes,
                new HostBuilder.Places(directories.builds(), directories.caches()),
                new HostBuilder.Settings(Limits.BUILD, LONGEST_BUILD, javaHome));

        GitSetup setup = new GitSetup(
                directories.repositories(), directories.git(), new SandboxUser(users.git()), GitSetup.LARGEST_PUSH);
        Repositories repositories = new Repositories(setup, runner);
        Credentials credentials = new Credentials(setup, runner);
        Revisions revisions = new Revisions(setup, runner);
        deployer = new Deployer(new Deployer.Parts(
                store,
                scheduler,
                nginx,
                builder,
                revisions,
                new Mirrors(setup, runner, credentials),
                new Locks(clock),
                users,
                clock,
                directories.workshop(),
                directories.buildLogs(),
                ports,
                (app, release, printed) -> {
                    failed.keep(app, printed);
                    events.failed(app, release);
                }));
        logs = new AppLogs(directories.logs());
        apps = new Apps(store, repositories, deployer, logs);
        Pushes pushes = new Pushes(store, deployer, repositories);
        Sources sources = new Sources(new Sources.Parts(
                store,
                apps,
                deployer,
                pushes,
                repositories,
                new Imports(setup, runner),
                new Remotes(setup, runner, credentials),
                credentials,
                directories.workshop(),
                clock));
        cron = new Cron(store, deployer, clock.withZone(ZoneId.systemDefault()));
        commands = new CommandTable(new Nouns.Parts(
                store,
                apps,
                sources,
                deployer,
                cron,
                scheduler,
                nginx,
                logs,
                failed,
                events,
                storage,
                directories.apps(),
                clock,
                Version.text()));
        housekeeping =
                new Housekeeping(List.of(() -> nginx.rotateLogs(LARGEST_LOG), this::endOldWorkers, cron::followClock));
        git = new AppGit(apps, pushes, new Transfers(setup, runner));
    }

    /** Only where an administrator asks for it: by default no socket is ever cut for the age of its worker. */
    private void endOldWorkers() {
        Optional.ofNullable(store.globalProperties().get("nginx." + NginxProperties.WORKER_MAX_AGE))
                .map(NginxTime::parse)
                .ifPresent(nginx::endDraining);
    }

    private static Users users(Store store) {
        String first = store.machine(
                "first-user",
                () -> String.valueOf(
                        FIRST_USER + Users.BLOCK * ThreadLocalRandom.current().nextInt(USER_BLOCKS)));
        return new Users(Integer.parseInt(first));
    }

    /** No address but the given one, or all that the machine has. */
    private static NginxSettings nginxSettings(Options options, Directories directories, Users users, HostPorts ports) {
        boolean ipv6Address =
                options.bindAddress().map(address -> address.contains(":")).orElse(false);
        List<String> ipv4 = options.bindAddress().isPresent()
                ? options.bindAddress().filter(address -> !ipv6Address).stream().toList()
                : List.of("0.0.0.0");
        List<String> ipv6 = options.bindAddress().isPresent()
                ? options.bindAddress().filter(address -> ipv6Address).stream().toList()
                : Machine.hasIpv6() ? List.of("::") : List.of();
        return new NginxSettings(
                Machine.program("nginx"),
                new NginxDirectories(
                        directories.nginx(), directories.apps(), directories.lib(), directories.nginxLogs()),
                users.nginx(),
                ports,
                ipv4,
                ipv6,
                Machine.openFiles());
    }

    /** Takes up what still runs, and serves it. */
    void resume(Options options) {
        if (apps.globalDomains().isEmpty() && store.apps().isEmpty()) {
            apps.setGlobalDomains(List.of(options.domain().orElseGet(Machine::domain)));
        }
        apps.resume();
        deployer.resume();
        cron.begin();
        housekeeping.begin();
    }

    /** The name by which clients are told to reach this machine. */
    String host() {
        return apps.globalDomains().stream()
                .findFirst()
                .orElseGet(Machine::domain)
                .value();
    }

    CommandTable commands() {
        return commands;
    }

    AppGit git() {
        return git;
    }

    Store store() {
        return store;
    }

    /** Ends all that was ever started here: processes, nginx, network. */
    void stopAll() {
        scheduler.recover();
        scheduler.running().forEach(process -> scheduler.stop(process.id(), GRACE));
        nginx.stop();
        sandboxes.teardown();
    }

    /** Lets go of everything; what runs goes on. */
    @Override
    public void close() {
        housekeeping.close();
        cron.close();
        deployer.close();
        logs.close();
        scheduler.close();
        nginx.close();
        store.close();
    }
}
