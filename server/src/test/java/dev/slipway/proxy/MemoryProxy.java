package dev.slipway.proxy;

import dev.slipway.model.AppName;
import dev.slipway.model.UserException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Serves nothing, and remembers which sites it was given; it refuses those that a test tells it to. */
public final class MemoryProxy implements Proxy {

    private final Map<AppName, Site> sites = new ConcurrentHashMap<>();
    private volatile Predicate<Site> refused = site -> false;

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
    public Published publish(Site site) {
        test(site);
        return new Published(!site.equals(sites.put(site.app(), site)), List.of());
    }

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
        return new LinkedHashMap<>(site.properties());
    }

    @Override
    public Optional<Path> accessLog(Site site) {
        return Optional.of(Path.of("/var/log/nginx/" + site.app() + "-access.log"));
    }

    @Override
    public Optional<Path> errorLog(Site site) {
        return Optional.of(Path.of("/var/log/nginx/" + site.app() + "-error.log"));
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
