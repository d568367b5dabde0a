package dev.slipway.proxy.nginx.check;

import dev.slipway.proxy.Remark;
import dev.slipway.proxy.nginx.syntax.Directive;
import java.util.stream.Stream;

/** {@code listen … http2}, which nginx 1.25.1 replaced by the directive {@code http2 on}. */
final class Listens implements Rule {

    @Override
    public Stream<Remark> check(Specimen specimen) {
        boolean old = specimen.renderer().version().http2Directive();
        boolean fixed = !specimen.template().text().contains("HTTP2_SUPPORTED");
        return specimen.views().stream()
                .filter(view -> old || fixed)
                .flatMap(view -> view.servers().stream()
                        .flatMap(server -> server.block().stream())
                        .filter(Listens::asksForHttp2)
                        .map(listen -> remark(view.line(listen))));
    }

    private static boolean asksForHttp2(Directive listen) {
        return listen.is("listen")
                && listen.arguments().stream().anyMatch(word -> word.text().equals("http2"));
    }

    private static Remark remark(int line) {
        return Remark.at(
                line,
                "listen … http2 is deprecated",
                "nginx 1.25.1 replaced it by a directive of its own; from then on each test of the configuration warns.",
                """
                listen … ssl{{ if eq $.HTTP2_DIRECTIVE_SUPPORTED "false" }} http2{{ end }};
                {{ if eq $.HTTP2_DIRECTIVE_SUPPORTED "true" }}
                http2 on;
                {{ end }}""");
    }
}
