package dev.slipway.proxy.nginx.site;

import dev.slipway.proxy.Site;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a site's logs go, as nginx's directives take it: a path, {@code off}, or {@code syslog:…}.
 *
 * @param access for {@code access_log}
 * @param error for {@code error_log}
 */
public record Logs(String access, String error) {

    /** Where templates and properties written for Dokku expect nginx's logs; our directory takes its place. */
    static final String DOKKU_LOGS = "/var/log/nginx/";

    public static Logs of(Site site, NginxDirectories directories) {
        return new Logs(path(site, directories, "access"), path(site, directories, "error"));
    }

    /** The file to tail, if a log goes to one. */
    public static Optional<Path> file(String log) {
        return log.startsWith("/") ? Optional.of(Path.of(log)) : Optional.empty();
    }

    private static String path(Site site, NginxDirectories directories, String which) {
        String set = NginxProperties.value(site.properties(), which + "-log-path");
        if (set.isEmpty()) {
            return directories.logs().resolve(site.app() + "-" + which + ".log").toString();
        }
        if (which.equals("error") && set.equals("off")) {
            return "/dev/null"; // Of error_log, nginx takes "off" for the name of a file.
        }
        return set.startsWith(DOKKU_LOGS)
                ? directories.logs().resolve(set.substring(DOKKU_LOGS.length())).toString()
                : set;
    }
}
