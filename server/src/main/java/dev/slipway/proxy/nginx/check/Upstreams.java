package dev.slipway.proxy.nginx.check;

import dev.slipway.model.PortMapping;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.ProcessType;
import dev.slipway.proxy.Remark;
import dev.slipway.proxy.nginx.syntax.Directive;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Upstreams that are used and not defined, and servers on a port where no process listens. */
final class Upstreams implements Rule {

    @Override
    public Stream<Remark> check(Specimen specimen) {
        return specimen.views().stream().flatMap(view -> Stream.concat(undefined(view), ports(view, ports(specimen))));
    }

    private static Stream<Remark> undefined(View view) {
        String defined = view.upstreams().stream()
                .map(upstream -> upstream.argument(0))
                .distinct()
                .collect(Collectors.joining(", "));
        return view.spots().stream()
                .filter(spot -> spot.host().matches("[A-Za-z0-9_-]+"))
                .filter(spot -> view.upstream(spot.host()).isEmpty())
                .map(spot -> Remark.at(
                        view.line(spot.pass()),
                        "upstream " + spot.host() + " is not defined",
                        "nginx takes the name for a host, does not find it, and refuses the whole.",
                        "Add an upstream %s, or name one that there is (%s)."
                                .formatted(spot.host(), defined.isEmpty() ? "none" : defined)));
    }

    private static Set<Integer> ports(Specimen specimen) {
        Set<Integer> ports = specimen.site().ports().stream()
                .map(PortMapping::processPort)
                .collect(Collectors.toCollection(TreeSet::new));
        ports.add(ProcessSpec.PORT);
        return ports;
    }

    private static Stream<Remark> ports(View view, Set<Integer> ports) {
        return view.upstreams().stream()
                .flatMap(upstream -> upstream.block().stream())
                .filter(inner -> inner.is("server"))
                .flatMap(server -> port(view, server, ports).stream());
    }

    private static Optional<Remark> port(View view, Directive server, Set<Integer> ports) {
        String place = server.argument(0);
        String port = place.contains(":") ? place.substring(place.lastIndexOf(':') + 1) : "80";
        Optional<ProcessType> type = view.cast().type(place);
        if (type.isEmpty() || ports.stream().anyMatch(known -> port.equals(known.toString()))) {
            return Optional.empty();
        }
        return Optional.of(Remark.at(
                view.line(server),
                "%s processes are looked for on port %s".formatted(type.get(), port),
                "A process listens on the port that PORT names, %d; nobody waits until it listens on %s."
                        .formatted(ProcessSpec.PORT, port),
                "Write :%d, unless the command in the Procfile names port %s itself."
                        .formatted(ProcessSpec.PORT, port)));
    }
}
