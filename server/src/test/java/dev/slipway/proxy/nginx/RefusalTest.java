package dev.slipway.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.UserException;
import dev.slipway.proxy.Site;
import dev.slipway.proxy.nginx.worker.ProcFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nginx or we refuse: told in terms of the template, with everything left as it was. */
class RefusalTest {

    private static final String UNGUARDED = """
            server {
              listen {{ $.PROXY_PORT }};
              server_name {{ $.NOSSL_SERVER_NAME }};
              location / { proxy_pass http://{{ $.APP }}-web; }
              location /echo { proxy_pass http://{{ $.APP }}-ws; }
            }
            upstream {{ $.APP }}-web {
              server {{ $.DOKKU_APP_WEB_LISTENERS }};
            }
            upstream {{ $.APP }}-ws {
            {{ range $listener := $.DOKKU_APP_WS_LISTENERS | split " " }}
              server {{ $listener }};
            {{ end }}
            }
            """;

    private NginxLab lab;
    private EchoServer web;

    @BeforeEach
    void startNginx(@TempDir Path directory) throws IOException {
        lab = new NginxLab(directory);
        web = EchoServer.start("web");
        lab.nginx.start(List.of());
        lab.nginx.publish(site().build());
    }

    @AfterEach
    void stopNginx() throws IOException {
        lab.close();
        web.close();
    }

    @Test
    void anUnguardedTemplateIsToldToGuard() throws IOException {
        Site site = site().type("ws").template(UNGUARDED).build();

        assertRefused(
                site,
                "nginx.conf.sigil:12: ",
                "    12 | server {{ $listener }};",
                "$.DOKKU_APP_WS_LISTENERS is empty",
                "{{ if not $.DOKKU_APP_WS_LISTENERS }}",
                "server 127.0.0.1:65535; # force a 502");
    }

    @Test
    void aTypeThatTheReleaseLacksIsTold() throws IOException {
        assertRefused(
                site().template(UNGUARDED).build(),
                "nginx.conf.sigil:11: ",
                "$.DOKKU_APP_WS_LISTENERS has no value: shop has no such process type yet");
    }

    @Test
    void aTemplateThatFailsOnlyAtZeroServesAndIsRemarkedUpon() throws IOException {
        Site site = site().type("ws", web).template(UNGUARDED).build();

        assertThat(lab.nginx.test(site)).isEmpty();
        assertThat(lab.nginx.inspect(site).orElseThrow().remarks())
                .extracting(remark -> remark.headline("nginx.conf.sigil"))
                .contains(
                        "nginx.conf.sigil:7: upstream shop-web is empty while no web process runs",
                        "nginx.conf.sigil:10: upstream shop-ws is empty while no ws process runs");
        assertThat(lab.nginx.publish(site).changed()).isTrue();
    }

    /** The rules do not judge values: only nginx knows that this one is none. */
    @Test
    void whatNginxAloneSeesAtZeroIsRemarkedUpon() throws IOException {
        String template = lab.nginx
                .defaultTemplate()
                .replace("  gzip on;", "  gzip {{ if $.DOKKU_APP_WS_LISTENERS }}on{{ else }}perhaps{{ end }};");
        Site site = site().type("ws", web).template(template).build();

        assertThat(lab.nginx.inspect(site).orElseThrow().remarks())
                .singleElement()
                .satisfies(remark ->
                        assertThat(remark.what()).isEqualTo("once no process runs, nginx refuses the template"))
                .satisfies(remark -> assertThat(remark.why()).contains("nginx.conf.sigil:", "gzip"));
    }

    @Test
    void theDefaultTemplateIsNotInspected() throws IOException {
        assertThat(lab.nginx.inspect(site().build())).isEmpty();
        assertThat(lab.nginx.inspect(site().template(UNGUARDED)
                        .properties(Map.of("disable-custom-config", "true"))
                        .build()))
                .isEmpty();
    }

    @Test
    void testingChangesNothing() throws IOException {
        long generation = lab.generation();

        lab.nginx.test(site().properties(Map.of("proxy-read-timeout", "7s")).build());

        assertThat(lab.generation()).isEqualTo(generation);
        assertThat(lab.nginx.configuration(site().build().app()).orElseThrow()).contains("proxy_read_timeout 60s;");
        assertThat(lab.directories.staging()).isEmptyDirectory();
    }

    @Test
    void aFileThatSomebodyBrokeIsBlamedOnItsAppAloneAndCanBeWrittenAgain() throws IOException {
        Site broken = site().build();
        Site other = lab.site("other").type("web", web).build();
        lab.nginx.publish(broken);
        lab.nginx.publish(other);
        Path file = lab.directories.site(broken.app());
        String served = Files.readString(file);
        Files.writeString(file, "server {\n  nonsense;\n}\n");

        assertThat(lab.nginx.validate(other)).isEmpty();
        assertThatThrownBy(() -> lab.nginx.validate(broken))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("nginx.conf:2: unknown directive \"nonsense\"");
        assertThat(lab.nginx.restore(other.app())).isFalse();
        assertThat(lab.nginx.restore(broken.app())).isTrue();
        assertThat(file).hasContent(served);
        assertThat(lab.nginx.validate(broken)).isEmpty();
    }

    @Test
    void aTemplateErrorHasItsLine() throws IOException {
        assertRefused(
                site().template("server {\n  {{ if eq 1 }\n}\n").build(),
                "nginx.conf.sigil:2: ",
                "    2 | {{ if eq 1 }");
        assertRefused(site().template("server {\n  listen 80;\n").build(), "nginx.conf.sigil:", "expecting \"}\"");
    }

    @Test
    void nothingIsWrittenOutsideTheLogs() throws IOException {
        Path outside = Path.of("/root/slipway-" + ProcessHandle.current().pid());
        String template = lab.nginx.defaultTemplate().replace("  gzip on;", "  access_log " + outside + ";");

        assertRefused(
                site().template(template).build(),
                "\"" + outside + "\" is not a log of shop",
                "{{ $.NGINX_LOG_ROOT }}/{{ $.APP }}-NAME.log");
        // A property is the administrator's word, which nginx's own user still cannot make true.
        assertRefused(
                site().properties(Map.of("access-log-path", outside.toString())).build(), "Permission denied");

        assertThat(outside).doesNotExist();
    }

    @Test
    void aPortThatIsTakenIsToldAndTheSitesServeOn() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String template = lab.nginx
                    .defaultTemplate()
                    .replace("server {\n", "server {\n  listen 127.0.0.1:" + taken.getLocalPort() + ";\n");

            assertRefused(site().template(template).build(), "Port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void atStartAPortThatIsTakenIsTold(@TempDir Path directory) throws IOException {
        NginxLab second = new NginxLab(directory);
        try (ServerSocket taken = new ServerSocket(second.https, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(() -> second.nginx.start(List.of()))
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith("Port " + second.https + " is taken by another program");
        }
    }

    @Test
    void twoSitesCannotSpeakDifferentlyOnOnePort() throws IOException {
        String template = lab.nginx
                .defaultTemplate()
                .replace("{{ $port }}{{ if $http2 }} http2{{ end }};", "{{ $port }} proxy_protocol;");

        assertRefused(
                lab.site("other").type("web", web).template(template).build(),
                "127.0.0.1:" + lab.http + " cannot speak plain http with proxy_protocol");
    }

    @Test
    void changesThatComeTogetherAreOneReloadAndTheGuiltyOneFailsAlone() throws IOException {
        long before = lab.generation();
        List<CompletableFuture<Void>> publications = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> lab.nginx.publish(lab.site("app" + i)
                                .type("web", web)
                                .properties(i == 5 ? Map.of("proxy-busy-buffers-size", "1g") : Map.of())
                                .build()),
                        Thread::startVirtualThread))
                .toList();

        for (int i = 0; i < publications.size(); i++) {
            CompletableFuture<Void> publication = publications.get(i);
            if (i == 5) {
                assertThatThrownBy(publication::join)
                        .isInstanceOf(CompletionException.class)
                        .cause()
                        .isInstanceOf(UserException.class)
                        .hasMessageContaining("proxy_busy_buffers_size");
            } else {
                publication.join();
                assertThat(Wire.get(lab.http, "app" + i + ".test", "/").status())
                        .isEqualTo(200);
            }
        }
        assertThat(lab.generation() - before).isBetween(1L, 6L);
        assertThat(Wire.get(lab.http, "app5.test", "/").status()).isZero();
    }

    @Test
    void aSiteThatIsRefusedAtTheNextStartServesOnAsItWas() throws IOException {
        lab.nginx.close();

        assertThat(lab.another()
                        .start(List.of(site().template("server { gzipp on; }").build())))
                .singleElement()
                .asString()
                .startsWith("The site of shop is not as it should be: nginx.conf.sigil:1: unknown directive");

        assertThat(Wire.get(lab.http, "shop.test", "/").status()).isEqualTo(200);
    }

    @Test
    void anNginxThatWasKilledIsStartedAgain() throws IOException {
        ProcFile master = lab.master();
        ProcessHandle.of(master.pid()).ifPresent(handle -> {
            handle.children().forEach(ProcessHandle::destroyForcibly);
            handle.destroyForcibly();
            handle.onExit().join();
        });

        lab.nginx.publish(site().properties(Map.of("proxy-read-timeout", "7s")).build());

        assertThat(lab.master()).isNotEqualTo(master);
        assertThat(Wire.get(lab.http, "shop.test", "/").status()).isEqualTo(200);
    }

    private NginxLab.Draft site() {
        return lab.site("shop").type("web", web);
    }

    /** Refused by the test and by the publication alike, and the site of before still serves. */
    private void assertRefused(Site site, String... parts) throws IOException {
        assertThatThrownBy(() -> lab.nginx.publish(site))
                .isInstanceOf(UserException.class)
                .hasMessageContainingAll(parts);
        assertThat(Wire.get(lab.http, "shop.test", "/").status()).isEqualTo(200);
    }
}
