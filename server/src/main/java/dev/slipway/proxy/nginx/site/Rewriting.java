package dev.slipway.proxy.nginx.site;

import dev.slipway.proxy.nginx.syntax.Directive;
import dev.slipway.proxy.nginx.syntax.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes text that was written for a Dokku host run on this one: its fixed paths become ours, its servers listen where this
 * installation does, and a log of no particular format marks upgraded requests. No line is added or taken away, so nginx's line numbers
 * still hold.
 */
final class Rewriting {

    private record Edit(int start, int end, String text) {}

    /** {@code listen} on every IPv4 address of the machine. */
    private static final Pattern EVERYWHERE = Pattern.compile("((\\*|0\\.0\\.0\\.0):)?[0-9]+");

    /** A {@code log_format} of the main configuration: combined, which nginx takes where none is named, and a mark. */
    private static final String LOG_FORMAT = "slipway";

    /** Today's nginx refuses the word of Dokku's first templates, and took this for it as long as it knew both. */
    private static final String SUCCESSOR_OF_SPDY = "http2";

    private final Map<String, String> prefixes;
    private final NginxSettings settings;

    Rewriting(NginxSettings settings) {
        NginxDirectories directories = settings.directories();
        this.prefixes = Map.of(
                Logs.DOKKU_LOGS,
                directories.logs() + "/",
                "/home/dokku/",
                directories.apps() + "/",
                "/var/lib/dokku/",
                directories.lib() + "/");
        this.settings = settings;
    }

    /** @param directives what {@code text} says */
    String apply(String text, List<Directive> directives) {
        List<Edit> edits = new ArrayList<>();
        directives.stream()
                .filter(directive -> !PathRules.TABLES.contains(directive.name().text()))
                .flatMap(Directive::tree)
                .forEach(directive -> edit(text, directive, edits));
        edits.sort(Comparator.comparingInt(Edit::start).reversed());
        StringBuilder rewritten = new StringBuilder(text);
        edits.forEach(edit -> rewritten.replace(edit.start(), edit.end(), edit.text()));
        return rewritten.toString();
    }

    private void edit(String text, Directive directive, List<Edit> edits) {
        if (directive.arguments().isEmpty()) {
            return;
        }
        Word first = directive.arguments().getFirst();
        if (directive.is("listen")) {
            listen(text, directive, first, edits);
        } else if (PathRules.takesPath(directive.name().text())) {
            path(text, first, edits);
        }
        if (directive.is("include")) {
            PathRules.stock(first.text()).ifPresent(file -> edits.add(new Edit(first.start(), first.end(), file)));
        }
        if (directive.is("access_log")
                && directive.arguments().size() == 1
                && !first.text().equals("off")) {
            edits.add(new Edit(first.end(), first.end(), " " + LOG_FORMAT));
        }
        if (directive.is("proxy_set_header") && first.text().equalsIgnoreCase("Upgrade")) {
            upgrade(directive.arguments().getLast(), edits);
        }
    }

    /** Templates hand on what a client asks for, and {@code h2c} would lead round every rule that stands before the process. */
    private static void upgrade(Word value, List<Edit> edits) {
        if (value.text().equalsIgnoreCase("$http_upgrade") || value.text().equalsIgnoreCase("${http_upgrade}")) {
            edits.add(new Edit(value.start(), value.end(), "$slipway_upgrade"));
        }
    }

    /** An installation that keeps to some addresses means the apps too; one without IPv6 would not start with a socket for it. */
    private void listen(String text, Directive directive, Word address, List<Edit> edits) {
        if (address.text().startsWith("[") && settings.ipv6().isEmpty()) {
            String blank = text.substring(directive.start(), directive.end()).replaceAll("[^\n]", "");
            edits.add(new Edit(directive.start(), directive.end(), blank));
            return;
        }
        directive.arguments().stream()
                .filter(word -> word.text().equals("spdy"))
                .forEach(word -> edits.add(new Edit(word.start(), word.end(), SUCCESSOR_OF_SPDY)));
        if (address.text().startsWith("[::]:") && !settings.ipv6().contains("::")) {
            String own = "[" + settings.defaultIpv6() + "]:" + address.text().substring("[::]:".length());
            edits.add(new Edit(address.start(), address.end(), own));
        } else if (EVERYWHERE.matcher(address.text()).matches()
                && !settings.defaultIpv4().isEmpty()) {
            String port = address.text().substring(address.text().indexOf(':') + 1);
            edits.add(new Edit(address.start(), address.end(), settings.defaultIpv4() + ":" + port));
        }
    }

    private void path(String text, Word path, List<Edit> edits) {
        prefixes.forEach((theirs, ours) -> {
            int at = text.indexOf(theirs, path.start());
            if (path.text().startsWith(theirs) && at >= 0 && at < path.end()) {
                edits.add(new Edit(at, at + theirs.length(), ours));
            }
        });
    }
}
