package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.model.AppName;
import dev.slipway.model.Release;
import dev.slipway.proxy.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TemplateCheckTest extends AtDesk {

    private static final String REMARK = """
            nginx.conf.sigil:7: what is wrong
                why:  why it is
                mend: what to write
            """;

    private static final String REFUSED = " !     nginx.conf.sigil:7: no servers are inside upstream\n";

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve");
        desk.deployed("store", "web: serve");
    }

    private void template(String app, String text) {
        desk.store()
                .update(
                        new AppName(app),
                        before -> before.withRelease(before.release()
                                .map(release -> new Release(
                                        release.number(),
                                        release.revision(),
                                        release.build(),
                                        Optional.of(text),
                                        release.appJson(),
                                        release.createdAt()))
                                .orElseThrow()));
    }

    @Test
    void remarksAreNoFailure() {
        template("shop", "server {}");
        assertThat(desk.run("nginx:template:check", "shop")).isEqualTo(new Result(0, REMARK, ""));
        assertThat(desk.overSsh("nginx:template:check", "shop")).isEqualTo(new Result(0, REMARK, ""));
        assertThat(desk.run("nginx:template:check", "store"))
                .isEqualTo(new Result(0, "store is served by the default template\n", ""));
    }

    @Test
    void aTemplateThatWouldBeRefusedIsAFailure() {
        template("shop", "server {}");
        desk.proxy().refuse(site -> site.template().isPresent());
        assertThat(desk.run("nginx:template:check", "shop")).isEqualTo(new Result(1, REMARK, REFUSED));
    }

    @Test
    void withoutAWordEveryCustomTemplateIsRead() {
        assertThat(desk.run("nginx:template:check")).isEqualTo(new Result(0, "No app has a template of its own\n", ""));
        template("shop", "server {}");
        template("store", "server {}");
        desk.proxy().refuse(site -> site.app().value().equals("shop"));
        assertThat(desk.run("nginx:template:check"))
                .isEqualTo(new Result(
                        1,
                        "=====> shop nginx.conf.sigil\n" + REMARK + "=====> store nginx.conf.sigil\n" + REMARK,
                        REFUSED + " !     The templates of these apps would be refused: shop\n"));
    }

    @Test
    void aFileIsReadAsTheTemplateOfAnAppWithTheTypesThatItNames() throws IOException {
        Files.writeString(directory.resolve("my.sigil"), "{{ $.DOKKU_APP_WEB_SOCKET_LISTENERS }}");
        assertThat(desk.run("nginx:template:check", "my.sigil"))
                .isEqualTo(new Result(0, REMARK.replace("nginx.conf.sigil", "my.sigil"), ""));
        desk.proxy()
                .refuse(site -> site.listeners().keySet().toString().equals("[web, web-socket]")
                        && site.template().map(Site.Template::path).equals(Optional.of("my.sigil")));
        assertThat(desk.run("nginx:template:check", "my.sigil").exitCode()).isEqualTo(1);
        assertThat(desk.store().apps()).extracting(AppName::value).containsExactly("shop", "store");
    }

    @Test
    void standardInputIsReadOverSshToo() {
        assertThat(desk.readingOverSsh("server {}", "nginx:template:check", "-"))
                .isEqualTo(new Result(0, REMARK, ""));
        assertThat(desk.readingOverSsh("x".repeat((1 << 20) + 1), "nginx:template:check", "-")
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void filesAreReadForTheAdministratorOnly() throws IOException {
        Path file = Files.writeString(directory.resolve("my.sigil"), "server {}");
        for (String word : List.of("my.sigil", file.toString(), "nosuch")) {
            assertThat(desk.overSsh("nginx:template:check", word))
                    .isEqualTo(new Result(
                            20,
                            "",
                            " !     App " + word + " does not exist; if it is a file,"
                                    + " give it on standard input: nginx:template:check - < nginx.conf.sigil\n"));
        }
        assertThat(desk.run("nginx:template:check", "nosuch"))
                .isEqualTo(new Result(1, "", " !     There is no file " + directory.resolve("nosuch") + "\n"));
    }
}
