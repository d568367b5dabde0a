package dev.slipway.proxy.nginx.check;

import dev.slipway.model.AppName;
import dev.slipway.model.Config;
import dev.slipway.model.Domain;
import dev.slipway.model.HostPorts;
import dev.slipway.model.Listener;
import dev.slipway.model.PortMapping;
import dev.slipway.model.ProcessType;
import dev.slipway.proxy.Remark;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.TemplateReport;
import dev.slipway.proxy.nginx.Nginx;
import dev.slipway.proxy.nginx.TutorialBlocks;
import dev.slipway.proxy.nginx.explain.Includes;
import dev.slipway.proxy.nginx.site.NginxDirectories;
import dev.slipway.proxy.nginx.site.NginxSettings;
import dev.slipway.proxy.nginx.site.NginxVersion;
import dev.slipway.proxy.nginx.site.Renderer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads templates as those of an app {@code shop} with a running {@code web} process and a {@code ws} type at 0, without any nginx. */
final class Reader {

    static final String DEFAULT = resource();

    private static final Pattern ROOT_LOCATION = Pattern.compile("(?m)^  location / \\{\n(    .*\n)*  \\}\n");

    private static final NginxSettings SETTINGS = new NginxSettings(
            Path.of("/usr/sbin/nginx"),
            new NginxDirectories(
                    Path.of("/data/nginx"), Path.of("/data/apps"), Path.of("/data/lib"), Path.of("/data/log")),
            64_321,
            new HostPorts(80, 443),
            List.of("0.0.0.0"),
            List.of("::"),
            1_024);

    private Reader() {}

    static List<Remark> remarks(String template) {
        return report(template).remarks();
    }

    static TemplateReport report(String template) {
        return report(site(template), 22, site -> Optional.empty());
    }

    /** @param minor which nginx 1.x is at hand */
    static TemplateReport report(Site site, int minor, Function<Site, Optional<String>> refusal) {
        Renderer renderer = new Renderer(SETTINGS, new NginxVersion(1, minor, 1, true, true), DEFAULT);
        return new Inspection(renderer, refusal).of(site).orElseThrow();
    }

    /** Whether requests get to a type's processes. */
    static boolean leadsTo(String template, String type, Includes includes) {
        Renderer renderer = new Renderer(SETTINGS, new NginxVersion(1, 22, 1, true, true), DEFAULT);
        return new Reach(renderer, includes).leadsTo(site(template), new ProcessType(type));
    }

    static Site site(String template) {
        SequencedMap<ProcessType, List<Listener>> listeners = new LinkedHashMap<>();
        listeners.put(ProcessType.WEB, List.of(new Listener("10.0.0.1", 5000)));
        listeners.put(new ProcessType("ws"), List.of());
        return new Site(
                new AppName("shop"),
                Optional.of(new Site.Template("nginx.conf.sigil", template)),
                List.of(new Domain("shop.test")),
                List.of(PortMapping.parse("http:80:5000")),
                listeners,
                List.of(),
                Optional.empty(),
                Map.of(),
                Config.EMPTY);
    }

    /** A location for the fifth line and those behind it; the same server is http's and https's. */
    static String with(String location) {
        return """
                server {
                  listen {{ $.PROXY_PORT }}{{ if $.SSL_INUSE }} ssl{{ end }};
                  server_name {{ $.NOSSL_SERVER_NAME }};
                  location / { proxy_pass http://{{ $.APP }}-5000; }
                """ + location + """
                }
                upstream {{ $.APP }}-5000 {
                  server {{ if not $.DOKKU_APP_WEB_LISTENERS }}127.0.0.1:65535{{ else }}{{ $.DOKKU_APP_WEB_LISTENERS }}{{ end }};
                }
                upstream {{ $.APP }}-ws {
                  server {{ if not $.DOKKU_APP_WS_LISTENERS }}127.0.0.1:65535{{ else }}{{ $.DOKKU_APP_WS_LISTENERS }}{{ end }};
                }
                """;
    }

    /** A WebSocket location without a fault; its {@code proxy_pass} is on the sixth line. */
    static String socket(String location, String pass) {
        return """
                  location %s {
                    proxy_pass %s;
                    proxy_http_version 1.1;
                    proxy_read_timeout 1h;
                    proxy_set_header Upgrade $slipway_upgrade;
                    proxy_set_header Connection $slipway_connection;
                  }
                """.formatted(location, pass);
    }

    static String socket() {
        return socket("/echo", "http://{{ $.APP }}-ws");
    }

    static List<String> headlines(String template) {
        return remarks(template).stream()
                .map(remark -> remark.headline("nginx.conf.sigil"))
                .toList();
    }

    /** The default template with a location behind both that serve {@code /}, and an upstream at its end. */
    static String tutorial(String location, String upstream) {
        return ROOT_LOCATION.matcher(DEFAULT).replaceAll("$0" + Matcher.quoteReplacement(location)) + upstream;
    }

    /** As above, with the location in the server for http only. */
    static String tutorialOverHttpOnly() {
        Matcher root = ROOT_LOCATION.matcher(DEFAULT);
        return root.replaceFirst("$0" + Matcher.quoteReplacement(TutorialBlocks.LOCATION)) + TutorialBlocks.UPSTREAM;
    }

    /** The numbers of the lines that hold a text. */
    static List<Integer> linesOf(String template, String part) {
        List<String> lines = template.lines().toList();
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).contains(part))
                .mapToObj(i -> i + 1)
                .toList();
    }

    private static String resource() {
        try (InputStream in = Nginx.class.getResourceAsStream("nginx.conf.sigil")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
