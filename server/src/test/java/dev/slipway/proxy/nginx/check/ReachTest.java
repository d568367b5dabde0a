package dev.slipway.proxy.nginx.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.UserException;
import dev.slipway.proxy.nginx.TutorialBlocks;
import dev.slipway.proxy.nginx.explain.Includes;
import dev.slipway.proxy.nginx.explain.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which process types a template leads to, and which it only names. */
final class ReachTest {

    private static final Includes NO_FILES = pattern -> List.of();

    @Test
    void theTutorialLeadsToWs() {
        assertThat(leadsTo(Reader.tutorial(TutorialBlocks.LOCATION, TutorialBlocks.UPSTREAM)))
                .isTrue();
        assertThat(leadsTo(Reader.tutorialOverHttpOnly())).isTrue();
    }

    @Test
    void anUpstreamThatNoLocationUsesLeadsNowhere() {
        assertThat(leadsTo(Reader.DEFAULT + TutorialBlocks.UPSTREAM)).isFalse();
        assertThat(leadsTo(Reader.with(""))).isFalse();
        assertThat(leadsTo(Reader.DEFAULT)).isFalse();
    }

    @Test
    void aNameInACommentLeadsNowhere() {
        assertThat(leadsTo(Reader.with("{{/* DOKKU_APP_WS_LISTENERS */}}"))).isFalse();
    }

    @Test
    void anAddressInALocationLeadsThere() {
        assertThat(leadsTo(Reader.with(
                        "  location /a { proxy_pass http://{{ index (split \" \" $.DOKKU_APP_WS_LISTENERS) 0 }}; }\n")))
                .isTrue();
        assertThat(leadsTo(Reader.with("  location /a { grpc_pass grpc://{{ $.APP }}-ws; }\n")))
                .isTrue();
    }

    @Test
    void aVariableLeadsToAllThatItMayHold() {
        String variable = "  set $to {{ $.APP }}-5000;\n  location /a { proxy_pass http://$to; }\n";
        assertThat(leadsTo(Reader.with(variable))).isTrue();
        assertThat(leadsTo(Reader.with("  location /a { proxy_pass $scheme://{{ $.APP }}-5000; }\n")))
                .isFalse();
    }

    @Test
    void includedFilesAreReadAsNginxReadsThem() {
        Includes location = pattern -> List.of(
                source(pattern.endsWith("conf") ? "include inner;" : "location /a { proxy_pass http://shop-ws; }"));
        assertThat(Reader.leadsTo(Reader.with("  include own.conf;\n"), "ws", location))
                .isTrue();
        Includes harmless = pattern -> List.of(source("client_max_body_size 5m;"));
        assertThat(Reader.leadsTo(Reader.with("  include own.conf;\n"), "ws", harmless))
                .isFalse();
    }

    @Test
    void whatCannotBeReadLeadsThere() {
        Includes refused = pattern -> {
            throw UserException.failed("Cannot read " + pattern);
        };
        assertThat(Reader.leadsTo(Reader.with("  include own.conf;\n"), "ws", refused))
                .isTrue();
        Includes torn = pattern -> List.of(source("location /a {"));
        assertThat(Reader.leadsTo(Reader.with("  include own.conf;\n"), "ws", torn))
                .isTrue();
        Includes circle = pattern -> List.of(source("include own.conf;"));
        assertThat(Reader.leadsTo(Reader.with("  include own.conf;\n"), "ws", circle))
                .isTrue();
        assertThat(leadsTo(Reader.with("") + "{{ fail }}")).isTrue();
    }

    private static boolean leadsTo(String template) {
        return Reader.leadsTo(template, "ws", NO_FILES);
    }

    private static Source source(String text) {
        return new Source("own.conf", text, line -> "own.conf:" + line);
    }
}
