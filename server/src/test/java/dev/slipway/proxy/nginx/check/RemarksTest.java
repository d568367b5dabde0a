package dev.slipway.proxy.nginx.check;

import static dev.slipway.proxy.nginx.check.Reader.headlines;
import static dev.slipway.proxy.nginx.check.Reader.socket;
import static dev.slipway.proxy.nginx.check.Reader.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cert.SelfSigned;
import dev.slipway.model.Domain;
import dev.slipway.model.PortMapping;
import dev.slipway.proxy.Remark;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.TemplateReport;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every trap by itself, in a template that has no other. */
class RemarksTest {

    @Test
    void aLocationWithoutAFaultIsNotRemarkedUpon() {
        assertThat(Reader.remarks(with(socket()))).isEmpty();
    }

    @Test
    void aSlashBehindTheUpstreamAlone() {
        assertThat(Reader.remarks(with(socket("/echo", "http://{{ $.APP }}-ws/"))))
                .containsExactly(Remark.at(
                        6,
                        "location /echo joins what is left of a path wrongly",
                        "nginx puts \"/\" in the place of \"/echo\": the process sees /echo/x as //x, and /echox as /x.",
                        """
                        To keep the path, leave "/" away behind the upstream's name.
                        To strip it, end both with a slash: location /echo/ { … proxy_pass http://shop-ws/;"""));
    }

    @Test
    void aSlashBehindTheLocationAlone() {
        assertThat(Reader.remarks(with(socket("/echo/", "http://{{ $.APP }}-ws/ws"))))
                .containsExactly(Remark.at(
                        6,
                        "location /echo/ joins what is left of a path wrongly",
                        "nginx puts \"/ws\" in the place of \"/echo/\": the process sees /echo/x as /wsx.",
                        """
                        To keep the path, leave "/ws" away behind the upstream's name.
                        To strip it, end both with a slash: location /echo/ { … proxy_pass http://shop-ws/ws/;"""));
    }

    @Test
    void aPrefixThatIsStrippedWell() {
        assertThat(Reader.remarks(with(socket("/echo/", "http://{{ $.APP }}-ws/"))))
                .containsExactly(Remark.at(
                                6,
                                "location /echo/ hands its path on without the prefix",
                                "With \"/\" behind the upstream's name, the process sees /echo/x as /x.",
                                "To keep the path, leave \"/\" away behind the upstream's name.")
                        .asNote());
    }

    @Test
    void aSlashWhereThereIsNoPrefixToLose() {
        assertThat(Reader.remarks(with(socket("= /echo", "http://{{ $.APP }}-ws/"))))
                .isEmpty();
        assertThat(Reader.remarks(with("").replace("-5000;", "-5000/;"))).isEmpty();
    }

    @Test
    void anUpstreamWithoutAGuard() {
        String template = with(socket())
                .replace(
                        "{{ if not $.DOKKU_APP_WS_LISTENERS }}127.0.0.1:65535{{ else }}{{ $.DOKKU_APP_WS_LISTENERS }}{{ end }}",
                        "{{ $.DOKKU_APP_WS_LISTENERS }}");
        assertThat(Reader.remarks(template))
                .containsExactly(Remark.at(
                        16,
                        "upstream shop-ws is empty while no ws process runs",
                        "nginx takes no upstream without a server.\n"
                                + "With ws at 0 the whole is refused: a deploy as well as a ps:scale.",
                        """
                        Guard the servers in the upstream:
                          {{ if not $.DOKKU_APP_WS_LISTENERS }}
                          server 127.0.0.1:65535; # force a 502
                          {{ else }}
                          … the servers as they are now …
                          {{ end }}"""));
    }

    @Test
    void aRangeWithoutAGuard() {
        String template = with(socket());
        String unguarded = template.substring(0, template.indexOf("  server {{ if not $.DOKKU_APP_WS")) + """
                {{ range $one := $.DOKKU_APP_WS_LISTENERS | split " " }}
                  server {{ index ($one | split ":") 0 }}:5000;
                {{ end }}
                }
                """;
        assertThat(headlines(unguarded))
                .containsExactly("nginx.conf.sigil:16: upstream shop-ws is empty while no ws process runs");
    }

    @Test
    void anUpstreamThatIsLeftOutWhole() {
        String template = with(socket())
                        .replace(
                                "upstream {{ $.APP }}-ws", "{{ if $.DOKKU_APP_WS_LISTENERS }}\nupstream {{ $.APP }}-ws")
                + "{{ end }}\n";
        assertThat(headlines(template))
                .containsExactly("nginx.conf.sigil:6: proxy_pass leads nowhere while no ws process runs");
    }

    /** As Dokku's own templates do; the platform fills it in. */
    @Test
    void aWebUpstreamThatIsLeftOutWhole() {
        String guarded =
                "{{ if not $.DOKKU_APP_WEB_LISTENERS }}127.0.0.1:65535{{ else }}{{ $.DOKKU_APP_WEB_LISTENERS }}{{ end }};\n}";
        String template = with(socket())
                .replace("upstream {{ $.APP }}-5000", "{{ if $.DOKKU_APP_WEB_LISTENERS }}\nupstream {{ $.APP }}-5000")
                .replace(guarded, "{{ $.DOKKU_APP_WEB_LISTENERS }};\n}\n{{ end }}");
        assertThat(Reader.remarks(template)).isEmpty();
        assertThat(headlines(template.replace("{{ $.APP }}-5000", "{{ $.APP }}-web")))
                .containsExactly("nginx.conf.sigil:4: proxy_pass leads nowhere while no web process runs");
    }

    @Test
    void aTemplateThatFailsWithoutAProcess() {
        String template = with(socket()) + "{{ index ($.DOKKU_APP_WS_LISTENERS | split \":\") 1 | printf \"# %s\" }}\n";
        assertThat(headlines(template))
                .containsExactly("nginx.conf.sigil:19: the template cannot be rendered while no ws process runs");
    }

    @Test
    void whatNginxAloneSeesWithoutAProcess() {
        Site site = Reader.site(with(socket()));
        assertThat(Reader.report(
                                site,
                                22,
                                tried -> tried.listeners().values().stream().allMatch(List::isEmpty)
                                        ? Optional.of("nginx.conf.sigil:3: no")
                                        : Optional.empty())
                        .remarks())
                .containsExactly(Remark.whole(
                        "once no process runs, nginx refuses the template",
                        "nginx.conf.sigil:3: no",
                        "Have it hold without any process too."));
    }

    @Test
    void aVariableOfATypeThatIsNotInTheProcfile() {
        String template = with(socket()).replace("DOKKU_APP_WS_LISTENERS", "DOKKU_APP_SOCKETS_LISTENERS");
        assertThat(Reader.remarks(template))
                .containsExactly(Remark.at(
                        17,
                        "$.DOKKU_APP_SOCKETS_LISTENERS names no process type of the Procfile (found: web, ws)",
                        "The variable never has a value, so what is served from it answers 502 at best.",
                        "Write one of $.DOKKU_APP_WEB_LISTENERS, $.DOKKU_APP_WS_LISTENERS,"
                                + " or add the process type to the Procfile."));
    }

    @Test
    void anUpstreamThatIsNotDefined() {
        assertThat(Reader.remarks(with(socket("/echo", "http://{{ $.APP }}-sockets"))))
                .containsExactly(Remark.at(
                        6,
                        "upstream shop-sockets is not defined",
                        "nginx takes the name for a host, does not find it, and refuses the whole.",
                        "Add an upstream shop-sockets, or name one that there is (shop-5000, shop-ws)."));
        assertThat(Reader.remarks(with(socket("/echo", "http://api.example.com"))))
                .isEmpty();
    }

    @Test
    void aLocationForHttpAlone() {
        String template = with("{{ if not $.SSL_INUSE }}\n" + socket() + "{{ end }}\n");
        assertThat(Reader.remarks(template))
                .containsExactly(Remark.at(
                        6,
                        "location /echo is served over http only",
                        "With a certificate, plain http is redirected, and over https /echo meets another location.",
                        "Put the same block into the server for https, behind its location / (line 4)."));
    }

    @Test
    void aLocationForHttpsAlone() {
        String template = with("{{ if $.SSL_INUSE }}\n" + socket() + "{{ end }}\n");
        assertThat(headlines(template)).containsExactly("nginx.conf.sigil:6: location /echo is served over https only");
    }

    @Test
    void aTemplateWithoutHttpsIsToldOnceThereIsACertificate() {
        String template = with(socket()).replace("{{ if $.SSL_INUSE }} ssl{{ end }}", "");
        Site site = Reader.site(template);
        Site secure = site.withCertificate(
                Optional.of(SelfSigned.make(List.of(new Domain("shop.test")), Instant.EPOCH)), site.ports());
        assertThat(Reader.remarks(template)).isEmpty();
        assertThat(Reader.report(secure, 22, tried -> Optional.empty()).remarks())
                .extracting(Remark::what)
                .containsExactly("nothing is served over https");
    }

    @Test
    void deprecatedVariablesAreTold() {
        String template = with(socket()).replace("$.PROXY_PORT", "$.NGINX_PORT") + "# {{ $.NGINX_PORT }}\n";
        assertThat(Reader.remarks(template))
                .containsExactly(new Remark(
                        List.of(2, 19),
                        "NGINX_PORT is deprecated",
                        "Dokku gave this variable up; it is given so that old templates still render.",
                        "Write $.PROXY_PORT.",
                        false));
    }

    @Test
    void aFixedHttp2IsToldOnEveryNginx() {
        String template = with(socket()).replace(" ssl{{", " ssl http2{{");
        assertThat(headlines(template)).containsExactly("nginx.conf.sigil:2: listen … http2 is deprecated");
    }

    @Test
    void anHttp2ThatFollowsNginxIsToldWhereItIsDeprecated() {
        Site site = Reader.site(
                with(socket()).replace(" ssl{{", " ssl {{ if eq $.HTTP2_SUPPORTED \"true\" }}http2{{ end }}{{"));
        assertThat(Reader.report(site, 22, tried -> Optional.empty()).remarks()).isEmpty();
        assertThat(Reader.report(site, 25, tried -> Optional.empty()).remarks())
                .extracting(remark -> remark.headline("t"))
                .containsExactly("t:2: listen … http2 is deprecated");
        assertThat(Reader.report(Reader.site(Reader.DEFAULT), 25, tried -> Optional.empty())
                        .remarks())
                .isEmpty();
    }

    @Test
    void spdyIsNoMore() {
        String template = with(socket()).replace(" ssl{{", " ssl spdy{{");

        assertThat(headlines(template)).containsExactly("nginx.conf.sigil:2: listen … spdy is no more");
    }

    @Test
    void anothersServerNeedsNoneOfTheHeaders() {
        String template = with("location /wp-content/ {\n  proxy_pass https://bucket.example.com;\n}\n");

        assertThat(headlines(template)).isEmpty();
    }

    @Test
    void aPortWhereNobodyListens() {
        String template = with(socket())
                .replace(
                        "{{ else }}{{ $.DOKKU_APP_WS_LISTENERS }}",
                        "{{ else }}{{ index ($.DOKKU_APP_WS_LISTENERS | split \":\") 0 }}:3000");
        assertThat(Reader.remarks(template))
                .containsExactly(Remark.at(
                        17,
                        "ws processes are looked for on port 3000",
                        "A process listens on the port that PORT names, 5000; nobody waits until it listens on 3000.",
                        "Write :5000, unless the command in the Procfile names port 3000 itself."));
        Site site = Reader.site(template);
        Site mapped = site.withCertificate(Optional.empty(), List.of(PortMapping.parse("http:80:3000")));
        assertThat(Reader.report(mapped, 22, tried -> Optional.empty()).remarks())
                .extracting(Remark::what)
                .doesNotContain("ws processes are looked for on port 3000");
    }

    @Test
    void aTemplateThatCannotBeRenderedWithEveryTypeRunningIsToldIfItServesNow() {
        String template = with(socket()) + "{{ if $.DOKKU_APP_WS_LISTENERS }}{{ index 1 2 }}{{ end }}\n";
        assertThat(headlines(template))
                .containsExactly("nginx.conf.sigil:19: the template cannot be rendered once every process type runs");
        assertThat(Reader.report(Reader.site(template), 22, site -> Optional.of("refused")))
                .isEqualTo(TemplateReport.unreadable("nginx.conf.sigil", List.of()));
    }

    @Test
    void beforeTheFirstDeployNoTypeIsMissed() {
        Site site = Reader.site(with(socket())).withListeners(new LinkedHashMap<>());
        assertThat(Reader.report(site, 22, tried -> Optional.empty()).remarks()).isEmpty();
    }

    /** It comes from a repository: reading it must not take longer than its text is worth. */
    @Test
    void aTemplateThatNamesThousandsOfTypesIsReadAllTheSame() {
        StringBuilder template = new StringBuilder(with(socket()));
        for (int i = 0; i < 5_000; i++) {
            template.append("# {{ if $.DOKKU_APP_X").append(i).append("_LISTENERS }}{{ end }}\n");
        }
        assertThat(Reader.remarks(template.toString()))
                .hasSize(50)
                .allMatch(remark -> remark.what().contains("names no process type of the Procfile"));
    }
}
