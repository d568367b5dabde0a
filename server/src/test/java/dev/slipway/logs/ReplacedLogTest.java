package dev.slipway.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.TestMachine;
import dev.slipway.model.AppName;
import dev.slipway.model.Limits;
import dev.slipway.model.SandboxUser;
import dev.slipway.sandbox.PrivateFiles;
import dev.slipway.sandbox.ProcessLog;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandboxes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The real conmon replaces a log that is full. */
class ReplacedLogTest {

    private static final AppName SHOP = new AppName("shop");

    @Test
    void whatWasBeforeTheReplacementIsKept() throws Exception {
        try (TestMachine machine = TestMachine.create();
                AppLogs logs = new AppLogs(machine.directory().resolve("log"))) {
            Sandboxes sandboxes = machine.sandboxes();
            sandboxes.prepare();
            Path log = PrivateFiles.directory(machine.directory().resolve("log/shop"))
                    .resolve("web.1.aa.log");
            PrivateFiles.create(log);
            await().until(() -> Files.exists(log.resolveSibling("web.1.aa.log.held")));
            sandboxes.start(
                    new Sandbox(
                            "one",
                            "shop",
                            new SandboxUser(20001),
                            Limits.PROCESS,
                            Sandbox.shell("for i in $(seq 1000); do echo line $i; done; exec sleep 1000"),
                            Map.of(),
                            new Sandbox.App.Layered(machine.tree("app")),
                            List.of()),
                    log,
                    30_000);
            await().untilAsserted(() -> {
                List<LogEntry> lines = logs.tail(SHOP, LogFilter.ALL, 2_000);
                assertThat(lines).hasSize(1000);
                assertThat(lines.getFirst().line().text()).isEqualTo("line 1");
                assertThat(lines.getLast().line().text()).isEqualTo("line 1000");
            });
            assertThat(Files.size(ProcessLog.before(log))).isBetween(20_000L, 30_000L);
            assertThat(Files.size(log)).isLessThanOrEqualTo(30_000);
            assertThat(Files.getAttribute(log, "unix:mode")).isEqualTo(0100600);
        }
    }
}
