package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.model.AppName;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Route;
import dev.slipway.model.RoutePath;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteCommandsTest extends AtDesk {

    private static final AppName SHOP = new AppName("shop");

    /** Without a route to it, ws would have to stay up for a while before it counts as started. */
    private static final String LISTENS = "{\"healthchecks\": {\"ws\": [{\"listening\": true}]}}";

    @BeforeEach
    void open() {
        desk.deployed("shop", "web: serve\nws: talk", Optional.of(LISTENS));
        desk.ok("ps:scale", "shop", "ws=1");
    }

    @Test
    void aPathIsLedToAProcessTypeAndShown() {
        assertThat(desk.run("proxy:route:set", "shop", "ws", "/echo"))
                .isEqualTo(new Result(0, "-----> Routing /echo of shop to ws:5000\n", ""));
        assertThat(desk.proxy().site(SHOP).orElseThrow().routes())
                .containsExactly(Route.to(new ProcessType("ws"), new RoutePath("/echo")));
        assertThat(desk.ok("proxy:route:report", "shop")).isEqualTo("""
                =====> shop proxy route information
                       Route /echo:                   ws:5000, idle-timeout 1h
                       Sockets /echo:                 1 (ws.1: 1)
                """);
    }

    @Test
    void everySettingIsTakenAndReported() {
        desk.ok(
                "proxy:route:set",
                "shop",
                "ws",
                "/chat/",
                "--port",
                "5000",
                "--strip",
                "--idle-timeout",
                "90m",
                "--sticky",
                "cookie:SID",
                "--max-connections",
                "100");
        desk.ok("proxy:route:set", "shop", "ws", "/echo");
        assertThat(desk.ok("proxy:route:report", "shop")).isEqualTo("""
                =====> shop proxy route information
                       Route /chat:                   ws:5000, strip, idle-timeout 1h30m, sticky cookie:SID, max-connections 100
                       Sockets /chat:                 1 (ws.1: 1), together with /echo
                       Route /echo:                   ws:5000, idle-timeout 1h
                       Sockets /echo:                 1 (ws.1: 1), together with /chat
                """);
        assertThat(desk.ok("proxy:route:report", "shop", "--route-/echo")).isEqualTo("ws:5000, idle-timeout 1h\n");
        assertThat(desk.ok("proxy:route:report", "--format", "json"))
                .startsWith("[{\"app\":\"shop\",\"path\":\"/chat\",\"process\":\"ws\",\"port\":5000,\"strip\":true,"
                        + "\"idle_timeout\":\"1h30m\",\"sticky\":\"cookie:SID\",\"max_connections\":100,\"source\":\"command\","
                        + "\"sockets\":{\"ws.1\":1},\"sockets_shared_with\":[\"/echo\"]},");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ws echo | Invalid path 'echo': write / and segments of letters, digits and . _ ~ @ + -",
                "ws /a;b | Invalid path '/a;b'",
                "ws /../x | Invalid path '/../x'",
                "nope /echo | Process type nope is not in the Procfile of shop (found: web, ws)",
                "a/b /echo | a/b is not a valid process type",
                "ws /echo --port 0 | Port 0 is out of range: 1 to 65535",
                "ws /echo --port 65536 | Port 65536 is out of range: 1 to 65535",
                "ws /echo --port x | Invalid value for --port: 'x': write a whole number",
                "ws /echo --port -1 | Invalid value for --port: '-1': write a whole number",
                "ws /echo --idle-timeout 0 | An idle time must be between 1s and 365d",
                "ws /echo --idle-timeout 1h; | Invalid idle time '1h;': write a time such as 90s, 1h or 1h30m",
                "ws /echo --sticky url | Invalid value for --sticky: write ip, cookie:NAME or header:NAME",
                "ws /echo --max-connections many | Invalid value for --max-connections: 'many': write a whole number",
                "ws / --strip | There is nothing to strip from the path /: leave --strip out",
                "ws /echo extra | Too many words, beginning with 'extra'",
                "ws /echo --nope | Unknown flag --nope",
                "ws | Please specify <path>"
            })
    void whatCannotBeRoutedIsRefused(String words, String message) {
        Result result = desk.run(("proxy:route:set shop " + words).split(" "));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith(" !     " + message);
        assertThat(desk.store().app(SHOP).routes()).isEmpty();
    }

    @Test
    void aPathThatLeadsElsewhereIsTaken() {
        desk.ok("proxy:route:set", "shop", "ws", "/echo");
        assertThat(desk.run("proxy:route:set", "shop", "web", "/echo/").err())
                .isEqualTo(
                        " !     The path /echo is already routed to ws:5000: remove it first with proxy:route:remove\n");
        assertThat(desk.run("proxy:route:set", "shop", "ws", "/echo").exitCode())
                .isEqualTo(1);
        desk.ok("proxy:route:set", "shop", "ws", "/echo", "--idle-timeout", "2h");
        assertThat(desk.ok("proxy:route:report", "shop", "--route-/echo")).isEqualTo("ws:5000, idle-timeout 2h\n");
    }

    @Test
    void aRouteIsRemovedByItsPath() {
        desk.ok("proxy:route:set", "shop", "ws", "/echo");
        assertThat(desk.run("proxy:route:remove", "shop", "web", "/echo").err())
                .isEqualTo(" !     The path /echo is routed to ws, not to web\n");
        assertThat(desk.run("proxy:route:remove", "shop", "/other").err())
                .isEqualTo(" !     The path /other is not routed (routed: /echo)\n");
        assertThat(desk.ok("proxy:route:remove", "shop", "/echo"))
                .isEqualTo("-----> Removed the route /echo of shop\n");
        assertThat(desk.proxy().site(SHOP).orElseThrow().routes()).isEmpty();

        desk.ok("proxy:route:set", "shop", "ws", "/echo");
        desk.ok("proxy:route:remove", "shop", "ws", "/echo");
        assertThat(desk.store().app(SHOP).routes()).isEmpty();
    }

    @Test
    void aRemovedRouteThatAppJsonDeclaresTooIsSaidToGoOn() {
        desk.ok("proxy:route:set", "shop", "ws", "/echo");
        desk.deployed(
                "shop2",
                "web: serve\nws: talk",
                Optional.of("{\"routes\": [{\"process\": \"ws\", \"path\": \"/echo\"}]}"));
        desk.store()
                .update(
                        new AppName("shop2"),
                        app -> app.withRoutes(desk.store().app(SHOP).routes()));
        assertThat(desk.run("proxy:route:remove", "shop2", "/echo"))
                .isEqualTo(new Result(
                        0,
                        "-----> Removed the route /echo of shop2\n",
                        " !     app.json routes /echo too, so it is routed still: take it out there and push\n"));
        assertThat(desk.store().app(new AppName("shop2")).routes()).isEmpty();
    }

    @Test
    void clearingTakesThoseThatCommandsSetAndTellsOfTheOthers() {
        desk.deployed(
                "fixed",
                "web: serve\nws: talk",
                Optional.of("{\"routes\": [{\"process\": \"ws\", \"path\": \"/echo\"}]}"));
        desk.ok("proxy:route:set", "fixed", "ws", "/chat");
        assertThat(desk.ok("proxy:route:clear", "fixed")).isEqualTo("""
                -----> Cleared the routes of fixed
                       Routes of its app.json go on: 1
                """);
        assertThat(desk.ok("proxy:route:report", "fixed")).isEqualTo("""
                =====> fixed proxy route information
                       Route /echo:                   ws:5000, idle-timeout 1h, from app.json
                       Sockets /echo:                 none runs
                """);
        assertThat(desk.run("proxy:route:set", "fixed", "web", "/echo").err())
                .isEqualTo(
                        " !     The path /echo is already routed to ws:5000 by app.json: change it there and push\n");
        assertThat(desk.run("proxy:route:remove", "fixed", "/echo").err())
                .isEqualTo(" !     The path /echo is routed by app.json: take it out there and push\n");
    }

    @Test
    void whatWillNotAnswerIsWarnedAbout() {
        assertThat(desk.run("proxy:route:set", "shop", "ws", "/echo", "--port", "6000")
                        .err())
                .isEqualTo(" !     ws.1 does not listen on port 6000: /echo answers 502 until it does\n");
        desk.ok("ps:scale", "shop", "ws=0");
        assertThat(desk.run("proxy:route:set", "shop", "ws", "/chat").err())
                .isEqualTo(" !     No ws process runs: /chat answers 502 until dokku ps:scale shop ws=1\n");
        desk.ok("apps:create", "new");
        assertThat(desk.ok("proxy:route:set", "new", "talk", "/chat"))
                .contains("new has not been deployed: its first push must have the process type talk");
    }

    @Test
    void aRouteThatNginxRefusesIsNotKept() {
        desk.proxy().refuse(site -> !site.routes().isEmpty());
        assertThat(desk.run("proxy:route:set", "shop", "ws", "/echo").exitCode())
                .isEqualTo(1);
        assertThat(desk.store().app(SHOP).routes()).isEmpty();
    }

    @Test
    void anUnknownAppIsOne() {
        for (String verb : new String[] {"set nosuch ws /x", "remove nosuch /x", "clear nosuch", "report nosuch"}) {
            assertThat(desk.run(("proxy:route:" + verb).split(" ")))
                    .isEqualTo(new Result(20, "", " !     App nosuch does not exist\n"));
        }
    }
}
