package dev.slipway.proxy.nginx;

import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.model.AppName;
import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Explanation;
import dev.slipway.proxy.Proxy;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.TemplateReport;
import dev.slipway.proxy.Workers;
import dev.slipway.proxy.nginx.check.Inspection;
import dev.slipway.proxy.nginx.check.Reach;
import dev.slipway.proxy.nginx.explain.Explainer;
import dev.slipway.proxy.nginx.site.Candidate;
import dev.slipway.proxy.nginx.site.Logs;
import dev.slipway.proxy.nginx.site.NginxProperties;
import dev.slipway.proxy.nginx.site.NginxSettings;
import dev.slipway.proxy.nginx.site.NginxVersion;
import dev.slipway.proxy.nginx.site.Renderer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The apps' sites on one private nginx: an instance with a configuration tree and a user of its own, with no power but to bind
 * ports, that outlives the daemon. What an app says of itself in a template can do no more than that user can.
 */
public final class Nginx implements Proxy {

    /** With a thousand sites nginx reads its configuration for a second; a taken port is tried for two and a half. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Runner runner;
    private final NginxSettings settings;
    private final Installation installation;
    private final Staging staging;
    private final Master master;
    private final Publisher publisher;
    private final String defaultTemplate = Resources.text("nginx.conf.sigil");
    private volatile @Nullable Renderer renderer;

    public Nginx(Runner runner, NginxSettings settings) {
        ConfigurationFiles files = new ConfigurationFiles(settings.uid());
        this.runner = runner;
        this.settings = settings;
        this.installation = new Installation(settings.directories(), files);
        this.staging = new Staging(runner, settings, files);
        this.master = new Master(runner, settings, PATIENCE);
        this.publisher = new Publisher(settings, files, staging, master);
    }

    @Override
    public List<String> start(List<Site> sites) {
        Result version = runner.run(new Commands(settings).version());
        renderer = new Renderer(settings, NginxVersion.parse(version.complaint()), defaultTemplate);
        installation.lay(defaultTemplate);
        staging.sweep();
        if (master.generation().isPresent()) {
            publisher.adopt(served(sites));
        }
        List<String> refusals = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (Site site : sites) {
            try {
                changes.add(Change.to(renderer().render(site)));
            } catch (UserException e) {
                refusals.add(refusal(site.app(), e.text()));
            }
        }
        publisher.publish(changes).forEach((app, words) -> refusals.add(refusal(app, words)));
        publisher.ensure();
        return refusals;
    }

    @Override
    public List<String> test(Site site) {
        Candidate candidate = renderer().render(site);
        List<String> warnings = new ArrayList<>(candidate.warnings());
        warnings.addAll(tried(publisher.live(), candidate));
        return warnings;
    }

    @Override
    public List<String> validate(Site site) {
        Candidate candidate = renderer().render(site);
        List<String> warnings = new ArrayList<>(candidate.warnings());
        Optional<String> found = installation.text(site.app()).filter(text -> !text.equals(candidate.text()));
        if (found.isPresent()) {
            tried(Fleet.EMPTY, candidate.found(found.get()));
        }
        warnings.addAll(tried(Fleet.EMPTY, candidate));
        return warnings;
    }

    @Override
    public boolean restore(AppName app) {
        return publisher.restore(app);
    }

    @Override
    public Optional<TemplateReport> inspect(Site site) {
        return new Inspection(renderer(), this::refusal).of(site);
    }

    @Override
    public boolean leadsTo(Site site, ProcessType type) {
        return new Reach(renderer(), new LiveText(settings.directories(), publisher.live())).leadsTo(site, type);
    }

    /** Why a site would be refused, if it would. */
    private Optional<String> refusal(Site site) {
        try {
            tried(publisher.live(), renderer().render(site));
            return Optional.empty();
        } catch (UserException e) {
            return Optional.of(e.text());
        }
    }

    @Override
    public Published publish(Site site) {
        return publisher.publish(Change.to(renderer().render(site)));
    }

    @Override
    public boolean settled(Instant since) {
        return master.settled(since);
    }

    @Override
    public void withdraw(AppName app) {
        publisher.publish(Change.without(app));
    }

    @Override
    public void carry(AppName from, AppName to) {
        installation.carry(from, to);
    }

    @Override
    public void remove(AppName app) {
        withdraw(app);
        installation.forget(app);
    }

    @Override
    public Optional<String> configuration(AppName app) {
        return publisher.live().site(app).map(Candidate::text);
    }

    @Override
    public SequencedMap<String, String> properties(Site site) {
        return NginxProperties.values(site, settings);
    }

    @Override
    public Optional<Path> accessLog(Site site) {
        return Logs.file(Logs.of(site, settings.directories()).access());
    }

    @Override
    public Optional<Path> errorLog(Site site) {
        return Logs.file(Logs.of(site, settings.directories()).error());
    }

    @Override
    public String defaultTemplate() {
        return defaultTemplate;
    }

    /** How many workers still serve connections from before a reload. */
    public long retiringWorkers() {
        return master.census().draining();
    }

    @Override
    public void halt() {
        publisher.halt();
    }

    @Override
    public void begin() {
        publisher.ensure();
    }

    @Override
    public void reload() {
        publisher.reload();
    }

    @Override
    public Workers workers() {
        return master.census().workers();
    }

    @Override
    public Explanation explain(String url) {
        LiveText text = new LiveText(settings.directories(), publisher.live());
        return new Explainer(text.main(), text, settings.ports()).explain(url);
    }

    /** Ends workers that were replaced longer ago than this, and cuts the connections that they still have. */
    public void endDraining(Duration longest) {
        master.census().endDraining(longest);
    }

    /**
     * Moves each log that has grown beyond a size to NAME.1, in the place of the one before, and has nginx begin new ones. To be
     * called from time to time: nginx itself never looks.
     */
    public void rotateLogs(long largest) {
        if (installation.rotateLogs(largest)) {
            master.reopenLogs();
        }
    }

    @Override
    public void close() {
        publisher.close();
    }

    @Override
    public void stop() {
        publisher.close();
        master.stop();
    }

    /** @param others the sites that are there besides */
    private List<String> tried(Fleet others, Candidate candidate) {
        try {
            return staging.test(others, List.of(Change.to(candidate))).getOrDefault(candidate.app(), List.of());
        } catch (Refused e) {
            throw UserException.failed(e.text());
        }
    }

    /** The sites as the running nginx has them. */
    private Fleet served(List<Site> sites) {
        TreeMap<AppName, Candidate> served = new TreeMap<>();
        for (Site site : sites) {
            installation
                    .text(site.app())
                    .ifPresent(text -> served.put(site.app(), renderer().kept(site, text)));
        }
        return new Fleet(served);
    }

    private static String refusal(AppName app, String words) {
        return "The site of " + app + " is not as it should be: " + words;
    }

    private Renderer renderer() {
        Renderer started = renderer;
        if (started == null) {
            throw new IllegalStateException("nginx was not started");
        }
        return started;
    }
}
