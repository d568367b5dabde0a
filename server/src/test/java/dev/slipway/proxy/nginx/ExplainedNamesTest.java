package dev.slipway.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.SystemRunner;
import dev.slipway.proxy.Explanation.Answered;
import dev.slipway.proxy.Explanation.Closed;
import dev.slipway.proxy.nginx.explain.Explainer;
import dev.slipway.proxy.nginx.site.Candidate;
import dev.slipway.proxy.nginx.site.NginxVersion;
import dev.slipway.proxy.nginx.site.Renderer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server a name leads to, explained and on the real nginx; with names that no template may have, so past its rules. */
class ExplainedNamesTest {

    private static final List<String> NAMES = List.of(
            "~^www\\d+\\.example\\.com$",
            "*.example.com Exact.Example.com",
            "*.deep.example.com www.example.*",
            ".dot.test www.example.co.*",
            "~^Upper\\.test$ exact.example.com",
            "~^(a|b)+\\.re\\.test$ ~later",
            "\"\" _ later.re.test",
            "*.com mail.*");

    private static final List<String> HOSTS = List.of(
            "exact.example.com",
            "EXACT.example.com.",
            "a.example.com",
            "a.b.example.com",
            "www1.example.com",
            "deep.example.com",
            "a.deep.example.com",
            "example.com",
            "www.example.com",
            "www.example.org",
            "www.example.co.uk",
            "mail.example.com",
            "mail.test",
            "mail",
            "dot.test",
            "a.dot.test",
            "xdot.test",
            "upper.test",
            "ab.re.test",
            "a.later.test",
            "later.re.test",
            "_",
            "127.0.0.1",
            "nobody.test");

    @Test
    void nginxChoosesAsIsExplained(@TempDir Path directory) throws IOException {
        try (NginxLab lab = new NginxLab(directory)) {
            lab.nginx.start(List.of());
            LiveText text = new LiveText(lab.directories, published(lab));
            Explainer explainer = new Explainer(text.main(), text, lab.settings.ports());

            for (String host : HOSTS) {
                Wire.Answer answer = Wire.get(lab.http, host, "/");

                assertThat(explainer.explain("http://" + host + "/").outcome())
                        .as(host)
                        .isEqualTo(
                                answer.status() == 0
                                        ? new Closed("nginx closes the connection without an answer")
                                        : new Answered(200, answer.body()));
            }
        }
    }

    private static Fleet published(NginxLab lab) {
        String servers = NAMES.stream()
                .map(names -> "server { listen 127.0.0.1:%d; server_name %s; return 200 'server %d'; }\n"
                        .formatted(lab.http, names, NAMES.indexOf(names)))
                .collect(Collectors.joining());
        Candidate site = new Renderer(lab.settings, new NginxVersion(1, 22, 1, true, true), "")
                .kept(lab.site("shop").build(), servers);
        ConfigurationFiles files = new ConfigurationFiles(NginxLab.UID);
        SystemRunner runner = new SystemRunner();
        try (Publisher publisher = new Publisher(
                lab.settings,
                files,
                new Staging(runner, lab.settings, files),
                new Master(runner, lab.settings, Duration.ofSeconds(30)))) {
            publisher.publish(Change.to(site));
            return publisher.live();
        }
    }
}
