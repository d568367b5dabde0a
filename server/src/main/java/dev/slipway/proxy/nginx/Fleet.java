package dev.slipway.proxy.nginx;

import dev.slipway.model.AppName;
import dev.slipway.proxy.nginx.site.Candidate;
import dev.slipway.proxy.nginx.site.Endpoint;
import dev.slipway.proxy.nginx.site.NginxSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All the sites that one nginx serves, as a snapshot. */
record Fleet(SortedMap<AppName, Candidate> sites) {

    static final Fleet EMPTY = new Fleet(Collections.emptySortedMap());

    Fleet {
        sites = Collections.unmodifiableSortedMap(new TreeMap<>(sites));
    }

    Fleet with(List<Change> changes) {
        TreeMap<AppName, Candidate> changed = new TreeMap<>(sites);
        for (Change change : changes) {
            change.site().ifPresentOrElse(site -> changed.put(change.app(), site), () -> changed.remove(change.app()));
        }
        return new Fleet(changed);
    }

    Optional<Candidate> site(AppName app) {
        return Optional.ofNullable(sites.get(app));
    }

    /**
     * Every place that is listened on, once.
     *
     * @throws Refused if two sites do not speak alike on one of them: nginx would let one of the two decide for both
     */
    Map<String, Endpoint> endpoints(NginxSettings settings, List<Change> changes) throws Refused {
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        settings.endpoints().forEach(endpoint -> endpoints.put(endpoint.place(), endpoint));
        Fleet others = with(
                changes.stream().map(change -> Change.without(change.app())).toList());
        for (Candidate site : others.sites().values()) {
            join(endpoints, site);
        }
        for (Change change : changes) {
            if (change.site().isPresent()) {
                join(endpoints, change.site().get());
            }
        }
        return endpoints;
    }

    private static void join(Map<String, Endpoint> endpoints, Candidate site) throws Refused {
        for (Endpoint endpoint : site.endpoints()) {
            Endpoint there = endpoints.putIfAbsent(endpoint.place(), endpoint);
            if (there != null && !there.equals(endpoint)) {
                throw new Refused(
                        site.app(),
                        "%s: %s cannot speak %s: it already speaks %s for other sites; listen on another port"
                                .formatted(site.origin().file(), endpoint.place(), endpoint.speech(), there.speech()));
            }
        }
    }
}
