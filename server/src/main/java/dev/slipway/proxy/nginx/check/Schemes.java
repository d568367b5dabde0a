package dev.slipway.proxy.nginx.check;

import dev.slipway.proxy.Remark;
import dev.slipway.proxy.nginx.syntax.Directive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Locations that lead to processes over http and not over https, or the other way round. */
final class Schemes implements Rule {

    @Override
    public Stream<Remark> check(Specimen specimen) {
        SequencedMap<String, Spot> http = spots(specimen.plain(), false);
        SequencedMap<String, Spot> https = spots(specimen.secure(), true);
        if (http.isEmpty()) {
            return Stream.of();
        }
        if (https.isEmpty()) {
            return specimen.site().certificate().isPresent() ? Stream.of(noHttps(specimen)) : Stream.of();
        }
        return Stream.concat(
                missing(http, https)
                        .map(spot -> remark(
                                spot,
                                "http",
                                "With a certificate, plain http is redirected, and over https " + spot.path()
                                        + " meets another location.",
                                "https" + behind(https))),
                missing(https, http)
                        .map(spot -> remark(
                                spot,
                                "https",
                                "Without a certificate " + spot.path() + " meets another location.",
                                "http" + behind(http))));
    }

    private static Remark noHttps(Specimen specimen) {
        List<Directive> servers = specimen.secure().servers();
        return Remark.at(
                servers.isEmpty() ? 1 : specimen.secure().line(servers.getFirst()),
                "nothing is served over https",
                "The app has a certificate, and no server of the template listens with ssl.",
                "Add a server for the https mappings of $.PROXY_PORT_MAP, as the default template does.");
    }

    private static Remark remark(Spot spot, String scheme, String why, String where) {
        return Remark.at(
                spot.line(),
                spot.name() + " is served over " + scheme + " only",
                why,
                "Put the same block into the server for " + where + ".");
    }

    private static String behind(Map<String, Spot> there) {
        return Optional.ofNullable(there.get("/"))
                .map(root -> ", behind its location / (line " + root.line() + ")")
                .orElse("");
    }

    private static Stream<Spot> missing(SequencedMap<String, Spot> here, SequencedMap<String, Spot> there) {
        return here.entrySet().stream()
                .filter(spot -> !there.containsKey(spot.getKey()))
                .map(Map.Entry::getValue);
    }

    private static SequencedMap<String, Spot> spots(View view, boolean secure) {
        SequencedMap<String, Spot> spots = new LinkedHashMap<>();
        view.spots().stream()
                .filter(spot -> View.isSecure(spot.server()) == secure)
                .forEach(spot -> spots.putIfAbsent(spot.name().replaceFirst("^location ", ""), spot));
        return spots;
    }
}
