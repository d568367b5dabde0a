package dev.slipway.proxy.nginx.site;

import dev.slipway.model.AppName;
import dev.slipway.model.CertificatePem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a site shall be: everything that nginx will read of it, rendered and judged but not tried yet.
 *
 * @param text the nginx.conf of the app
 * @param hsts the snippet that makes browsers insist on https
 * @param endpoints where its servers listen
 * @param origin leads from a line of the text to the template
 * @param warnings for the user
 */
public record Candidate(
        AppName app,
        String text,
        Optional<CertificatePem> certificate,
        Optional<String> hsts,
        Set<Endpoint> endpoints,
        Origin origin,
        List<String> warnings) {

    public Candidate {
        endpoints = Set.copyOf(endpoints);
        warnings = List.copyOf(warnings);
    }

    /** The same with a text that nobody rendered. */
    public Candidate found(String other) {
        Origin itself = new Origin(app, "nginx.conf", other, other, line -> line, Map.of());
        return new Candidate(app, other, certificate, hsts, endpoints, itself, List.of());
    }
}
