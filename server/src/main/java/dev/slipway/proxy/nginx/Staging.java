package dev.slipway.proxy.nginx;

import dev.slipway.exec.Result;
import dev.slipway.exec.Runner;
import dev.slipway.model.AppName;
import dev.slipway.proxy.nginx.MainConfiguration.Include;
import dev.slipway.proxy.nginx.site.Candidate;
import dev.slipway.proxy.nginx.site.Endpoint;
import dev.slipway.proxy.nginx.site.NginxSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tests a whole configuration with sites that are not live yet: the same main file, with the candidates' copies in the place of
 * their live files. Each test has a directory of its own, so tests may run beside each other.
 */
final class Staging {

    /** What nginx 1.25 and later says of a site that wants http2 on a port where our default server does not. */
    private static final String SHARED_PORT = "protocol options redefined";

    /** What nginx 1.25.1 and later says of {@code listen … http2}: whoever reads the template tells it with its mend. */
    private static final String OLD_HTTP2 = "the \"listen ... http2\" directive is deprecated";

    private final Runner runner;
    private final NginxSettings settings;
    private final ConfigurationFiles files;
    private final AtomicLong tests = new AtomicLong();

    Staging(Runner runner, NginxSettings settings, ConfigurationFiles files) {
        this.runner = runner;
        this.settings = settings;
        this.files = files;
    }

    /** Removes what a daemon that was killed left behind. */
    void sweep() {
        files.deleteTree(settings.directories().staging());
        files.readable(settings.directories().staging());
    }

    /**
     * @param live what is served now
     * @return warnings, by app
     * @throws Refused in terms of the app's template
     */
    Map<AppName, List<String>> test(Fleet live, List<Change> changes) throws Refused {
        Path directory = settings.directories().staging().resolve(Long.toString(tests.incrementAndGet()));
        try {
            files.readable(directory);
            return run(directory, live, changes);
        } finally {
            files.deleteTree(directory);
        }
    }

    private Map<AppName, List<String>> run(Path directory, Fleet live, List<Change> changes) throws Refused {
        Map<Path, Candidate> staged = new LinkedHashMap<>();
        Collection<Endpoint> endpoints = live.endpoints(settings, changes).values();
        List<Include> includes = new ArrayList<>();
        live.with(changes).sites().values().forEach(site -> {
            boolean changing = changes.stream().anyMatch(change -> change.app().equals(site.app()));
            Path file =
                    changing ? stage(directory, site) : settings.directories().site(site.app());
            includes.add(new Include(file, ""));
            if (changing) {
                staged.put(file, site);
            }
        });
        Path main = directory.resolve("nginx.conf");
        files.write(main, new MainConfiguration(settings, includes, endpoints).text(0));
        Result result = runner.run(new Commands(settings).test(main));
        return judge(result, directory, staged);
    }

    /** The candidate's text, reading the candidate's certificate and not the live one. */
    private Path stage(Path directory, Candidate site) {
        Path own = directory.resolve(site.app().value());
        files.readable(own);
        Path tls = own.resolve("tls");
        site.certificate().ifPresent(certificate -> {
            files.readable(tls);
            files.write(tls.resolve("server.crt"), certificate.chain());
            files.write(tls.resolve("server.key"), certificate.key());
        });
        Path file = own.resolve("nginx.conf");
        files.write(file, site.text().replace(settings.directories().tls(site.app()) + "/", tls + "/"));
        return file;
    }

    private static Map<AppName, List<String>> judge(Result result, Path directory, Map<Path, Candidate> staged)
            throws Refused {
        Map<AppName, List<String>> warnings = new LinkedHashMap<>();
        for (Complaint complaint : Complaint.parse(result.err())) {
            Optional<Candidate> site = complaint.file().map(Path::of).map(staged::get);
            String words = complaint.words().replace(directory + "/", "");
            if (complaint.isWarning() && isToldElsewhere(complaint)) {
                continue;
            }
            if (complaint.isWarning()) {
                site.ifPresent(about -> warnings.computeIfAbsent(about.app(), app -> new ArrayList<>())
                        .add(about.origin().describe(complaint.line(), words)));
            } else {
                throw refused(complaint, words, site);
            }
        }
        if (!result.ok()) {
            throw new Refused("nginx refuses its configuration: " + result.complaint());
        }
        return warnings;
    }

    private static boolean isToldElsewhere(Complaint complaint) {
        return complaint.words().startsWith(SHARED_PORT) || complaint.words().startsWith(OLD_HTTP2);
    }

    private static Refused refused(Complaint complaint, String words, Optional<Candidate> site) {
        if (site.isPresent()) {
            return new Refused(site.get().app(), site.get().origin().describe(complaint.line(), words));
        }
        String where = complaint
                .file()
                .map(file -> file + ":" + complaint.line() + ": ")
                .orElse("");
        return new Refused("nginx refuses its configuration: " + where + words);
    }
}
