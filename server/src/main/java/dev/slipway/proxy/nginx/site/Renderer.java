package dev.slipway.proxy.nginx.site;

import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.nginx.syntax.Directive;
import dev.slipway.proxy.nginx.syntax.Parser;
import dev.slipway.proxy.nginx.syntax.SyntaxFailure;
import dev.slipway.sigil.Bounds;
import dev.slipway.sigil.Mode;
import dev.slipway.sigil.Rendering;
import dev.slipway.sigil.Template;
import dev.slipway.sigil.TemplateException;
import dev.slipway.sigil.Variables;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes a site into the text that nginx reads, and refuses what an app may not say. */
public final class Renderer {

    private final NginxSettings settings;
    private final NginxVersion version;
    private final String defaultTemplate;
    private final Rewriting rewriting;

    public Renderer(NginxSettings settings, NginxVersion version, String defaultTemplate) {
        this.settings = settings;
        this.version = version;
        this.defaultTemplate = defaultTemplate;
        this.rewriting = new Rewriting(settings);
    }

    /** @throws UserException that names the template's line */
    public Candidate render(Site site) {
        Site.Template template = template(site);
        Map<String, String> variables = TemplateVariables.of(site, settings, version);
        Rendering rendering;
        try {
            rendering = rendering(site, template, variables);
        } catch (TemplateException e) {
            Origin origin = new Origin(site.app(), template.path(), template.text(), "", line -> line, variables);
            throw UserException.invalid(origin.describeTemplate(e.line(), words(e)) + origin.adviceAt(e.line()));
        }
        Origin origin = new Origin(
                site.app(), template.path(), template.text(), rendering.text(), rendering::templateLine, variables);
        String text = rewriting.apply(rendering.text(), directives(origin, rendering.text()));
        List<Directive> directives = directives(origin, text);
        String whole = text + missingUpstreams(site, directives);
        refuse(site, origin, new Rules(site, settings.directories()).check(directives));
        return new Candidate(
                site.app(),
                whole,
                site.certificate(),
                Hsts.snippet(site),
                endpoints(directives),
                origin,
                site.own().isPresent() ? UnplacedRoutes.of(site, template.path(), directives) : List.of());
    }

    /** A site as it was published before, by whatever wrote its text; not judged again. */
    public Candidate kept(Site site, String text) {
        Origin origin = new Origin(site.app(), "nginx.conf", text, text, line -> line, Map.of());
        return new Candidate(
                site.app(),
                text,
                site.certificate(),
                Hsts.snippet(site),
                endpoints(directives(origin, text)),
                origin,
                List.of());
    }

    /** Renders a site to be read and not to be served: it is neither judged nor rewritten. */
    public Reading read(Site site) throws Unreadable {
        Rendering rendering;
        try {
            rendering = rendering(site, template(site), TemplateVariables.of(site, settings, version));
        } catch (TemplateException e) {
            throw new Unreadable(e.line(), words(e), e);
        }
        try {
            return new Reading(Parser.parse(rendering.text()), rendering::templateLine);
        } catch (SyntaxFailure e) {
            throw new Unreadable(rendering.templateLine(e.line()), String.valueOf(e.getMessage()), e);
        }
    }

    /** The nginx that it renders for. */
    public NginxVersion version() {
        return version;
    }

    /** The template of sites that bring none. */
    public String defaultTemplate() {
        return defaultTemplate;
    }

    private Site.Template template(Site site) {
        return site.own().orElseGet(() -> new Site.Template("default nginx.conf.sigil", defaultTemplate));
    }

    private Rendering rendering(Site site, Site.Template template, Map<String, String> variables)
            throws TemplateException {
        Path tree = template.tree().orElse(settings.directories().nothing());
        Map<String, Object> all = new LinkedHashMap<>(variables);
        all.putAll(RouteVariables.of(site));
        return Template.parse(template.path(), template.text(), all.keySet(), Mode.safe(tree, Bounds.standard()))
                .render(new Variables(all, site.config().values()))
                .squeezeBlankLines();
    }

    /** Without the file and the line, which are told by ourselves. */
    private static String words(TemplateException failure) {
        return String.valueOf(failure.getMessage()).replaceFirst("^template: .*?:[0-9]+(:[0-9]+)?: ", "");
    }

    private static List<Directive> directives(Origin origin, String text) {
        try {
            return Parser.parse(text);
        } catch (SyntaxFailure e) {
            throw UserException.invalid(origin.describe(e.line(), String.valueOf(e.getMessage())));
        }
    }

    private static void refuse(Site site, Origin origin, List<Finding> findings) {
        if (!findings.isEmpty() && site.own().isPresent()) {
            throw UserException.invalid(String.join(
                    "\n",
                    findings.stream()
                            .map(finding -> origin.describe(finding.line(), finding.message()))
                            .distinct()
                            .toList()));
        }
    }

    private static Set<Endpoint> endpoints(List<Directive> directives) {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        directives.stream()
                .filter(directive -> directive.is("server"))
                .flatMap(server -> server.block().stream())
                .filter(directive -> directive.is("listen"))
                .map(Endpoint::of)
                .flatMap(Optional::stream)
                .forEach(endpoints::add);
        return endpoints;
    }

    /**
     * Dokku's templates leave the web upstream out while no web process runs, and nginx then refuses the {@code proxy_pass} to it:
     * given one that leads nowhere, the site answers 502 as it does with ours.
     */
    private static String missingUpstreams(Site site, List<Directive> directives) {
        boolean webRuns =
                !site.listeners().getOrDefault(ProcessType.WEB, List.of()).isEmpty();
        return site.ports().stream()
                .filter(mapping -> !webRuns)
                .map(mapping -> site.app() + "-" + mapping.processPort())
                .distinct()
                .filter(name -> directives.stream().noneMatch(directive -> isUpstream(directive, name)))
                .filter(name -> directives.stream().flatMap(Directive::tree).anyMatch(to -> passes(to, name)))
                .map(name -> "\nupstream " + name + " {\n  server " + Rules.NOWHERE + ";\n}\n")
                .collect(Collectors.joining());
    }

    private static boolean isUpstream(Directive directive, String name) {
        return directive.is("upstream") && directive.argument(0).equals(name);
    }

    private static boolean passes(Directive directive, String upstream) {
        return directive.name().text().endsWith("_pass")
                && directive.argument(0).matches("([a-z]+://)?" + Pattern.quote(upstream) + "([/$].*)?");
    }
}
