package dev.slipway.proxy.nginx.check;

import dev.slipway.proxy.Remark;
import java.util.stream.Stream;

/** What {@code proxy_pass} puts in the place of a location's prefix (nginx's proxy module, {@code proxy_pass} with a URI). */
final class Slashes implements Rule {

    @Override
    public Stream<Remark> check(Specimen specimen) {
        return specimen.spots()
                .filter(spot -> spot.isPrefix() && !spot.isRoot() && !spot.uri().isEmpty())
                .filter(spot -> !spot.pass().argument(0).contains("$"))
                .map(Slashes::remark);
    }

    private static Remark remark(Spot spot) {
        int line = spot.view().line(spot.pass());
        String path = spot.path();
        String uri = spot.uri();
        String keep = "To keep the path, leave \"" + uri + "\" away behind the upstream's name.";
        if (path.endsWith("/") == uri.endsWith("/")) {
            return Remark.at(
                            line,
                            spot.name() + " hands its path on without the prefix",
                            "With \"%s\" behind the upstream's name, the process sees %s as %s."
                                    .formatted(uri, sample(path), uri + rest(path)),
                            keep)
                    .asNote();
        }
        String cut = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return Remark.at(
                line,
                spot.name() + " joins what is left of a path wrongly",
                "nginx puts \"%s\" in the place of \"%s\": the process sees %s as %s%s."
                        .formatted(
                                uri,
                                path,
                                sample(path),
                                uri + rest(path),
                                path.endsWith("/") ? "" : ", and " + path + "x as " + uri + "x"),
                keep + "\nTo strip it, end both with a slash: location " + cut + "/ { … proxy_pass http://"
                        + spot.host() + (uri.endsWith("/") ? uri : uri + "/") + ";");
    }

    private static String sample(String path) {
        return path + rest(path);
    }

    /** What a path below the location goes on with. */
    private static String rest(String path) {
        return path.endsWith("/") ? "x" : "/x";
    }
}
