package dev.slipway.proxy.nginx.check;

import dev.slipway.model.ProcessType;
import dev.slipway.proxy.Remark;
import dev.slipway.proxy.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of variables: those that are not given for much longer, and those that no process type fills. It needs no rendered text. */
final class Variables {

    /** What to write in the place of a variable that Dokku gave up; they are still given, since templates in use name them. */
    static final Map<String, String> DEPRECATED = new TreeMap<>(Map.of(
            "DOKKU_APP_LISTENERS", "DOKKU_APP_WEB_LISTENERS",
            "NGINX_PORT", "PROXY_PORT",
            "NGINX_SSL_PORT", "PROXY_SSL_PORT"));

    private static final int MOST_UNKNOWN = 50;

    private Variables() {}

    static Stream<Remark> check(Site site, Site.Template template) {
        return Stream.concat(deprecated(template), unknown(site, template));
    }

    private static Stream<Remark> deprecated(Site.Template template) {
        return DEPRECATED.entrySet().stream()
                .flatMap(variable -> remark(
                        template,
                        variable.getKey(),
                        new Remark(
                                List.of(),
                                variable.getKey() + " is deprecated",
                                "Dokku gave this variable up; it is given so that old templates still render.",
                                "Write $." + variable.getValue() + ".",
                                false)));
    }

    private static Stream<Remark> unknown(Site site, Site.Template template) {
        Set<ProcessType> types = site.listeners().keySet();
        if (types.isEmpty()) {
            return Stream.of();
        }
        String known = types.stream().map(ProcessType::value).collect(Collectors.joining(", "));
        String variables =
                types.stream().map(type -> "$." + type.listenersVariable()).collect(Collectors.joining(", "));
        return template.listenerVariables().stream()
                .filter(variable -> !variable.equals(ProcessType.WEB.listenersVariable()))
                .filter(variable -> types.stream()
                        .noneMatch(type -> type.listenersVariable().equals(variable)))
                .limit(MOST_UNKNOWN)
                .flatMap(variable -> remark(
                        template,
                        variable,
                        new Remark(
                                List.of(),
                                "$." + variable + " names no process type of the Procfile (found: " + known + ")",
                                "The variable never has a value, so what is served from it answers 502 at best.",
                                "Write one of " + variables + ", or add the process type to the Procfile.",
                                false)));
    }

    private static Stream<Remark> remark(Site.Template template, String variable, Remark remark) {
        List<Integer> lines = uses(template, variable);
        return lines.isEmpty() ? Stream.of() : Stream.of(remark.on(lines));
    }

    private static List<Integer> uses(Site.Template template, String variable) {
        Pattern use = Pattern.compile("\\{\\{[^}]*[.$]" + variable + "\\b");
        List<String> all = template.text().lines().toList();
        List<Integer> lines = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (use.matcher(all.get(i)).find()) {
                lines.add(i + 1);
            }
        }
        return lines;
    }
}
