package dev.slipway.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NginxTest {

    private NginxLab lab;
    private EchoServer web;

    @BeforeEach
    void startNginx(@TempDir Path directory) throws IOException {
        lab = new NginxLab(directory);
        web = EchoServer.start("web");
        assertThat(lab.nginx.start(List.of())).isEmpty();
    }

    @AfterEach
    void stopNginx() throws IOException {
        lab.close();
        web.close();
    }

    @Test
    void servesAnApp() throws IOException {
        lab.nginx.publish(lab.site("shop").type("web", web).build());

        Wire.Answer answer = Wire.get(lab.http, "shop.test", "/hello");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("web\nGET /hello HTTP/1.1\r\nHost: shop.test\r\n");
    }

    @Test
    void namesThatNoAppHasGetNoAnswer() throws IOException {
        lab.nginx.publish(lab.site("shop").type("web", web).build());

        assertThat(Wire.get(lab.http, "other.test", "/").status()).isZero();
    }

    @Test
    void theDefaultTemplateCanBeFetched() throws IOException {
        Wire.Answer answer = Wire.get(lab.http, "127.0.0.1:" + lab.http, "/.slipway/nginx.conf.sigil");

        assertThat(answer.body()).isEqualTo(lab.nginx.defaultTemplate());
        assertThat(answer.head()).contains("Content-Type: text/plain");
    }

    @Test
    void reloadsOnlyIfSomethingChanged() throws IOException {
        assertThat(lab.nginx.publish(lab.site("shop").type("web", web).build()).changed())
                .isTrue();
        List<Long> workers = lab.workers();

        assertThat(lab.nginx.publish(lab.site("shop").type("web", web).build()).changed())
                .isFalse();

        assertThat(lab.workers()).isEqualTo(workers).isNotEmpty();
    }

    @Test
    void anotherDaemonTakesTheRunningNginxOver() throws IOException {
        lab.nginx.publish(lab.site("shop").type("web", web).build());
        ProcFile master = lab.master();
        List<Long> workers = lab.workers();
        lab.nginx.close();

        assertThat(lab.another().start(List.of(lab.site("shop").type("web", web).build())))
                .isEmpty();

        assertThat(lab.master()).isEqualTo(master);
        assertThat(lab.workers()).isEqualTo(workers);
        assertThat(Wire.get(lab.http, "shop.test", "/").status()).isEqualTo(200);
    }

    @Test
    void aBrokenTemplateIsRefusedWithItsLineAndTheSiteBeforeServesOn() throws IOException {
        lab.nginx.publish(lab.site("shop").type("web", web).build());
        String before =
                Files.readString(lab.directories.site(lab.site("shop").build().app()));
        String broken = lab.nginx.defaultTemplate().replace("  sendfile", "").replace("  gzip on;", "  gzipp on;");

        assertThatThrownBy(() -> lab.nginx.publish(
                        lab.site("shop").type("web", web).template(broken).build()))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(
                        "nginx.conf.sigil:" + lineOf(broken, "gzipp on;") + ": unknown directive \"gzipp\"\n");

        assertThat(Files.readString(
                        lab.directories.site(lab.site("shop").build().app())))
                .isEqualTo(before);
        assertThat(Wire.get(lab.http, "shop.test", "/").status()).isEqualTo(200);
    }

    @Test
    void whatIsRemovedIsNotServed() throws IOException {
        lab.nginx.publish(lab.site("shop").type("web", web).build());

        lab.nginx.remove(lab.site("shop").build().app());

        assertThat(Wire.get(lab.http, "shop.test", "/").status()).isZero();
    }

    private static int lineOf(String text, String part) {
        return 1
                + (int) text.substring(0, text.indexOf(part))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
