package dev.slipway.command;

import dev.slipway.app.Apps;
import dev.slipway.app.Cron;
import dev.slipway.app.Events;
import dev.slipway.app.Sources;
import dev.slipway.deploy.Deployer;
import dev.slipway.deploy.Storage;
import dev.slipway.logs.AppLogs;
import dev.slipway.logs.FailedLogs;
import dev.slipway.proxy.Proxy;
import dev.slipway.schedule.Scheduler;
import dev.slipway.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Which nouns there are. */
public final class Nouns {

    private Nouns() {}

    /**
     * What the commands work with.
     *
     * @param appDirectories where each app has its directory, what templates see as DOKKU_ROOT
     */
    public record Parts(
            Store store,
            Apps apps,
            Sources sources,
            Deployer deployer,
            Cron cron,
            Scheduler scheduler,
            Proxy proxy,
            AppLogs logs,
            FailedLogs failedLogs,
            Events events,
            Storage storage,
            Path appDirectories,
            Clock clock,
            String version) {}

    static List<Noun> all(Parts parts) {
        return List.of(
                new AppJsonCommands(),
                new AppsCommands(parts.apps(), parts.appDirectories()),
                new BuilderCommands(),
                new BuildpacksCommands(),
                new BuildsCommands(
                        parts.deployer().builds(),
                        new BuildTable(parts.deployer().builds(), parts.clock())),
                new CertsCommands(parts.apps(), parts.deployer(), parts.appDirectories(), parts.clock()),
                new ChecksCommands(parts.deployer().processes()),
                new CleanupCommands(parts.deployer(), parts.clock()),
                new ConfigCommands(parts.deployer()),
                new CronCommands(parts.cron(), parts.deployer().oneOffs()),
                new DomainsCommands(parts.apps()),
                new EnterCommands(parts.scheduler()),
                new EventsCommands(parts.events()),
                new GitCommands(parts.apps(), parts.sources()),
                new LogsCommands(parts.logs(), parts.failedLogs()),
                new NginxCommands(parts.deployer(), parts.proxy()),
                new NetworkCommands(parts.scheduler()),
                new PortsCommands(parts.deployer().site()),
                new ProxyCommands(parts.deployer(), new ExplainCommand(parts.proxy(), parts.scheduler())),
                new PsCommands(parts.deployer(), parts.scheduler(), parts.clock()),
                new RepoCommands(parts.apps(), parts.deployer()),
                new ResourceCommands(),
                new RunCommands(parts.deployer().oneOffs(), parts.logs(), parts.clock()),
                new SchedulerCommands(),
                new SshKeysCommands(),
                new StorageCommands(parts.storage()),
                new UrlCommands("url", parts.deployer()),
                new UrlCommands("urls", parts.deployer()),
                new VersionCommands(parts.version()));
    }
}
