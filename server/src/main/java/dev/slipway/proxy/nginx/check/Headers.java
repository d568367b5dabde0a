package dev.slipway.proxy.nginx.check;

import dev.slipway.model.ProcessType;
import dev.slipway.proxy.Remark;
import dev.slipway.proxy.nginx.syntax.Directive;
import dev.slipway.proxy.nginx.syntax.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Headers by which a process knows its client: lost on the way, or believed from whoever sends them. */
final class Headers implements Rule {

    /** What applications read. */
    private static final List<String> TOLD = List.of(
            "Host", "X-Real-IP", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto");

    private static final Pattern CLAIMED = Pattern.compile(
            "\\$\\{?(proxy_add_x_forwarded_for|http_x_forwarded_[a-z_]+|http_forwarded|http_x_real_ip)");

    private static final Map<String, String> HONEST = Map.of(
            "x-forwarded-for", "{{ $.PROXY_X_FORWARDED_FOR }}",
            "x-forwarded-port", "{{ $.PROXY_X_FORWARDED_PORT }}",
            "x-forwarded-proto", "{{ $.PROXY_X_FORWARDED_PROTO }}",
            "x-forwarded-host", "$http_host",
            "x-real-ip", "$remote_addr");

    @Override
    public Stream<Remark> check(Specimen specimen) {
        List<String> lines = specimen.template().text().lines().toList();
        return specimen.views().stream().flatMap(view -> Stream.concat(lost(view), claimed(lines, view)));
    }

    private static Stream<Remark> lost(View view) {
        Map<Integer, Spot> roots = new HashMap<>();
        view.spots().stream()
                .filter(Spot::isRoot)
                .forEach(root -> roots.putIfAbsent(root.server().start(), root));
        return view.spots().stream()
                .filter(spot -> !spot.isRoot() && !isForeign(spot))
                .flatMap(spot ->
                        Optional.ofNullable(roots.get(spot.server().start()))
                                .flatMap(root -> lost(spot, root))
                                .stream());
    }

    /** Somebody else's server: what the app's processes are told is not for it. */
    private static boolean isForeign(Spot spot) {
        return spot.types().isEmpty() && spot.view().upstream(spot.host()).isEmpty();
    }

    /** What {@code location /} of the same server tells, and this one does not. */
    private static Optional<Remark> lost(Spot spot, Spot root) {
        List<String> lost = names(spot, root);
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        boolean inherits = !Spot.headers(spot.server()).isEmpty();
        return Optional.of(Remark.at(
                spot.line(),
                spot.name() + " does not set " + String.join(", ", lost),
                (inherits ? "A location that sets one header passes none of its server's. " : "")
                        + "What a client sends in their place reaches the process as it is.",
                inherits
                        ? "Remove the location's proxy_set_header lines: those of the server hold then, for WebSockets too."
                        : "Copy these proxy_set_header lines from location /."));
    }

    private static List<String> names(Spot spot, Spot root) {
        List<String> told = new ArrayList<>(TOLD);
        boolean others = spot.types().stream().noneMatch(ProcessType.WEB::equals);
        if (others && !spot.types().isEmpty() && !WebSockets.isMeant(spot)) {
            told.add("Upgrade");
        }
        return told.stream()
                .filter(name -> spot.header(name.toLowerCase(Locale.ROOT)).isEmpty())
                .filter(name -> !root.header(name.toLowerCase(Locale.ROOT)).isEmpty())
                .toList();
    }

    private static Stream<Remark> claimed(List<String> lines, View view) {
        return view.servers().stream()
                .flatMap(Directive::tree)
                .filter(directive -> directive.is("proxy_set_header")
                        && directive.arguments().size() > 1)
                .flatMap(header -> claimed(lines, view, header).stream());
    }

    /** Only what stands in the template itself: a property of that value is its administrator's word. */
    private static Optional<Remark> claimed(List<String> lines, View view, Directive header) {
        Word value = header.arguments().get(1);
        int line = view.reading().lines().applyAsInt(value.line());
        Matcher claim = CLAIMED.matcher(value.text());
        if (!claim.find() || !lines.get(Math.min(line, lines.size()) - 1).contains(claim.group(1))) {
            return Optional.empty();
        }
        String name = header.argument(0);
        String why = claim.group(1).equals("proxy_add_x_forwarded_for")
                ? "$proxy_add_x_forwarded_for appends to what the client sent: its first address is whatever a client wrote."
                : "$" + claim.group(1) + " is the client's own header.";
        String honest = HONEST.getOrDefault(name.toLowerCase(Locale.ROOT), "$remote_addr");
        String behind = honest.contains("$.PROXY_")
                ? "\nIf another proxy stands in front, say so with nginx:set %s-value."
                        .formatted(name.toLowerCase(Locale.ROOT))
                : "";
        return Optional.of(Remark.at(
                line,
                name + " can be faked by a client",
                why + behind,
                "proxy_set_header " + name + " " + honest + ";"));
    }
}
