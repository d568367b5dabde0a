package dev.slipway.server;

import dev.slipway.app.Apps;
import dev.slipway.app.Cron;
import dev.slipway.app.Pushes;
import dev.slipway.app.Sources;
import dev.slipway.command.AppGit;
import dev.slipway.command.CommandTable;
import dev.slipway.command.Nouns;
import dev.slipway.deploy.Deployer;
import dev.slipway.deploy.Locks;
import dev.slipway.proxy.nginx.site.NginxProperties;
import dev.slipway.proxy.nginx.site.NginxTime;
import dev.slipway.source.Repositories;
import dev.slipway.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Every part of the platform, built by hand, in the order in which they need one another. */
final class Platform implements AutoCloseable {

    /** An access or error log is begun anew at this size; the one before is kept. */
    private static final long LARGEST_LOG = 64L << 20;

    private final Capabilities machine;
    private final Apps apps;
    private final Deployer deployer;
    private final Cron cron;
    private final CommandTable commands;
    private final AppGit git;
    private final Housekeeping housekeeping;

    /** @param javaHome the JDK that runs the daemon, which apps may use too */
    Platform(Options options, Directories directories, Path javaHome, Clock clock) {
        machine = new Capabilities(options, directories, javaHome, clock);
        GitParts gits = machine.git();
        Repositories repositories = gits.repositories();
        deployer = new Deployer(new Deployer.Parts(
                machine.store(),
                machine.scheduler(),
                machine.nginx(),
                machine.builder(),
                gits.revisions(),
                gits.mirrors(),
                new Locks(clock),
                machine.users(),
                clock,
                directories.workshop(),
                directories.buildLogs(),
                options.ports(),
                machine::failed));
        apps = new Apps(machine.store(), repositories, deployer, machine.logs());
        Pushes pushes = new Pushes(machine.store(), deployer, repositories);
        Sources sources = new Sources(new Sources.Parts(
                machine.store(),
                apps,
                deployer,
                pushes,
                repositories,
                gits.imports(),
                gits.remotes(),
                gits.credentials(),
                directories.workshop(),
                clock));
        cron = new Cron(machine.store(), deployer, clock.withZone(ZoneId.systemDefault()));
        commands = new CommandTable(new Nouns.Parts(
                machine.store(),
                apps,
                sources,
                deployer,
                cron,
                machine.scheduler(),
                machine.nginx(),
                machine.logs(),
                machine.failedLogs(),
                machine.events(),
                machine.storage(),
                directories.apps(),
                clock,
                Version.text()));
        git = new AppGit(apps, pushes, gits.transfers());
        housekeeping = new Housekeeping(
                List.of(() -> machine.nginx().rotateLogs(LARGEST_LOG), this::endOldWorkers, cron::followClock));
    }

    /** Only where an administrator asks for it: by default no socket is ever cut for the age of its worker. */
    private void endOldWorkers() {
        Optional.ofNullable(machine.store().globalProperties().get("nginx." + NginxProperties.WORKER_MAX_AGE))
                .map(NginxTime::parse)
                .ifPresent(machine.nginx()::endDraining);
    }

    /** Takes up what still runs, and serves it. */
    void resume(Options options) {
        if (apps.globalDomains().isEmpty() && machine.store().apps().isEmpty()) {
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
        return machine.store();
    }

    /** Ends all that was ever started here: processes, nginx, network. */
    void stopAll() {
        machine.stopAll();
    }

    /** Lets go of everything; what runs goes on. */
    @Override
    public void close() {
        housekeeping.close();
        cron.close();
        deployer.close();
        machine.close();
    }
}
