package dev.slipway.proxy.nginx;

import dev.slipway.proxy.nginx.syntax.Directive;
import dev.slipway.proxy.nginx.syntax.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Makes text that was written for a Dokku host run on this one: its fixed paths become ours, and where the machine has no IPv6
 * the directives that listen on it go. No line is added or taken away, so nginx's line numbers still hold.
 */
final class Rewriting {

    private record Edit(int start, int end, String text) {}

    private final Map<String, String> prefixes;
    private final boolean ipv6;

    Rewriting(NginxSettings settings) {
        NginxDirectories directories = settings.directories();
        prefixes = Map.of(
                Logs.DOKKU_LOGS,
                directories.logs() + "/",
                "/home/dokku/",
                directories.apps() + "/",
                "/var/lib/dokku/",
                directories.lib() + "/");
        ipv6 = !settings.ipv6().isEmpty();
    }

    /** @param directives what {@code text} says */
    String apply(String text, List<Directive> directives) {
        List<Edit> edits = new ArrayList<>();
        directives.stream().flatMap(Directive::tree).forEach(directive -> edit(text, directive, edits));
        edits.sort(Comparator.comparingInt(Edit::start).reversed());
        StringBuilder rewritten = new StringBuilder(text);
        edits.forEach(edit -> rewritten.replace(edit.start(), edit.end(), edit.text()));
        return rewritten.toString();
    }

    private void edit(String text, Directive directive, List<Edit> edits) {
        if (directive.is("listen") && directive.argument(0).startsWith("[") && !ipv6) {
            String blank = text.substring(directive.start(), directive.end()).replaceAll("[^\n]", "");
            edits.add(new Edit(directive.start(), directive.end(), blank));
        } else if (PathRules.takesPath(directive.name().text())
                && !directive.arguments().isEmpty()) {
            Word path = directive.arguments().getFirst();
            prefixes.forEach((theirs, ours) -> {
                int at = text.indexOf(theirs, path.start());
                if (path.text().startsWith(theirs) && at >= 0 && at < path.end()) {
                    edits.add(new Edit(at, at + theirs.length(), ours));
                }
            });
        }
    }
}
