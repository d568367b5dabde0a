package dev.slipway.deploy;

import dev.slipway.model.App;
import dev.slipway.model.Domain;
import dev.slipway.model.HostPorts;
import dev.slipway.model.PortMapping;
import dev.slipway.model.ProcessSpec;
import dev.slipway.route.Ports;
import java.util.List;
import java.util.Optional;

/** Whether an app is served by the names of its domains or, after {@code domains:disable}, by a port and whatever host is asked for. */
public final class Vhosts {

    /** Holds the port; not there while domains are enabled. */
    private static final String PORT = "domains.port";

    /** The global property that holds the domains for apps to come, the machine's own first, joined by blanks. */
    public static final String GLOBAL_DOMAINS = "domains.global";

    private Vhosts() {}

    public static boolean enabled(App app) {
        return app.property(PORT).isEmpty();
    }

    /** Without domains, on a port that nobody listens on now. */
    public static App disable(App app, int port) {
        return app.withDomains(List.of()).withProperty(PORT, Optional.of(Integer.toString(port)));
    }

    public static App enable(App app, List<Domain> domains) {
        return app.withDomains(domains).withProperty(PORT, Optional.empty());
    }

    static List<Domain> domains(App app) {
        return enabled(app) ? app.domains() : List.of();
    }

    /** The app's own port mappings, whatever it is served by; else those that fit. */
    static List<PortMapping> ports(App app, HostPorts host, boolean certificate) {
        Optional<Integer> port = app.property(PORT).map(Integer::valueOf);
        return port.isPresent() && app.ports().isEmpty()
                ? List.of(new PortMapping(PortMapping.Scheme.HTTP, port.get(), ProcessSpec.PORT))
                : Ports.of(app.ports(), host, certificate).mappings();
    }
}
