package dev.slipway.route;

import dev.slipway.model.HostPorts;
import dev.slipway.model.PortMapping;
import dev.slipway.model.PortMapping.Scheme;
import dev.slipway.model.ProcessSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The port mappings that serve an app.
 *
 * @param mappings in the order in which they were set; each host port once
 * @param warnings for the user: mappings that were left out, and why
 */
public record Ports(List<PortMapping> mappings, List<String> warnings) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    public Ports {
        mappings = List.copyOf(mappings);
        warnings = List.copyOf(warnings);
    }

    /** What an app has that sets no mappings: http, and https once it has a certificate; as Dokku's detected map. */
    public static List<PortMapping> detected(HostPorts host, boolean certificate) {
        PortMapping plain = new PortMapping(Scheme.HTTP, host.http(), ProcessSpec.PORT);
        return certificate
                ? List.of(plain, new PortMapping(Scheme.HTTPS, host.https(), ProcessSpec.PORT))
                : List.of(plain);
    }

    /**
     * The app's own mappings once it gets a certificate: where http leads, https leads too, unless they say something else of that port. It
     * is so in Dokku, and an app that maps only {@code http:80:3000} would have no https.
     */
    public static List<PortMapping> secured(List<PortMapping> own, HostPorts host) {
        List<PortMapping> secured = new ArrayList<>(own);
        for (PortMapping counterpart : counterparts(own, host)) {
            if (secured.stream().noneMatch(mapping -> mapping.hostPort() == counterpart.hostPort())) {
                secured.add(counterpart);
            }
        }
        return secured;
    }

    /** The app's own mappings without those that {@link #secured} adds. */
    public static List<PortMapping> unsecured(List<PortMapping> own, HostPorts host) {
        List<PortMapping> unsecured = new ArrayList<>(own);
        unsecured.removeAll(counterparts(own, host));
        return unsecured;
    }

    private static List<PortMapping> counterparts(List<PortMapping> own, HostPorts host) {
        return own.stream()
                .filter(mapping -> mapping.scheme() == Scheme.HTTP)
                .filter(mapping -> mapping.hostPort() == host.http() || mapping.hostPort() == HTTP)
                .map(mapping -> new PortMapping(
                        Scheme.HTTPS, mapping.hostPort() == host.http() ? host.https() : HTTPS, mapping.processPort()))
                .toList();
    }

    /**
     * The mappings that can be served: the app's own or, without any, the detected ones.
     *
     * @param own what the app sets, never translated: {@code http:80:5000} means port 80
     */
    public static Ports of(List<PortMapping> own, HostPorts host, boolean certificate) {
        if (own.isEmpty()) {
            return new Ports(detected(host, certificate), List.of());
        }
        List<PortMapping> mappings = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (PortMapping mapping : own) {
            if (mapping.scheme().secure() && !certificate) {
                warnings.add("Ignoring port mapping " + mapping
                        + ": the app has no certificate; add one with certs:add or certs:generate");
            } else {
                mappings.add(mapping);
            }
        }
        return new Ports(mappings, warnings);
    }
}
