package dev.slipway.proxy.nginx.site;

import dev.slipway.proxy.Site;
import dev.slipway.proxy.nginx.syntax.Directive;
import dev.slipway.proxy.nginx.syntax.Word;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Which files an app's configuration text may name. */
final class PathRules {

    private static final Set<String> LOGS = Set.of("access_log", "error_log");

    private static final Pattern FILES =
            Pattern.compile("include|root|alias|auth_basic_user_file|auth_jwt_key_file|ssl_dhparam"
                    + "|ssl_stapling_file|open_log_file|((proxy|grpc|uwsgi)_)?ssl_(certificate|certificate_key|client_certificate"
                    + "|trusted_certificate|crl|password_file|session_ticket_key|ech_file|key_log)");

    private static final Path STOCK = Path.of("/etc/nginx");

    /** What nginx's packages bring for templates to include: parameters, and nothing of an administrator's or an app's. */
    private static final Set<String> PARAMETERS =
            Set.of("fastcgi.conf", "fastcgi_params", "mime.types", "proxy_params", "scgi_params", "uwsgi_params");

    /** Blocks whose lines are keys and values, not directives. */
    static final Set<String> TABLES = Set.of("map", "geo", "split_clients", "types", "charset_map");

    private final Site site;
    private final Path own;
    private final Path tls;
    private final Path errorPages;
    private final Path logs;
    private final Logs declared;

    PathRules(Site site, NginxDirectories directories) {
        this.site = site;
        this.own = directories.app(site.app());
        this.tls = directories.tls(site.app());
        this.errorPages = directories.errorPages();
        this.logs = directories.logs();
        this.declared = Logs.of(site, directories);
    }

    /** What is wrong with the paths of a directive, if anything is. */
    Optional<String> check(Directive directive) {
        String name = directive.name().text();
        if (LOGS.contains(name)) {
            return log(directive.argument(0));
        }
        if (name.equals("try_files")) {
            return tries(directive.arguments());
        }
        if (FILES.matcher(name).matches()) {
            return file(name, directive.argument(0));
        }
        return TABLES.contains(name) ? tableInclude(directive) : Optional.empty();
    }

    private Optional<String> log(String path) {
        boolean elsewhere = path.equals("off")
                || path.equals("/dev/null")
                || path.equals(declared.access())
                || path.equals(declared.error());
        if (elsewhere
                || (path.startsWith("syslog:") && !path.toLowerCase(Locale.ROOT).contains("unix:"))) {
            return Optional.empty();
        }
        Optional<Path> normal = normal(path);
        boolean within = normal.filter(file -> logs.equals(file.getParent()))
                .filter(file -> String.valueOf(file.getFileName()).startsWith(site.app() + "-"))
                .isPresent();
        return within
                ? Optional.empty()
                : Optional.of("\"%s\" is not a log of %s: write {{ $.NGINX_LOG_ROOT }}/{{ $.APP }}-NAME.log"
                        .formatted(path, site.app()));
    }

    /** Whether a directive's first argument is a path. */
    static boolean takesPath(String name) {
        return LOGS.contains(name) || FILES.matcher(name).matches();
    }

    /** Where the file is that nginx's packages know by a name alone; nothing for any other name. */
    static Optional<String> stock(String name) {
        return PARAMETERS.contains(name) ? Optional.of(STOCK.resolve(name).toString()) : Optional.empty();
    }

    private static boolean isStock(String name, Path file) {
        return name.equals("include")
                && STOCK.equals(file.getParent())
                && PARAMETERS.contains(String.valueOf(file.getFileName()));
    }

    private Optional<String> file(String name, String path) {
        boolean certificate = name.contains("ssl_certificate");
        Optional<Path> normal = normal(path);
        boolean allowed = normal.filter(file -> certificate
                        ? file.startsWith(tls)
                        : file.startsWith(own) || file.startsWith(errorPages) || isStock(name, file))
                .isPresent();
        if (allowed) {
            return name.equals("ssl_certificate") && site.certificate().isEmpty()
                    ? Optional.of(missing())
                    : Optional.empty();
        }
        return Optional.of(
                certificate
                        ? "\"%s\" is not the app's certificate: write {{ $.APP_SSL_PATH }}/server.crt and server.key"
                                .formatted(path)
                        : "\"%s\" is not a file of %s: use one below {{ $.DOKKU_ROOT }}/{{ $.APP }}"
                                .formatted(path, site.app()));
    }

    private String missing() {
        return "%1$s has no certificate yet: add one with certs:generate %1$s DOMAIN or certs:add %1$s, or put the server between {{ if $.SSL_INUSE }} and {{ end }}"
                .formatted(site.app());
    }

    /** {@code $uri} is normalised by nginx; whatever else a client sends may lead out of the root. */
    private static Optional<String> tries(List<Word> arguments) {
        return IntStream.range(0, arguments.size())
                .filter(i -> leads(arguments.get(i).text(), i == arguments.size() - 1))
                .mapToObj(i -> "try_files cannot take \"%s\": use $uri and plain paths"
                        .formatted(arguments.get(i).text()))
                .findFirst();
    }

    /** The last one is no file but where to go on: nginx takes what follows a question mark for the query of that. */
    private static boolean leads(String text, boolean last) {
        String path = last ? text.replaceFirst("\\?.*$", "") : text;
        return path.contains("..")
                || path.replace("$uri", "").replace("$is_args$args", "").contains("$");
    }

    /** In a table, {@code include} reads a file as well. */
    private Optional<String> tableInclude(Directive table) {
        return table.block().stream()
                .filter(line -> line.is("include"))
                .map(line -> file("include", line.argument(0)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Path> normal(String path) {
        try {
            boolean plain = path.startsWith("/") && !path.contains("$") && !path.contains("..");
            return plain ? Optional.of(Path.of(path).normalize()) : Optional.empty();
        } catch (InvalidPathException e) {
            // It holds a NUL byte: no path of anybody's.
            return Optional.empty();
        }
    }
}
