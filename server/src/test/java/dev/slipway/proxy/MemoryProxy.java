package dev.slipway.proxy;

import dev.slipway.model.AppName;
import dev.slipway.model.HostPorts;
import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import dev.slipway.proxy.nginx.site.NginxDirectories;
import dev.slipway.proxy.nginx.site.NginxProperties;
import dev.slipway.proxy.nginx.site.NginxSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Serves nothing, and remembers which sites it was given; it refuses those that a test tells it to. */
public final class MemoryProxy implements Proxy {

    /** What an installation is asked for that takes Dokku's places. */
    private static final NginxSettings SETTINGS = new NginxSettings(
            Path.of("/usr/sbin/nginx"),
            new NginxDirectories(
                    Path.of("/var/lib/slipway/nginx"),
                    Path.of("/home/dokku"),
                    Path.of("/var/lib/dokku"),
                    Path.of("/var/log/nginx")),
            1_880_000_000,
            new HostPorts(80, 443),
            List.of("0.0.0.0"),
            List.of("::"),
            1_024);

    private static final Remark REMARK = Remark.at(7, "what is wrong", "why it is", "what to write");

    private final Map<AppName, Site> sites = new ConcurrentHashMap<>();
    private volatile Predicate<Site> refused = site -> false;
    private final AtomicInteger reloads = new AtomicInteger();
    private volatile boolean halted;
    private volatile Workers workers = Workers.NONE;
    private volatile Explanation explanation =
            new Explanation("http://test/", List.of(), new Explanation.Closed("nobody listens"));

    /** From now on these sites are refused. */
    public void refuse(Predicate<Site> which) {
        refused = which;
    }

    /** What is served for an app. */
    public Optional<Site> site(AppName app) {
        return Optional.ofNullable(sites.get(app));
    }

    @Override
    public List<String> start(List<Site> all) {
        all.forEach(this::publish);
        return List.of();
    }

    @Override
    public List<String> test(Site site) {
        if (refused.test(site)) {
            throw UserException.failed("nginx.conf.sigil:7: no servers are inside upstream");
        }
        return List.of();
    }

    @Override
    public List<String> validate(Site site) {
        return test(site);
    }

    /** There are no files that anybody could have changed. */
    @Override
    public boolean restore(AppName app) {
        return false;
    }

    /** It reads nothing but that there is a template; that serves until it is told to refuse it. */
    @Override
    public Optional<TemplateReport> inspect(Site site) {
        return site.template().map(own -> TemplateReport.unreadable(own.path(), List.of(REMARK)));
    }

    /** It renders nothing: what a template names, it takes as led to. */
    @Override
    public boolean leadsTo(Site site, ProcessType type) {
        return site.own().filter(own -> own.names(type.listenersVariable())).isPresent();
    }

    @Override
    public Published publish(Site site) {
        test(site);
        return new Published(!site.equals(sites.put(site.app(), site)), List.of());
    }

    @Override
    public boolean settled(Instant since) {
        return true;
    }

    @Override
    public void reload() {
        reloads.incrementAndGet();
    }

    /** How often it was told to read its configuration anew. */
    public int reloads() {
        return reloads.get();
    }

    @Override
    public void withdraw(AppName app) {
        sites.remove(app);
    }

    @Override
    public void carry(AppName from, AppName to) {}

    @Override
    public void remove(AppName app) {
        sites.remove(app);
    }

    @Override
    public Optional<String> configuration(AppName app) {
        return site(app).map(site -> "# the site of " + app + "\n");
    }

    @Override
    public SequencedMap<String, String> properties(Site site) {
        return NginxProperties.values(site, SETTINGS);
    }

    @Override
    public Optional<Path> accessLog(Site site) {
        return Optional.of(Path.of("/var/log/nginx/" + site.app() + "-access.log"));
    }

    @Override
    public Optional<Path> errorLog(Site site) {
        return Optional.of(Path.of("/var/log/nginx/" + site.app() + "-error.log"));
    }

    /** Whether it was told to end what serves. */
    public boolean halted() {
        return halted;
    }

    @Override
    public void halt() {
        halted = true;
    }

    @Override
    public void begin() {
        halted = false;
    }

    @Override
    public Workers workers() {
        return workers;
    }

    @Override
    public Explanation explain(String url) {
        return explanation;
    }

    /** From now on every URL is explained so. */
    public void say(Explanation now) {
        explanation = now;
    }

    /** From now on it has these workers. */
    public void have(Workers now) {
        workers = now;
    }

    @Override
    public String defaultTemplate() {
        return "server {\n}\n";
    }

    @Override
    public void close() {}

    @Override
    public void stop() {
        sites.clear();
    }
}
