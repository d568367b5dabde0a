package dev.slipway.proxy.nginx.site;

import dev.slipway.model.HostPorts;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an installation decides of its nginx.
 *
 * @param program the nginx to run, 1.22 or newer
 * @param uid the unprivileged user and group, by number, that runs it; nothing else should
 * @param ports the default host ports; 0 is not allowed, since templates name them
 * @param ipv4 the IPv4 addresses to listen on; {@code 0.0.0.0} for all
 * @param ipv6 the IPv6 addresses to listen on, without brackets; {@code ::} for all, empty where the machine has no IPv6
 * @param openFiles the hard limit of open files of one process
 */
public record NginxSettings(
        Path program,
        NginxDirectories directories,
        int uid,
        HostPorts ports,
        List<String> ipv4,
        List<String> ipv6,
        int openFiles) {

    public NginxSettings {
        if (uid < 1) {
            throw new IllegalArgumentException("nginx must not run as uid " + uid);
        }
        if (ipv4.isEmpty() && ipv6.isEmpty()) {
            throw new IllegalArgumentException("nginx needs an address to listen on");
        }
        ipv4 = List.copyOf(ipv4);
        ipv6 = List.copyOf(ipv6);
    }

    /** Where names that no app has are turned away, whatever apps there are. */
    public Set<Endpoint> endpoints() {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        Stream.concat(ipv4.stream(), ipv6.stream().map(address -> "[" + address + "]"))
                .forEach(address -> {
                    endpoints.add(Endpoint.of(address, ports.http(), false));
                    endpoints.add(Endpoint.of(address, ports.https(), true));
                });
        return endpoints;
    }

    /** The address that an app's {@code listen} directives get unless it sets another; empty if that is every address. */
    public String defaultIpv4() {
        return ipv4.isEmpty() || ipv4.getFirst().equals("0.0.0.0") ? "" : ipv4.getFirst();
    }

    /** As above for IPv6; empty means that there is none to listen on. */
    public String defaultIpv6() {
        return ipv6.isEmpty() ? "" : ipv6.getFirst();
    }
}
