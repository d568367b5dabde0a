package dev.slipway.proxy.nginx.site;

import dev.slipway.proxy.Site;
import java.util.Optional;

/**
 * HTTP Strict Transport Security (RFC 6797), as a snippet beside the site as Dokku has it, so that every template that includes
 * {@code nginx.conf.d} sends it.
 */
public final class Hsts {

    /** The snippet's file name. */
    public static final String FILE = "hsts.conf";

    private Hsts() {}

    /** Nothing for a certificate that we signed ourselves: a browser would shut its user out with no way round. */
    static Optional<String> snippet(Site site) {
        boolean trusted = site.certificate()
                .filter(certificate -> !certificate.selfSigned())
                .isPresent();
        if (!trusted || !isOn(site, "hsts")) {
            return Optional.empty();
        }
        String value = "max-age=" + NginxProperties.value(site.properties(), "hsts-max-age")
                + (isOn(site, "hsts-include-subdomains") ? "; includeSubDomains" : "")
                + (isOn(site, "hsts-preload") ? "; preload" : "");
        return Optional.of("add_header Strict-Transport-Security \"" + value + "\" always;\n");
    }

    private static boolean isOn(Site site, String property) {
        return NginxProperties.value(site.properties(), property).equals("true");
    }
}
