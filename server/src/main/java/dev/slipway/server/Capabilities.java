package dev.slipway.server;

import dev.slipway.app.Events;
import dev.slipway.build.Builder;
import dev.slipway.build.HostBuilder;
import dev.slipway.deploy.Storage;
import dev.slipway.deploy.Users;
import dev.slipway.exec.Runner;
import dev.slipway.exec.SystemRunner;
import dev.slipway.logs.AppLogs;
import dev.slipway.logs.EventLog;
import dev.slipway.logs.FailedLogs;
import dev.slipway.model.AppName;
import dev.slipway.model.Limits;
import dev.slipway.model.ProcessName;
import dev.slipway.model.SandboxUser;
import dev.slipway.proxy.nginx.Nginx;
import dev.slipway.proxy.nginx.site.NginxDirectories;
import dev.slipway.proxy.nginx.site.NginxSettings;
import dev.slipway.sandbox.HostRoot;
import dev.slipway.sandbox.Network;
import dev.slipway.sandbox.Sandboxes;
import dev.slipway.schedule.local.LocalScheduler;
import dev.slipway.schedule.local.RestartPauses;
import dev.slipway.source.GitSetup;
import dev.slipway.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** What the platform can do with the machine, below all that knows of deploys: state, processes, proxy, builds, logs and git. */
final class Capabilities implements AutoCloseable {

    /** User numbers that no distribution and no systemd hands out: above its container ranges, below 2^31. */
    private static final int FIRST_USER = 1_880_000_000;

    private static final int USER_BLOCKS = 2_600;

    private static final Duration LONGEST_BUILD = Duration.ofHours(1);

    /** What a process gets to end by itself when everything is stopped. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Store store;
    private final Users users;
    private final Sandboxes sandboxes;
    private final Storage storage;
    private final LocalScheduler scheduler;
    private final Nginx nginx;
    private final Builder builder;
    private final AppLogs logs;
    private final FailedLogs failedLogs;
    private final Events events;
    private final GitParts git;

    Capabilities(Options options, Directories directories, Path javaHome, Clock clock) {
        Runner runner = new SystemRunner();
        store = Store.open(directories.database(), clock);
        users = users(store);
        sandboxes = new Sandboxes(
                runner, directories.sandboxes(), Network.choose(directories.data()), HostRoot.scan(List.of(javaHome)));
        sandboxes.prepare();
        storage = new Storage(store, users, runner, directories.data(), directories.lib());
        logs = new AppLogs(directories.logs());
        failedLogs = new FailedLogs(directories.logs());
        events = new Events(store, new EventLog(directories.events()), clock);
        scheduler = new LocalScheduler(
                sandboxes,
                new LocalScheduler.Places(directories.processes(), directories.logs()),
                RestartPauses.GROWING,
                clock,
                storage::equip);
        store.watch(events);
        scheduler.watch(events::process);
        nginx = new Nginx(runner, nginxSettings(options, directories, users));
        builder = new HostBuilder(
                sandboxes,
                new HostBuilder.Places(directories.builds(), directories.caches()),
                new HostBuilder.Settings(Limits.BUILD, LONGEST_BUILD, javaHome));
        git = new GitParts(
                new GitSetup(
                        directories.repositories(),
                        directories.git(),
                        new SandboxUser(users.git()),
                        GitSetup.LARGEST_PUSH),
                runner);
    }

    private static Users users(Store store) {
        String first = store.machine(
                "first-user",
                () -> String.valueOf(
                        FIRST_USER + Users.BLOCK * ThreadLocalRandom.current().nextInt(USER_BLOCKS)));
        return new Users(Integer.parseInt(first));
    }

    /** No address but the given one, or all that the machine has. */
    private static NginxSettings nginxSettings(Options options, Directories directories, Users users) {
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
                options.ports(),
                ipv4,
                ipv6,
                Machine.openFiles());
    }

    Store store() {
        return store;
    }

    Users users() {
        return users;
    }

    Storage storage() {
        return storage;
    }

    LocalScheduler scheduler() {
        return scheduler;
    }

    Nginx nginx() {
        return nginx;
    }

    Builder builder() {
        return builder;
    }

    AppLogs logs() {
        return logs;
    }

    FailedLogs failedLogs() {
        return failedLogs;
    }

    Events events() {
        return events;
    }

    GitParts git() {
        return git;
    }

    /** Keeps what the processes of a deploy printed that failed, and notes that it did. */
    void failed(AppName app, int release, Map<ProcessName, List<String>> printed) {
        failedLogs.keep(app, printed);
        events.failed(app, release);
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
        logs.close();
        scheduler.close();
        nginx.close();
        store.close();
    }
}
