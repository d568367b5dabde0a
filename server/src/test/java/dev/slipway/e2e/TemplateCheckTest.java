package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Command;
import dev.slipway.exec.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a custom template gets wrong is told at the push, and in whole when asked. */
final class TemplateCheckTest {

    private static Platform platform;
    private static Checkout shop;
    private static String pushed;

    @BeforeAll
    static void push() {
        platform = Platform.start();
        shop = EchoApp.checkout(platform, "shop");
        pushed = shop.deploy();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void aPushWarnsWithPlaceAndMend() {
        List<String> lines = shop.read("nginx.conf.sigil").lines().toList();
        String header = "    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;";
        List<String> told = pushed.lines().map(String::stripTrailing).toList();

        assertThat(told)
                .containsSubsequence(
                        "remote: -----> Pre-validating custom nginx.conf.sigil",
                        "remote:  !     nginx.conf.sigil:%d: X-Forwarded-For can be faked by a client (also line %d)"
                                .formatted(1 + lines.indexOf(header), 1 + lines.lastIndexOf(header)),
                        "remote:  !         proxy_set_header X-Forwarded-For {{ $.PROXY_X_FORWARDED_FOR }};",
                        "remote:  !     The reasons: dokku nginx:template:check shop",
                        "remote: =====> Application deployed:");
        assertThat(pushed).doesNotContain("appends to what the client sent");
    }

    @Test
    void theCommandTellsTheReasonsAndTheRoute() {
        Result checked = platform.ssh("nginx:template:check", "shop");

        assertThat(checked.exitCode()).isZero();
        assertThat(checked.out())
                .contains("    why:  $proxy_add_x_forwarded_for appends to what the client sent")
                .contains("| upstream shop-ws (ws:5000)\n")
                .contains("""
                        -----> Commands that take its place
                               dokku proxy:route:set shop ws /echo
                        -----> With these in its place, the file can be removed
                               git rm nginx.conf.sigil
                        """);
    }

    @Test
    void aFileIsCheckedByNginxToo() {
        String good = shop.directory().resolve("nginx.conf.sigil").toString();
        assertThat(platform.ok("nginx:template:check", good))
                .contains(good + ":")
                .contains("dokku proxy:route:set APP ws /echo\n");

        Command command = Command.of(platform.sshArgv("nginx:template:check", "-"))
                .reading(shop.read("nginx.conf.sigil").replace("proxy_buffering off;", "proxy_bufferin off;"))
                .within(Duration.ofMinutes(1));
        Result bad = platform.run(command);
        assertThat(bad.exitCode()).isEqualTo(1);
        assertThat(bad.err()).startsWith(" !     nginx.conf.sigil:").contains("unknown directive \"proxy_bufferin\"");
        assertThat(bad.out()).contains("X-Forwarded-For can be faked by a client");
    }

    @Test
    void onlyATypeThatALocationLeadsToHasToListen() {
        Checkout idle = EchoApp.checkout(platform, "idle");
        String template = idle.read("nginx.conf.sigil");
        String upstream = """
                upstream {{ $.APP }}-worker {
                  server {{ or $.DOKKU_APP_WORKER_LISTENERS "127.0.0.1:65535" }};
                }
                """;
        idle.write("Procfile", idle.read("Procfile") + "worker: exec sleep 600\n")
                .write("nginx.conf.sigil", template + upstream)
                .write("app.json", "{\"formation\": {\"worker\": {\"quantity\": 1}}}")
                .commit("a worker")
                .deploy();
        String serving = platform.processes("idle");

        Result led = idle.write("nginx.conf.sigil", template.replace("-ws;", "-worker;") + upstream)
                .commit("the sockets are the worker's")
                .push();
        assertThat(led.exitCode()).isNotZero();
        assertThat(led.err()).contains("worker.1").contains("5000");
        assertThat(platform.processes("idle")).isEqualTo(serving);
    }
}
