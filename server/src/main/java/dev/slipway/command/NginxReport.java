package dev.slipway.command;

import dev.slipway.deploy.SiteChanges;
import dev.slipway.model.App;
import dev.slipway.proxy.Proxy;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.nginx.site.NginxProperties;
import dev.slipway.proxy.nginx.site.NginxProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What {@code nginx:report} says: every property as it is set for the app, for all, and as it holds. */
final class NginxReport {

    private final SiteChanges sites;
    private final Proxy proxy;

    /** What stands behind each label, in their order, which is the same for every app. */
    private final Map<String, Value> values = new TreeMap<>();

    NginxReport(SiteChanges sites, Proxy proxy) {
        this.sites = sites;
        this.proxy = proxy;
        for (NginxProperty property : NginxProperties.all()) {
            String key = NginxCommands.PREFIX + property.name();
            values.put(property.label("global"), of -> of.global().getOrDefault(key, ""));
            if (!property.whole()) {
                values.put(property.label(""), of -> of.app().property(key).orElse(""));
                values.put(property.label("computed"), of -> of.computed().getOrDefault(property.name(), ""));
            }
        }
        values.put("Nginx last visited at", of -> lastVisited(of.site()));
        String command = NginxCommands.SERVICE_COMMAND.replace('-', ' ');
        for (String which : new String[] {"", "computed ", "global "}) {
            values.put("Nginx " + which + command, _ -> "");
        }
    }

    /** Finds a value among what is known of an app. */
    private interface Value {
        String in(Known known);
    }

    private record Known(App app, Site site, Map<String, String> computed, Map<String, String> global) {}

    void print(Call call) {
        Map<String, String> global = call.store().globalProperties();
        Report.print(call, () -> ofAll(global), app -> of(app, global));
    }

    private static Report ofAll(Map<String, String> global) {
        Report report = Report.global("nginx");
        for (NginxProperty property : NginxProperties.all()) {
            report.with(property.label("global"), global.getOrDefault(NginxCommands.PREFIX + property.name(), ""));
        }
        return report;
    }

    private Report of(App app, Map<String, String> global) {
        Site site = sites.of(app);
        Known known = new Known(app, site, proxy.properties(site), global);
        Report report = new Report(app.name() + " nginx information");
        values.forEach((label, value) -> report.with(label, value.in(known)));
        return report;
    }

    /** When a request was logged last, in seconds since 1970. */
    private String lastVisited(Site site) {
        Optional<Path> log = proxy.accessLog(site).filter(Files::isRegularFile);
        if (log.isEmpty()) {
            return "";
        }
        try {
            return String.valueOf(Files.getLastModifiedTime(log.get()).toMillis() / 1000);
        } catch (IOException e) {
            return ""; // It was moved away meanwhile.
        }
    }
}
