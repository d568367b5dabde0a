package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.proxy.Explanation;
import dev.slipway.proxy.Explanation.Answered;
import dev.slipway.proxy.Explanation.Closed;
import dev.slipway.proxy.Explanation.Filed;
import dev.slipway.proxy.Explanation.Outcome;
import dev.slipway.proxy.Explanation.Passed;
import dev.slipway.proxy.Explanation.Step;
import dev.slipway.proxy.Explanation.Unknown;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplainCommandTest extends AtDesk {

    private static final List<Step> STEPS = List.of(
            new Step("listen", "0.0.0.0:80 plain http", "the URL's port", ""),
            new Step(
                    "location", "/echo", "longest of 2 prefixes that match", "shop/nginx.conf:6 (nginx.conf.sigil:9)"));

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve\nws: serve");
        desk.ok("ps:scale", "shop", "web=1", "ws=1");
    }

    private String address(String process) {
        return desk.scheduler().running().stream()
                .filter(running -> running.name().toString().equals(process))
                .findFirst()
                .orElseThrow()
                .address();
    }

    private void say(Outcome outcome) {
        desk.proxy().say(new Explanation("ws://shop.test/echo", STEPS, outcome));
    }

    @Test
    void everyStepHasALineAndTheProcessesComeLast() {
        String ws = address("ws.1") + ":5000";
        say(new Passed("shop-ws", "/echo", List.of(ws, "192.0.2.1:80")));

        assertThat(desk.run("proxy:explain", "ws://shop.test/echo"))
                .isEqualTo(new Result(0, """
                =====> ws://shop.test/echo
                       listen      0.0.0.0:80 plain http: the URL's port
                       location    /echo: longest of 2 prefixes that match  [shop/nginx.conf:6 (nginx.conf.sigil:9)]
                -----> ws.1 WS running
                -----> 192.0.2.1:80 no process of an app
                """.replace("WS", ws), ""));
    }

    @Test
    void programsGetTheSameAsJson() {
        String ws = address("ws.1") + ":5000";
        say(new Passed("shop-ws", "/echo", List.of(ws)));

        assertThat(desk.ok("proxy:explain", "ws://shop.test/echo", "--format", "json"))
                .isEqualTo("""
                        {"url":"ws://shop.test/echo","steps":[\
                        {"step":"listen","what":"0.0.0.0:80 plain http","why":"the URL's port","where":""},\
                        {"step":"location","what":"/echo","why":"longest of 2 prefixes that match",\
                        "where":"shop/nginx.conf:6 (nginx.conf.sigil:9)"}],\
                        "outcome":"passed","upstream":"shop-ws","uri":"/echo","processes":[\
                        {"listener":"WS","app":"shop","process":"ws.1","state":"running"}]}
                        """.replace("WS", ws));
        say(new Answered(301, "https://shop.test/echo"));
        assertThat(desk.ok("proxy:explain", "ws://shop.test/echo", "--format", "json"))
                .endsWith(",\"outcome\":\"answered\",\"status\":301,\"text\":\"https://shop.test/echo\"}\n");
        say(new Passed("shop-ws", "/echo", List.of()));
        assertThat(desk.ok("proxy:explain", "ws://shop.test/echo", "--format", "json"))
                .contains("\"outcome\":\"unavailable\"", "\"processes\":[]");
    }

    @Test
    void everyOtherEndIsSaid() {
        assertThat(last(new Passed("shop-ws", "/echo", List.of())))
                .isEqualTo("-----> 502 Bad Gateway: no process runs behind shop-ws");
        assertThat(last(new Answered(301, "https://shop.test/")))
                .isEqualTo("-----> nginx answers 301 https://shop.test/");
        assertThat(last(new Answered(403, ""))).isEqualTo("-----> nginx answers 403");
        assertThat(last(new Filed("/srv"))).isEqualTo("-----> nginx answers with a file of its own: /srv");
        assertThat(last(new Closed("nobody listens"))).isEqualTo("-----> no answer: nobody listens");
        assertThat(last(new Unknown("$x decides"))).isEqualTo("-----> it cannot be said: $x decides");
    }

    private String last(Outcome outcome) {
        say(outcome);
        return desk.ok("proxy:explain", "ws://shop.test/echo")
                .lines()
                .reduce((one, next) -> next)
                .orElseThrow();
    }
}
