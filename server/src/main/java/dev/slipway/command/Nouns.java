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

    /** Nouns that are not part of Slipway, each with what to use instead. */
    static Map<String, String> absent() {
        Map<String, String> absent = new TreeMap<>();
        for (String vector : new String[] {"logs:vector-logs", "logs:vector-start", "logs:vector-stop"}) {
            absent.put(
                    vector,
                    "Vector is not part of Slipway: have an agent of your own read the files below log/apps in the data"
                            + " directory.");
        }
        for (String verb : new String[] {"create", "destroy", "exists", "info", "list", "rebuild", "rebuildall"}) {
            absent.put(
                    "network:" + verb,
                    "Docker networks are not part of Slipway: each process has an address of its own, which network:report"
                            + " shows.");
        }
        for (String proxy : new String[] {"caddy", "haproxy", "openresty", "traefik"}) {
            absent.put(proxy, "Other proxies are not part of Slipway: nginx serves every app, see nginx:set.");
        }
        for (String scheduler : new String[] {"scheduler-docker-local", "scheduler-k3s", "scheduler-nomad"}) {
            absent.put(
                    scheduler,
                    "Other schedulers are not part of Slipway: processes run on this machine, see ps:report.");
        }
        for (String builder :
                new String[] {"dockerfile", "herokuish", "lambda", "nixpacks", "null", "pack", "railpack"}) {
            absent.put(
                    "builder-" + builder,
                    "Builders of images are not part of Slipway: buildpacks build every app, see builder:report and"
                            + " buildpacks:add.");
        }
        for (String verb : new String[] {"create", "destroy", "exec", "info", "list-entries", "migrate"}) {
            absent.put(
                    "storage:" + verb,
                    "Named entries of storage are not part of Slipway: make a directory with storage:ensure-directory and"
                            + " mount its path with storage:mount.");
        }
        absent.put("cleanup", "There is nothing to clean up: what no app needs any more goes by itself.");
        absent.put("ps:retire", "Old processes retire by themselves: ps:report shows those that drain.");
        absent.put("maintenance", "A maintenance page is not part of Slipway: use proxy:disable, or ps:stop.");
        absent.put("redirect", "Redirects are not part of Slipway: write them into the app's nginx.conf.sigil.");
        absent.put(
                "http-auth", "Passwords of nginx are not part of Slipway: write them into the app's nginx.conf.sigil.");
        absent.put("shell", "A shell of commands is not part of Slipway: give one command at a time.");
        absent.put("trace", "Tracing is not part of Slipway: its daemon writes its log to standard error.");
        absent.put("plugin", "Plugins are not part of Slipway: what it does is built in.");
        absent.put("registry", "Registries are not part of Slipway: builds stay on the machine that runs them.");
        absent.put("docker-options", "Docker options are not part of Slipway: processes run without Docker.");
        absent.put(
                "letsencrypt",
                "Certificates are not fetched by Slipway yet: use certs:add with the files of your ACME client.");
        for (String datastore : new String[] {
            "clickhouse",
            "couchdb",
            "elasticsearch",
            "graphite",
            "mariadb",
            "meilisearch",
            "memcached",
            "mongo",
            "mysql",
            "nats",
            "omnisci",
            "postgres",
            "pushpin",
            "rabbitmq",
            "redis",
            "rethinkdb",
            "solr",
            "typesense"
        }) {
            absent.put(
                    datastore,
                    "Datastores are not part of Slipway: run one beside it and give its URL to the app with config:set.");
        }
        return absent;
    }
}
