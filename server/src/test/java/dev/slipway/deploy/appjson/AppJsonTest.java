package dev.slipway.deploy.appjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.CronSchedule;
import dev.slipway.model.IdleTime;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Route;
import dev.slipway.model.RoutePath;
import dev.slipway.model.Sticky;
import dev.slipway.model.UserException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AppJsonTest {

    @Test
    void startupChecksAreReadAndTheOthersPassedOver() {
        AppJson read = AppJson.parse("""
                {"healthchecks": {"web": [
                  {"type": "startup", "name": "page", "path": "/", "attempts": 10, "wait": 1, "timeout": 2, "content": "hi"},
                  {"type": "liveness", "path": "/live"}],
                 "ws": [{"listening": true, "port": 6000}]}}
                """);
        assertThat(read.healthchecks())
                .isEqualTo(Map.of(
                        ProcessType.WEB,
                        List.of(new Healthcheck(
                                "page",
                                new Healthcheck.Probe.Path(5000, "/", "hi"),
                                10,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(1),
                                Duration.ZERO)),
                        new ProcessType("ws"),
                        List.of(new Healthcheck(
                                "default",
                                new Healthcheck.Probe.Listening(6000),
                                3,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ZERO))));
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void thePublishedExamplesWrongKeysAreWarnedAboutWithTheLine() {
        AppJson read = AppJson.parse("{\n  \"name\": \"x\",\n  \"formations\": {\"web\": {\"count\": 1}}\n}\n");
        assertThat(read.formation()).isEmpty();
        assertThat(read.warnings()).containsExactly("app.json:3: formations is not read: the key is formation");
    }

    @Test
    void aQuantityIsAWholeNumber() {
        assertThat(AppJson.parse("{\"formation\": {\"web\": {\"quantity\": 2}}}")
                        .formation())
                .isEqualTo(Map.of(ProcessType.WEB, 2));
        assertThatThrownBy(() -> AppJson.parse("{\n\"formation\": {\n\"web\": {\"quantity\": -1}}}"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("app.json:3")
                .hasMessageContaining("quantity of web");
    }

    @Test
    void routesAreReadAsCommandsSetThem() {
        AppJson read = AppJson.parse("""
                {"routes": [
                  {"process": "ws", "path": "/echo"},
                  {"process": "api", "path": "/v1/", "port": 8080, "strip_prefix": true, "idle_timeout": "90s",
                   "sticky": "header:X-User", "max_connections": 10}]}
                """);
        assertThat(read.routes())
                .containsExactly(
                        Route.to(new ProcessType("ws"), new RoutePath("/echo")),
                        new Route(
                                new ProcessType("api"),
                                new RoutePath("/v1"),
                                8080,
                                true,
                                new IdleTime(90),
                                Optional.of(new Sticky.Header("X-User")),
                                10));
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void aRouteThatCannotBeIsRefusedAtItsLine() {
        assertRouteRefused("{\"process\": \"ws\"}", "app.json:3: a route needs a path");
        assertRouteRefused("{\"path\": \"/echo\"}", "app.json:3: a route needs a process");
        assertRouteRefused("{\"process\": \"ws\", \"path\": \"echo\"}", "app.json:3: Invalid path 'echo'");
        assertRouteRefused(
                "{\"process\": \"ws\", \"path\": \"/\",\n\"port\": 0}",
                "app.json:4: port must be a whole number from 1 to 65535");
        assertRouteRefused(
                "{\"process\": \"ws\", \"path\": \"/a\"},\n{\"process\": \"api\", \"path\": \"/a/\"}",
                "app.json:4: the path /a is routed twice");
        assertThat(AppJson.parse("{\"routes\": [{\"process\": \"ws\", \"path\": \"/a\",\n\"prefix\": 1}]}")
                        .warnings())
                .containsExactly("app.json:2: prefix is not read: the key is strip_prefix");
    }

    private static void assertRouteRefused(String route, String words) {
        assertThatThrownBy(() -> AppJson.parse("{\n\"routes\": [\n" + route + "]}"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(words);
    }

    @Test
    void aWebSocketCheckHasAPathAndMayExpectAnEcho() {
        AppJson read = AppJson.parse("""
                {"healthchecks": {"ws": [
                  {"name": "talks", "websocket": true, "path": "/echo", "echo": "hi", "port": 6000},
                  {"name": "opens", "websocket": true},
                  {"name": "asks", "command": ["./check", "--fast"]}]}}
                """);
        assertThat(read.healthchecks().get(new ProcessType("ws")))
                .extracting(Healthcheck::probe)
                .containsExactly(
                        new Healthcheck.Probe.WebSocket(6000, "/echo", Optional.of("hi")),
                        new Healthcheck.Probe.WebSocket(5000, "/", Optional.empty()),
                        new Healthcheck.Probe.Program(List.of("./check", "--fast")));
        assertThatThrownBy(() -> AppJson.parse("{\"healthchecks\": {\"ws\": [\n{\"path\": \"/\", \"echo\": \"hi\"}]}}"))
                .hasMessage("app.json:2: healthcheck default: an echo needs \"websocket\": true beside it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"health", "/a b", "/{id}", "/a#b", "/a|b", "/50%", "/ä", "/a^b", "/a\\\\b"})
    void aPathThatNoRequestCanAskForIsRefusedWithItsLine(String path) {
        assertThatThrownBy(() -> AppJson.parse("{\"healthchecks\": {\"web\": [{\n\"path\": \"" + path + "\"}]}}"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("app.json:2: healthcheck default: the path must begin with /");
    }

    @Test
    void whatIsNotJsonIsRefusedWithItsLine() {
        assertThatThrownBy(() -> AppJson.parse("{\n\"formation\": {,}\n}"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("app.json:2: ");
        assertThatThrownBy(() -> AppJson.parse("[]")).hasMessageContaining("not a JSON object");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"formatoin": {}}                                              | formatoin is not read: the key is formation
            {"checks": {}}                                                 | checks is not read: the key is healthchecks
            {"buildpack": []}                                              | buildpack is not read: the key is buildpacks
            {"Env": {}}                                                    | Env is not read: the key is env
            {"formation": {"web": {"quantitiy": 1}}}                       | quantitiy is not read: the key is quantity
            {"formation": {"web": {"quantity": 1, "count": 1}}}            | count is not read: the key is quantity
            {"healthchecks": {"web": [{"path": "/", "time-out": 1}]}}      | time-out is not read: the key is timeout
            {"healthchecks": {"web": [{"path": "/", "retries": 1}]}}       | retries is not read: the key is attempts
            {"scripts": {"postdeply": "x"}}                                | postdeply is not read: the key is postdeploy
            {"scripts": {"dokku": {"pre-deploy": "x"}}}                    | pre-deploy is not read: the key is predeploy
            {"cron": [{"command": "x", "schedule": "@daily", "comand": 1}]} | comand is not read: the key is command
            {"env": {"KEY": {"genrator": "secret"}}}                       | genrator is not read: the key is generator
            {"buildpacks": [{"url": "heroku/go", "urll": "x"}]}            | urll is not read: the key is url
            """)
    void aKeyNearAKnownOneIsToldWithTheRightOne(String json, String warning) {
        assertThat(AppJson.parse("deploy/app.json", json).warnings()).containsExactly("deploy/app.json:1: " + warning);
    }

    @Test
    void keysOfHerokusSchemaAndKeysFarFromAllAreSilent() {
        AppJson read = AppJson.parse("""
                {
                  "name": "x", "description": "x", "keywords": ["x"], "repository": "x", "website": "x", "logo": "x",
                  "success_url": "x", "stack": "heroku-24", "addons": ["x"], "environments": {"test": {"scripts": {}}},
                  "image": "x", "vendor-extension": 1, "%s": 1,
                  "formation": {"web": {"quantity": 1, "size": "standard-1x"}},
                  "env": {"EVN": "plain", "valeu": {"value": "the variable may be called anything"}},
                  "healthchecks": {"wbe": []}
                }
                """.formatted("k".repeat(40_000)));
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void aKeyWithoutEndIsRefused() {
        assertThatThrownBy(() -> AppJson.parse("{\"" + "k".repeat(100_000) + "\": 1}"))
                .isInstanceOf(dev.slipway.model.UserException.class)
                .hasMessageStartingWith("app.json: Name length");
    }

    @Test
    void buildpacksAreReadInTheirOrder() {
        assertThat(AppJson.parse("{\"buildpacks\": [{\"url\": \"heroku/go\"}, {\"url\": \"./mine\"}]}")
                        .buildpacks())
                .hasToString("[https://github.com/heroku/heroku-buildpack-go.git, ./mine]");
    }

    @Test
    void scriptsVariablesAndCronTasksAreRead() {
        AppJson read = AppJson.parse("""
                {"scripts": {"postdeploy": "seed", "dokku": {"predeploy": "migrate", "postdeploy": "tell"}},
                 "env": {"A": "1", "B": {"value": 2, "required": false, "sync": true}, "C": {"generator": "secret"}},
                 "cron": [{"command": "clean", "schedule": "@daily", "concurrency_policy": "replace"}]}
                """);
        assertThat(read.scripts())
                .isEqualTo(new Scripts(Optional.of("migrate"), Optional.of("tell"), Optional.of("seed")));
        assertThat(read.env())
                .isEqualTo(List.of(
                        new Variable("A", Optional.of("1"), false, true, false, "", "app.json:2"),
                        new Variable("B", Optional.of("2"), false, false, true, "", "app.json:2"),
                        new Variable("C", Optional.empty(), true, true, false, "", "app.json:2")));
        assertThat(read.cron())
                .isEqualTo(List.of(
                        new CronTask("clean", CronSchedule.parse("@daily"), false, CronTask.Concurrency.REPLACE)));
        assertThat(read.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {"scripts": {"dokku": {"predeploy": 1}}} => app.json:1: predeploy must be a text: "…"
            {"scripts": "x"} => app.json:1: this must be an object: { "…": … }
            {"env": {"1A": "x"}} => app.json:1: Invalid key name: '1A': letters, digits and _ only, not beginning with a digit, at most 255 of them
            {"env": {"A": {"generator": "uuid"}}} => app.json:1: the generator of A must be "secret": there is no other
            {"env": {"A": {"value": []}}} => app.json:1: the value of A must be a text: "…"
            {"env": {"A": {"sync": true}}} => app.json:1: A has sync, but no value to set at each deploy
            {"cron": {}} => app.json:1: this must be a list: [ … ]
            {"cron": [{"schedule": "@daily"}]} => app.json:1: a cron task needs a command: "command": "./clean"
            {"cron": [{"command": "x"}]} => app.json:1: a cron task needs a schedule: "schedule": "@daily"
            {"cron": [{"command": "x", "schedule": "@daily", "concurrency_policy": "never"}]} => app.json:1: concurrency_policy must be allow, forbid or replace
            {"cron": [{"command": "x", "schedule": "@daily"}, {"command": "x", "schedule": "@daily"}]} => app.json:1: this command has this schedule twice: keep one of the two
            """)
    void whatCannotBeIsRefusedWithTheLine(String text, String message) {
        assertThatThrownBy(() -> AppJson.parse(text))
                .isInstanceOf(UserException.class)
                .hasMessage(message);
    }
}
