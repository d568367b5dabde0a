package dev.slipway.command;

import dev.slipway.app.Apps;
import dev.slipway.app.Cron;
import dev.slipway.deploy.Deployer;
import dev.slipway.logs.AppLogs;
import dev.slipway.proxy.Proxy;
import dev.slipway.schedule.Scheduler;
import dev.slipway.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which nouns there are, and what is said of those that Dokku has and Slipway has not. */
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
            Deployer deployer,
            Cron cron,
            Scheduler scheduler,
            Proxy proxy,
            AppLogs logs,
            Path appDirectories,
            Clock clock,
            String version) {}

    static List<Noun> all(Parts parts) {
        return List.of(
                new AppsCommands(parts.apps(), parts.appDirectories()),
                new CertsCommands(parts.apps(), parts.deployer(), parts.appDirectories(), parts.clock()),
                new ChecksCommands(parts.deployer().processes()),
                new ConfigCommands(parts.deployer()),
                new CronCommands(parts.cron(), parts.deployer().oneOffs()),
                new DomainsCommands(parts.apps()),
                new EnterCommands(parts.scheduler()),
                new GitCommands(parts.apps()),
                new LogsCommands(parts.logs()),
                new NginxCommands(parts.deployer(), parts.proxy()),
                new NetworkCommands(parts.scheduler()),
                new PortsCommands(parts.deployer().site()),
                new ProxyCommands(parts.deployer(), new ExplainCommand(parts.proxy(), parts.scheduler())),
                new PsCommands(parts.deployer(), parts.scheduler(), parts.clock()),
                new ResourceCommands(),
                new RunCommands(parts.deployer().oneOffs(), parts.logs(), parts.clock()),
                new SchedulerCommands(),
                new SshKeysCommands(),
                new VersionCommands(parts.version()));
    }

    /** Nouns that are not part of Slipway, each with what to use instead. */
    static Map<String, String> absent() {
        Map<String, String> absent = new TreeMap<>();
        absent.put("plugin", "Plugins are not part of Slipway: what it does is built in.");
        absent.put("registry", "Registries are not part of Slipway: builds stay on the machine that runs them.");
        absent.put("docker-options", "Docker options are not part of Slipway: processes run without Docker.");
        absent.put(
                "letsencrypt",
                "Certificates are not fetched by Slipway yet: use certs:add with the files of your ACME client.");
        for (String datastore :
                new String[] {"postgres", "mysql", "mariadb", "redis", "mongo", "rabbitmq", "elasticsearch"}) {
            absent.put(
                    datastore,
                    "Datastores are not part of Slipway: run one beside it and give its URL to the app with config:set.");
        }
        return absent;
    }
}
