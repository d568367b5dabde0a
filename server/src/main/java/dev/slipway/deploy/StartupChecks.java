package dev.slipway.deploy;

import dev.slipway.deploy.appjson.AppJson;
import dev.slipway.deploy.appjson.Healthcheck;
import dev.slipway.model.App;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Release;
import dev.slipway.proxy.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a process of a type has to show before it may serve. */
final class StartupChecks {

    private final Sites sites;
    private final Proxy proxy;

    StartupChecks(Sites sites, Proxy proxy) {
        this.sites = sites;
        this.proxy = proxy;
    }

    /**
     * The checks that app.json declares for the type; without any, that it listens where it is routed to, or stays up where nothing leads
     * to it. What is routed to has to listen whatever app.json says: nginx would lead clients to a closed door.
     */
    List<Healthcheck> of(ProcessType type, App app, Release release, AppJson appJson) {
        List<Healthcheck> checks = new ArrayList<>(appJson.healthchecks().getOrDefault(type, List.of()));
        ports(type, app, release).stream()
                .filter(port -> checks.stream().noneMatch(check -> check.provesListening(port)))
                .map(Healthcheck::listening)
                .forEach(checks::add);
        return checks.isEmpty() ? List.of(Healthcheck.uptime()) : checks;
    }

    /** Where nginx looks for processes of the type: web, what the template leads to, and what routes lead to. */
    Set<Integer> ports(ProcessType type, App app, Release release) {
        Set<Integer> ports =
                new TreeSet<>(Sites.routes(app, Optional.of(release)).ports(type));
        if (type.equals(ProcessType.WEB) || proxy.leadsTo(sites.serving(app, Optional.of(release), List.of()), type)) {
            ports.add(ProcessSpec.PORT);
        }
        return ports;
    }
}
