package dev.slipway.proxy.nginx.check;

import dev.slipway.model.ProcessType;
import dev.slipway.proxy.Remark;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.nginx.site.Unreadable;
import dev.slipway.proxy.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a template comes to while no process of one type runs: nginx takes no upstream without a server. */
final class Guards implements Rule {

    /** The template is rendered twice for each. */
    private static final int MOST_TYPES = 50;

    @Override
    public Stream<Remark> check(Specimen specimen) {
        Set<ProcessType> types = new LinkedHashSet<>();
        Cast cast = specimen.plain().cast();
        specimen.template()
                .listenerVariables()
                .forEach(variable -> cast.ofVariable(variable).ifPresent(types::add));
        if (specimen.template().text().contains("DOKKU_APP_LISTENERS")) {
            types.add(ProcessType.WEB);
        }
        return types.stream()
                .filter(type -> isKnown(specimen.site(), type))
                .limit(MOST_TYPES)
                .flatMap(type -> check(specimen, type).stream());
    }

    /** Of a type that the Procfile lacks it is told anyway that it never has a process. */
    private static boolean isKnown(Site site, ProcessType type) {
        return site.listeners().isEmpty() || site.listeners().containsKey(type) || type.equals(ProcessType.WEB);
    }

    private static List<Remark> check(Specimen specimen, ProcessType type) {
        List<View> fewer;
        try {
            fewer = specimen.without(type);
        } catch (Unreadable e) {
            return List.of(remark(
                    e.line(), "the template cannot be rendered while no " + type + " process runs", e.text(), type));
        }
        List<Remark> remarks = new ArrayList<>();
        for (int i = 0; i < fewer.size(); i++) {
            remarks.addAll(check(specimen, specimen.views().get(i), fewer.get(i), type));
        }
        return remarks;
    }

    private static List<Remark> check(Specimen specimen, View full, View fewer, ProcessType type) {
        List<Remark> remarks = new ArrayList<>();
        for (Directive upstream : fewer.upstreams()) {
            String name = upstream.argument(0);
            if (View.places(upstream).isEmpty() && full.types(name).contains(type)) {
                remarks.add(remark(
                        fewer.line(upstream),
                        "upstream " + name + " is empty while no " + type + " process runs",
                        "nginx takes no upstream without a server.",
                        type));
            }
        }
        for (Spot spot : fewer.spots()) {
            boolean gone = spot.host().isEmpty()
                    || (full.upstream(spot.host()).isPresent()
                            && fewer.upstream(spot.host()).isEmpty());
            if (gone && !isFilledIn(specimen, spot.host(), type)) {
                remarks.add(remark(
                        fewer.line(spot.pass()),
                        "proxy_pass leads nowhere while no " + type + " process runs",
                        spot.host().isEmpty()
                                ? "It names no host then."
                                : "upstream " + spot.host()
                                        + " is not defined then, and nginx takes it for a host that it"
                                        + " cannot find.",
                        type));
            }
        }
        return remarks;
    }

    /** Dokku's templates leave the web upstream out; the platform puts one in that answers 502. */
    private static boolean isFilledIn(Specimen specimen, String upstream, ProcessType type) {
        return type.equals(ProcessType.WEB)
                && specimen.site().ports().stream()
                        .anyMatch(mapping -> upstream.equals(specimen.site().app() + "-" + mapping.processPort()));
    }

    private static Remark remark(int line, String what, String why, ProcessType type) {
        return Remark.at(
                line,
                what,
                why + "\nWith " + type + " at 0 the whole is refused: a deploy as well as a ps:scale.",
                """
                Guard the servers in the upstream:
                  {{ if not $.%s }}
                  server 127.0.0.1:65535; # force a 502
                  {{ else }}
                  … the servers as they are now …
                  {{ end }}""".formatted(type.listenersVariable()));
    }
}
