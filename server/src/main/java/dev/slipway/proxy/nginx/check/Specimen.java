package dev.slipway.proxy.nginx.check;

import dev.slipway.model.CertificatePem;
import dev.slipway.model.Listener;
import dev.slipway.model.PortMapping;
import dev.slipway.model.PortMapping.Scheme;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.ProcessType;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.nginx.site.Renderer;
import dev.slipway.proxy.nginx.site.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * A template on the table: rendered for http alone and for https, whether its site has a certificate or not, so that a location that
 * stands in one part only is seen before there is one. Routes are left out: what they say was not written by the template's author.
 *
 * @param plain without a certificate
 * @param secure with one
 */
record Specimen(Site site, Site.Template template, Renderer renderer, View plain, View secure) {

    /** Never read: a template sees only that there is one. */
    private static final CertificatePem SOME = new CertificatePem("", "");

    static Specimen of(Site site, Site.Template template, Renderer renderer) throws Unreadable {
        Cast cast = Cast.of(site, template);
        return of(site, template, renderer, cast);
    }

    private static Specimen of(Site site, Site.Template template, Renderer renderer, Cast cast) throws Unreadable {
        Site all = site.withRoutes(List.of()).withListeners(cast.listeners());
        View plain = View.of(renderer.read(without(all)), cast);
        View secure = View.of(renderer.read(with(all)), cast);
        return new Specimen(site, template, renderer, plain, secure);
    }

    /** The default template in its place. */
    Specimen byDefault() throws Unreadable {
        return of(site.withTemplate(Optional.empty()), template, renderer, plain.cast());
    }

    /** The same while no process of one type runs. */
    List<View> without(ProcessType type) throws Unreadable {
        SequencedMap<ProcessType, List<Listener>> rest = plain.cast().without(type);
        Site fewer = site.withRoutes(List.of()).withListeners(rest);
        return List.of(
                View.of(renderer.read(without(fewer)), plain.cast()),
                View.of(renderer.read(with(fewer)), plain.cast()));
    }

    List<View> views() {
        return List.of(plain, secure);
    }

    Stream<Spot> spots() {
        return views().stream().flatMap(view -> view.spots().stream());
    }

    private static Site without(Site site) {
        return site.withCertificate(Optional.empty(), site.ports());
    }

    private static Site with(Site site) {
        List<PortMapping> ports = new ArrayList<>(site.ports());
        if (ports.stream().noneMatch(mapping -> mapping.scheme() == Scheme.HTTPS)) {
            int process = ports.isEmpty() ? ProcessSpec.PORT : ports.getFirst().processPort();
            ports.add(new PortMapping(Scheme.HTTPS, 443, process));
        }
        return site.withCertificate(Optional.of(SOME), ports);
    }
}
