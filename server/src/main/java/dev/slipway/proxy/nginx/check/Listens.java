package dev.slipway.proxy.nginx.check;

import dev.slipway.proxy.Remark;
import dev.slipway.proxy.nginx.syntax.Directive;
import java.util.stream.Stream;

/** {@code listen … http2}, which nginx 1.25.1 replaced by the directive {@code http2 on}, and {@code spdy} before it. */
final class Listens implements Rule {

    private static final String MEND = """
            listen … ssl{{ if eq $.HTTP2_DIRECTIVE_SUPPORTED "false" }} http2{{ end }};
            {{ if eq $.HTTP2_DIRECTIVE_SUPPORTED "true" }}
            http2 on;
            {{ end }}""";

    @Override
    public Stream<Remark> check(Specimen specimen) {
        boolean old = specimen.renderer().version().http2Directive();
        boolean fixed = !specimen.template().text().contains("HTTP2_SUPPORTED");
        return specimen.views().stream()
                .flatMap(view -> Stream.concat(
                        asking(view, "http2").filter(listen -> old || fixed).map(listen -> remark(view.line(listen))),
                        asking(view, "spdy").map(listen -> gone(view.line(listen)))));
    }

    private static Stream<Directive> asking(View view, String word) {
        return view.servers().stream()
                .flatMap(server -> server.block().stream())
                .filter(inner -> inner.is("listen")
                        && inner.arguments().stream()
                                .anyMatch(argument -> argument.text().equals(word)));
    }

    private static Remark gone(int line) {
        return Remark.at(
                line, "listen … spdy is no more", "Nginx gave SPDY up for HTTP/2, which is served in its place.", MEND);
    }

    private static Remark remark(int line) {
        return Remark.at(
                line,
                "listen … http2 is deprecated",
                "nginx 1.25.1 replaced it by a directive of its own; from then on each test of the configuration warns.",
                MEND);
    }
}
