package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deploy.appjson.AppJson;
import dev.slipway.deploy.appjson.Healthcheck;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.Build;
import dev.slipway.model.HostPorts;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Procfile;
import dev.slipway.model.Release;
import dev.slipway.model.Revision;
import dev.slipway.proxy.MemoryProxy;
import dev.slipway.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has to be shown before nginx may lead anybody to a process. */
final class StartupChecksTest {

    private static final ProcessType WS = new ProcessType("ws");

    private static final App APP = App.created(new AppName("shop"), 1, Instant.EPOCH);

    @TempDir
    private Path directory;

    private Store store;
    private StartupChecks checks;

    @BeforeEach
    void open() {
        store = Store.open(directory.resolve("slipway.db"), Clock.systemUTC());
        checks = new StartupChecks(new Sites(store, new HostPorts(80, 443)), new MemoryProxy());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void everyRoutedPortIsProvedWhateverElseIsChecked() {
        List<Healthcheck> checks = checks("""
                {"routes": [
                  {"process": "ws", "path": "/echo"},
                  {"process": "ws", "path": "/metrics", "port": 9000}],
                 "healthchecks": {"ws": [{"name": "talks", "websocket": true, "path": "/echo"}]}}
                """);
        assertThat(checks)
                .extracting(Healthcheck::probe)
                .containsExactly(
                        new Healthcheck.Probe.WebSocket(5000, "/echo", Optional.empty()),
                        new Healthcheck.Probe.Listening(9000));
    }

    @Test
    void whatNothingLeadsToHasToStayUp() {
        assertThat(checks("{}")).containsExactly(Healthcheck.uptime());
    }

    @Test
    void whatTheTemplateLeadsToHasToListenUnlessTheTemplateIsNotUsed() {
        Release release = release("{}", "{{ $.DOKKU_APP_WS_LISTENERS }}");
        String property = "nginx.disable-custom-config";

        assertThat(checks.ports(WS, APP, release)).containsExactly(5000);
        assertThat(checks.ports(WS, APP, release("{}", "{{ $.DOKKU_APP_WEB_LISTENERS }}")))
                .isEmpty();
        store.setGlobalProperty(property, Optional.of("true"));
        assertThat(checks.ports(WS, APP, release)).isEmpty();
        App own = APP.withProperty(property, Optional.of("false"));
        assertThat(checks.ports(WS, own, release)).containsExactly(5000);
    }

    private List<Healthcheck> checks(String appJson) {
        return checks.of(WS, APP, release(appJson, ""), AppJson.parse(appJson));
    }

    private static Release release(String appJson, String template) {
        Build build = new Build(
                "key", Path.of("/builds/key/app"), Procfile.parse("Procfile", "web: serve\nws: talk\n"), Map.of());
        return new Release(
                1, new Revision("4".repeat(40)), build, Optional.of(template), Optional.of(appJson), Instant.EPOCH);
    }
}
