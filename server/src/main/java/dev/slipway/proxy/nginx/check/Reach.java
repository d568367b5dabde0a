package dev.slipway.proxy.nginx.check;

import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.nginx.explain.Includes;
import dev.slipway.proxy.nginx.explain.Source;
import dev.slipway.proxy.nginx.site.Renderer;
import dev.slipway.proxy.nginx.site.Unreadable;
import dev.slipway.proxy.nginx.syntax.Directive;
import dev.slipway.proxy.nginx.syntax.Parser;
import dev.slipway.proxy.nginx.syntax.SyntaxFailure;
import dev.slipway.proxy.nginx.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tells which processes a site's own template leads requests to, and which it only names. */
public record Reach(Renderer renderer, Includes includes) {

    /** Of files that include one another; nginx itself ends where its open files do. */
    private static final int DEEPEST = 20;

    /** Whether requests may get to processes of a type by the site's own template; where that cannot be told, they may. */
    public boolean leadsTo(Site site, ProcessType type) {
        return site.own()
                .filter(template -> template.names(type.listenersVariable()))
                .filter(template -> leadsTo(site, template, type))
                .isPresent();
    }

    private boolean leadsTo(Site site, Site.Template template, ProcessType type) {
        try {
            for (View view : Specimen.of(site, template, renderer).views()) {
                if (leadsTo(view, type)) {
                    return true;
                }
            }
            return false;
        } catch (Unreadable | SyntaxFailure | UserException e) {
            // nginx may read what this does not, and whoever waits in vain is told for what.
            return true;
        }
    }

    private boolean leadsTo(View view, ProcessType type) throws SyntaxFailure {
        List<Directive> all = withIncluded(view.reading().directives(), 0);
        return all.stream()
                .filter(directive -> directive.name().text().endsWith("_pass"))
                .map(pass -> Spot.host(pass.argument(0)))
                .anyMatch(host -> host.contains("$")
                        ? all.stream().anyMatch(directive -> mentions(view.cast(), directive, type))
                        : view.types(host).contains(type));
    }

    /** A variable may hold what any directive gives it: an address, or an upstream that has it. */
    private static boolean mentions(Cast cast, Directive directive, ProcessType type) {
        return Stream.concat(Stream.of(directive.name()), directive.arguments().stream())
                .map(Word::text)
                .anyMatch(word -> cast.mentions(word, type));
    }

    /** Every directive, also those of the files that are included, and of the files that those include. */
    private List<Directive> withIncluded(List<Directive> directives, int depth) throws SyntaxFailure {
        if (depth > DEEPEST) {
            throw UserException.failed("files include one another");
        }
        List<Directive> all = new ArrayList<>();
        directives.stream().flatMap(Directive::tree).forEach(all::add);
        List<Directive> own = List.copyOf(all);
        for (Directive directive : own) {
            if (directive.is("include")) {
                for (Source source : includes.matching(directive.argument(0))) {
                    all.addAll(withIncluded(Parser.parse(source.text()), depth + 1));
                }
            }
        }
        return all;
    }
}
