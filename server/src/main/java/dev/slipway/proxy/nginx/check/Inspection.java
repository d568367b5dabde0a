package dev.slipway.proxy.nginx.check;

import dev.slipway.model.Listener;
import dev.slipway.model.ProcessType;
import dev.slipway.proxy.Remark;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.TemplateReport;
import dev.slipway.proxy.nginx.site.Renderer;
import dev.slipway.proxy.nginx.site.Unreadable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Reads sites' own templates.
 *
 * @param refusal why nginx itself would refuse a site, if it would
 */
public record Inspection(Renderer renderer, Function<Site, Optional<String>> refusal) {

    private static final List<Rule> RULES =
            List.of(new Slashes(), new Upstreams(), new Schemes(), new WebSockets(), new Headers(), new Listens());

    /** Nothing for a site that the default template serves. */
    public Optional<TemplateReport> of(Site site) {
        return site.own().map(own -> report(site, own));
    }

    private TemplateReport report(Site site, Site.Template template) {
        List<Remark> remarks = new ArrayList<>(Variables.check(site, template).toList());
        try {
            Specimen specimen = Specimen.of(site, template, renderer);
            RULES.forEach(rule -> rule.check(specimen).forEach(remarks::add));
            remarks.addAll(atZero(specimen));
            Specimen byDefault = specimen.byDefault();
            Succession succession = Succession.of(specimen, byDefault);
            return new TemplateReport(
                    template.path(),
                    merged(remarks),
                    true,
                    Comparison.of(specimen, byDefault),
                    Lines.differences(renderer.defaultTemplate(), template.text()),
                    succession.successors(),
                    succession.rest());
        } catch (Unreadable e) {
            if (refusal.apply(site).isEmpty()) {
                remarks.add(Remark.at(
                        e.line(),
                        "the template cannot be rendered once every process type runs",
                        e.text(),
                        "Mend the line."));
            }
            return TemplateReport.unreadable(template.path(), merged(remarks));
        }
    }

    /** What the rule does not see, nginx does. */
    private List<Remark> atZero(Specimen specimen) {
        List<Remark> unguarded = new Guards().check(specimen).toList();
        if (!unguarded.isEmpty()) {
            return unguarded;
        }
        SequencedMap<ProcessType, List<Listener>> none = new LinkedHashMap<>();
        specimen.site().listeners().keySet().forEach(type -> none.put(type, List.of()));
        return refusal
                .apply(specimen.site().withListeners(none))
                .filter(words -> refusal.apply(specimen.site()).isEmpty())
                .map(words -> Remark.whole(
                        "once no process runs, nginx refuses the template",
                        words,
                        "Have it hold without any process too."))
                .stream()
                .toList();
    }

    /** One remark for all lines that it holds for, in the order of the template. */
    private static List<Remark> merged(List<Remark> remarks) {
        SequencedMap<Remark, List<Integer>> lines = new LinkedHashMap<>();
        remarks.forEach(remark -> lines.computeIfAbsent(remark.on(List.of()), said -> new ArrayList<>())
                .addAll(remark.lines()));
        List<Remark> merged = new ArrayList<>();
        lines.forEach((said, where) -> merged.add(said.on(where)));
        merged.sort(Comparator.comparingInt(
                remark -> remark.lines().isEmpty() ? 0 : remark.lines().getFirst()));
        return merged;
    }
}
