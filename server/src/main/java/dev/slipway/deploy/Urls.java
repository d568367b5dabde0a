package dev.slipway.deploy;

import dev.slipway.model.PortMapping;
import dev.slipway.proxy.Site;
import java.util.List;
import java.util.stream.Stream;

/** Where a site can be reached, most secure first for each of its domains. */
final class Urls {

    private Urls() {}

    /** @param machine the name of this machine, for sites that have none of their own */
    static List<String> of(Site site, String machine) {
        Stream<String> hosts = site.anyHost()
                ? Stream.of(machine)
                : site.domains().stream().map(Object::toString).filter(domain -> !domain.equals("_"));
        return hosts.map(host -> host.startsWith(".") ? host.substring(1) : host)
                .distinct()
                .flatMap(host -> site.ports().stream()
                        .sorted((one, other) -> other.scheme().compareTo(one.scheme()))
                        .map(mapping -> url(host, mapping)))
                .toList();
    }

    private static String url(String host, PortMapping mapping) {
        boolean usual = mapping.hostPort() == (mapping.scheme().secure() ? 443 : 80);
        return mapping.scheme() + "://" + host + (usual ? "" : ":" + mapping.hostPort());
    }
}
