package dev.slipway.proxy.nginx.check;

import dev.slipway.model.ProcessType;
import dev.slipway.proxy.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a location needs so that WebSockets reach a process (RFC 6455) and stay open. */
final class WebSockets implements Rule {

    /** Shorter silences than this are common between people. */
    private static final long SHORTEST_IDLE = 600;

    private static final Pattern BY_NAME = Pattern.compile("wss?|.*socket.*|.*cable.*", Pattern.CASE_INSENSITIVE);

    private static final String HEADERS =
            "proxy_set_header Upgrade $slipway_upgrade;\nproxy_set_header Connection $slipway_connection;";

    @Override
    public Stream<Remark> check(Specimen specimen) {
        return specimen.spots().filter(WebSockets::isMeant).flatMap(spot -> check(spot).stream());
    }

    /** A location that sets the headers of an upgrade itself, or whose processes are named after it. */
    static boolean isMeant(Spot spot) {
        if (spot.isFrontDoor()) {
            return false;
        }
        boolean sets = spot.setsHeaders()
                && (!spot.header("upgrade").isEmpty()
                        || spot.header("connection").toLowerCase(Locale.ROOT).contains("upgrade"));
        return sets
                || spot.types().stream()
                        .map(ProcessType::value)
                        .anyMatch(type -> BY_NAME.matcher(type).matches());
    }

    private static List<Remark> check(Spot spot) {
        List<Remark> remarks = new ArrayList<>();
        if (!spot.value("proxy_http_version").equals(Optional.of("1.1"))) {
            remarks.add(Remark.at(
                    spot.line(),
                    spot.name() + " lacks proxy_http_version 1.1",
                    "nginx speaks HTTP/1.0 to the process, which knows no upgrade: every handshake fails.",
                    "proxy_http_version 1.1;"));
        }
        if (spot.header("upgrade").isEmpty() || spot.header("connection").isEmpty()) {
            remarks.add(missingHeaders(spot));
        }
        if (tooShort(spot)) {
            remarks.add(Remark.at(
                    spot.line(),
                    spot.name() + " closes sockets after "
                            + spot.value("proxy_read_timeout").orElse("60s") + " without a word",
                    "proxy_read_timeout is " + spot.value("proxy_read_timeout").orElse("not set, and 60s by default")
                            + ": when the process says nothing for so long, nginx closes the socket.",
                    "proxy_read_timeout 1h;"));
        }
        return values(spot, remarks);
    }

    private static Remark missingHeaders(Spot spot) {
        List<String> missing = Stream.of("Upgrade", "Connection")
                .filter(name -> spot.header(name.toLowerCase(Locale.ROOT)).isEmpty())
                .toList();
        boolean dropped = !Spot.headers(spot.server()).isEmpty() && spot.setsHeaders();
        return Remark.at(
                spot.line(),
                spot.name() + " does not pass " + String.join(" and ", missing),
                "The process does not see that a client asks for a WebSocket and answers with a page."
                        + (dropped ? "\nA location that sets one header passes none of its server's." : ""),
                HEADERS);
    }

    private static boolean tooShort(Spot spot) {
        Optional<String> set = spot.value("proxy_read_timeout");
        OptionalLong seconds = set.isPresent() ? Times.seconds(set.get()) : OptionalLong.of(60);
        return seconds.isPresent() && seconds.getAsLong() < SHORTEST_IDLE;
    }

    private static List<Remark> values(Spot spot, List<Remark> remarks) {
        if (spot.header("connection").equalsIgnoreCase("upgrade")) {
            remarks.add(Remark.at(
                    spot.headerLine("connection"),
                    "Connection is \"upgrade\" for every request",
                    "Plain requests carry it too: their connection to the process is not used again, and some servers"
                            + " answer 400.",
                    "proxy_set_header Connection $slipway_connection;"));
        }
        return remarks;
    }
}
