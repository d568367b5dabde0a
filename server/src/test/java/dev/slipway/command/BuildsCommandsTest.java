package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.slipway.exec.Result;
import dev.slipway.model.AppName;
import dev.slipway.model.BuildRecord;
import dev.slipway.model.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BuildsCommandsTest extends AtDesk {

    private static final Map<String, String> FILES = Map.of("Procfile", "web: serve\n");

    @BeforeEach
    void open() {
        desk.ok("apps:create", "shop");
    }

    private String id() {
        return desk.ok("builds:report", "shop", "--build-id").strip();
    }

    @Test
    void aBuildIsOnRecordWithWhatItPrinted() throws IOException {
        assertThat(desk.ok("builds:list", "shop")).isEqualTo("No builds recorded for this app\n");
        assertThat(desk.ok("builds:list")).isEqualTo("No builds currently running\n");
        desk.ok("config:set", "shop", "SECRET=12345");
        Result deployed = desk.deploy("shop", FILES);
        String id = id();
        Path log = directory.resolve("build-logs").resolve(id + ".log");
        String sha = desk.deployBranch("shop");

        assertThat(id).matches("[0-9a-z]{14}");
        assertThat(desk.ok("builds:list", "shop")).isEqualTo("""
                Build ID        Kind   Status     Source    Started               Duration
                %s  build  succeeded  git-hook  2023-11-14T22:13:20Z  0s
                """.formatted(id));
        assertThat(desk.ok("builds:info", "shop", id)).isEqualTo("""
                Build ID:   %s
                App:        shop
                Kind:       build
                Status:     succeeded
                Source:     git-hook
                Revision:   %s
                Started:    2023-11-14T22:13:20Z
                Finished:   2023-11-14T22:13:20Z
                Duration:   0s
                Exit Code:  0
                Log:        %s
                """.formatted(id, sha, log));
        assertThat(desk.ok("builds:info", "shop", id, "--format", "json"))
                .isEqualTo("{\"id\":\"" + id + "\",\"app\":\"shop\",\"kind\":\"build\","
                        + "\"started_at\":\"2023-11-14T22:13:20Z\",\"finished_at\":\"2023-11-14T22:13:20Z\","
                        + "\"status\":\"succeeded\",\"source\":\"git-hook\",\"revision\":\"" + sha + "\","
                        + "\"exit_code\":0,\"display_status\":\"succeeded\",\"duration\":\"0s\",\"log_path\":\"" + log
                        + "\"}\n");
        assertThat(desk.ok("builds:output", "shop", id))
                .isEqualTo(deployed.out())
                .startsWith("-----> Releasing shop v1...\n")
                .doesNotContain("12345");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                .isEqualTo("rw-------");
    }

    @Test
    void aBuildThatFailsIsOnRecordWithTheReason() {
        desk.deploy("shop", Map.of("Procfile", "broken\n"));
        assertThat(desk.ok("builds:list", "shop", "--status", "failed")).contains(id());
        assertThat(desk.ok("builds:list", "shop", "--status", "succeeded"))
                .isEqualTo("No builds recorded for this app\n");
        assertThat(desk.ok("builds:output", "shop", id())).startsWith(" !     Procfile:1: ");
        assertThat(desk.ok("builds:report", "shop")).isEqualTo("""
                =====> shop builds information
                       Build exit code:               1
                       Build finished at:             2023-11-14T22:13:20Z
                       Build id:                      %s
                       Build kind:                    build
                       Build source:                  git-hook
                       Build started at:              2023-11-14T22:13:20Z
                       Build status:                  failed
                       Builds computed retention:     20
                       Builds global retention:
                       Builds retention:
                """.formatted(id()));
    }

    @Test
    void whatIsAskedForWronglyIsRefused() {
        assertThat(desk.run("builds:list", "shop", "--kind", "garbage").err())
                .isEqualTo(" !     Invalid --kind value \"garbage\" (allowed: build, deploy)\n");
        assertThat(desk.run("builds:list", "shop", "--status", "odd").err())
                .startsWith(" !     Invalid --status value");
        assertThat(desk.run("builds:list", "shop", "--format", "xml").exitCode())
                .isEqualTo(1);
        assertThat(desk.run("builds:list", "nosuch").exitCode()).isEqualTo(20);
        assertThat(desk.run("builds:info", "shop", "../../etc/passwd").err())
                .isEqualTo(" !     No build record found for shop/../../etc/passwd: dokku builds:list shop\n");
        assertThat(desk.run("builds:output", "shop", "nosuch").exitCode()).isEqualTo(1);
        assertThat(desk.run("builds:info", "shop").err()).startsWith(" !     Please specify");
        assertThat(desk.run("builds:set", "shop", "retention", "0").err())
                .isEqualTo(" !     retention must be a whole number from 1 to 100\n");
        assertThat(desk.ok("builds:cancel", "shop")).isEqualTo("-----> App not currently deploying\n");
        assertThat(desk.ok("builds:output", "shop")).isEqualTo("-----> App not currently deploying\n");
        assertThat(desk.ok("builds:list", "shop", "--format", "json")).isEqualTo("[]\n");
    }

    @Test
    void noMoreBuildsAreKeptThanAreWanted() throws IOException {
        desk.ok("builds:set", "shop", "retention", "2");
        for (String command : new String[] {"one", "two", "three"}) {
            desk.deploy("shop", Map.of("Procfile", "web: " + command + "\n"));
        }
        assertThat(desk.ok("builds:list", "shop").lines()).hasSize(3);
        assertThat(logs()).isEqualTo(2);
        desk.ok("builds:set", "shop", "retention", "1");
        assertThat(desk.ok("builds:prune", "shop")).isEmpty();
        assertThat(logs()).isEqualTo(1);
        desk.ok("builds:prune", "--all-apps");
        desk.ok("--force", "apps:destroy", "shop");
        assertThat(logs()).isZero();
    }

    @Test
    void aCleanupLeavesWhatRunsAndTheRecordsThatAreToBeKept() throws IOException {
        desk.deploy("shop", Map.of("Procfile", "web: one\n"));
        desk.deploy("shop", Map.of("Procfile", "web: two\n"));
        desk.ok("ps:stop", "shop");
        desk.ok("ps:start", "shop");
        desk.ok("builds:set", "shop", "retention", "1");
        String running = desk.store()
                .app(new AppName("shop"))
                .release()
                .orElseThrow()
                .build()
                .key();
        int before = desk.buildsKept().size();

        assertThat(desk.ok("cleanup", "shop")).isEqualTo("-----> Cleaning up...\n");
        assertThat(desk.ok("--quiet", "cleanup")).isEmpty();

        assertThat(desk.buildsKept().subList(before, before + 2)).containsExactly(Set.of(running), Set.of(running));
        assertThat(logs()).isEqualTo(1);
        assertThat(desk.run("cleanup", "nosuch").exitCode()).isEqualTo(20);
        assertThat(desk.run("cleanup", "shop", "more").err()).startsWith(" !     Too many words");
    }

    @Test
    void aCleanupLeavesAloneWhatIsBeingDeployed() {
        List<String> said = new CopyOnWriteArrayList<>();
        desk.whileBuilding(() -> {
            Thread another = Thread.ofVirtual().start(() -> said.add(desk.ok("cleanup")));
            assertThatCode(another::join).doesNotThrowAnyException();
        });

        desk.deploy("shop", FILES);

        assertThat(said)
                .containsExactly(
                        "-----> Cleaning up...\n       shop is being changed by somebody else and left alone\n");
    }

    private long logs() throws IOException {
        try (var files = Files.list(directory.resolve("build-logs"))) {
            return files.count();
        }
    }

    @Test
    void rebuildsAndClonesAreOnRecordToo() {
        desk.deploy("shop", FILES);
        desk.ok("ps:rebuild", "shop");
        assertThat(desk.ok("builds:report", "shop", "--build-source")).isEqualTo("ps:rebuild\n");
        desk.ok("apps:clone", "shop", "store");
        assertThat(desk.ok("builds:report", "store", "--build-source")).isEqualTo("apps:clone\n");
        desk.ok("apps:rename", "shop", "market");
        assertThat(desk.ok("builds:list", "market").lines()).hasSize(3);
    }

    @Test
    void whatIsDeployedWithoutABuildIsOnRecordAsADeploy() {
        desk.deploy("shop", FILES);
        desk.ok("config:set", "shop", "A=1");
        desk.ok("ps:restart", "shop");
        desk.ok("ps:stop", "shop");
        desk.ok("ps:start", "shop");
        assertThat(desk.ok("builds:list", "shop", "--kind", "deploy").lines().skip(1))
                .satisfiesExactlyInAnyOrder(
                        row -> assertThat(row).contains("deploy  succeeded  ps:start"),
                        row -> assertThat(row).contains("deploy  succeeded  ps:restart"),
                        row -> assertThat(row).contains("deploy  succeeded  config-redeploy"));
        assertThat(desk.ok("builds:list", "shop", "--kind", "build").lines().skip(1))
                .singleElement()
                .asString()
                .contains("build  succeeded  git-hook");
        assertThat(desk.ok("builds:list", "shop").lines()).hasSize(5);

        desk.ok("config:set", "--no-restart", "shop", "B=2");
        assertThat(desk.run("ps:restart", "shop", "nosuch").exitCode()).isEqualTo(1);
        desk.ok("ps:start", "shop");
        assertThat(desk.ok("builds:list", "shop").lines()).hasSize(5);
    }

    @Test
    void whatPredeployMadeForADeployThatFailsIsRemoved() {
        Map<String, String> files = Map.of(
                "Procfile", "web: ./server\nrelease: migrate\n",
                "app.json", "{\"scripts\": {\"dokku\": {\"predeploy\": \"collect\"}}}");
        desk.scheduler().attending((spec, caller) -> spec.command().equals("migrate") ? 5 : 0);
        assertThat(desk.deploy("shop", files).err()).contains("release task failed with code 5");
        assertThat(desk.buildsAmended()).isEmpty();

        desk.scheduler().attending((spec, caller) -> 0);
        desk.proxy().refuse(site -> desk.buildsAmended().size() == 1);
        assertThat(desk.deploy("shop", files).err()).contains("no servers are inside upstream");
        assertThat(desk.buildsAmended()).isEmpty();

        desk.proxy().refuse(site -> false);
        desk.deploy("shop", files);
        assertThat(desk.buildsAmended()).hasSize(1);
    }

    @Test
    void aDeployThatFailsIsOnRecordWithItsReason() {
        desk.deploy("shop", FILES);
        desk.proxy().refuse(site -> true);

        assertThat(desk.run("config:set", "shop", "A=1").exitCode()).isEqualTo(1);

        assertThat(desk.run("config:get", "shop", "A").exitCode()).isEqualTo(1);
        assertThat(desk.ok("builds:list", "shop", "--kind", "deploy", "--status", "failed")
                        .lines()
                        .skip(1))
                .singleElement()
                .asString()
                .contains("config-redeploy");
        String id = desk.ok("builds:report", "shop", "--build-id").strip();
        assertThat(desk.ok("builds:output", "shop", id)).contains("no servers are inside upstream");
    }

    @Test
    void theOutputOfARunningBuildIsFollowedToItsEnd() throws Exception {
        CountDownLatch building = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        desk.whileBuilding(() -> {
            building.countDown();
            await(goOn);
        });
        CompletableFuture<Result> deploy = CompletableFuture.supplyAsync(() -> desk.deploy("shop", FILES));
        building.await();
        assertThat(desk.ok("builds:list")).contains("shop  ").contains("git-hook");
        CompletableFuture<Result> watching = CompletableFuture.supplyAsync(() -> desk.run("builds:output", "shop"));
        goOn.countDown();
        assertThat(watching.get().out()).isEqualTo(deploy.get().out()).contains("Application deployed:");
    }

    @Test
    void aBuildThatIsCanceledStopsAndTheOldReleaseServesOn() throws Exception {
        desk.deploy("shop", FILES);
        String running = desk.ok("ps:report", "shop", "--status-web-1");
        CountDownLatch building = new CountDownLatch(1);
        desk.whileBuilding(() -> {
            building.countDown();
            await(new CountDownLatch(1));
        });
        CompletableFuture<Result> deploy =
                CompletableFuture.supplyAsync(() -> desk.deploy("shop", Map.of("Procfile", "web: other\n")));
        building.await();
        assertThat(desk.ok("builds:cancel", "shop")).isEqualTo("-----> Killing app deploy\n");
        assertThat(deploy.get().exitCode()).isEqualTo(1);
        assertThat(deploy.get().err()).isEqualTo("The build of shop was canceled: dokku builds:cancel");
        assertThat(desk.ok("builds:report", "shop", "--build-status")).isEqualTo("canceled\n");
        assertThat(desk.ok("builds:report", "shop", "--build-exit-code")).isEqualTo("-1\n");
        assertThat(desk.ok("builds:output", "shop", id()))
                .endsWith(" !     The build of shop was canceled: dokku builds:cancel\n");
        assertThat(desk.ok("ps:report", "shop", "--status-web-1")).isEqualTo(running);
        desk.whileBuilding(() -> {});
        assertThat(desk.deploy("shop", Map.of("Procfile", "web: third\n")).exitCode())
                .isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the build was interrupted", e);
        }
    }

    @Test
    void aBuildThatADaemonDidNotEndHasFailed() throws IOException {
        BuildRecord left = new BuildRecord(
                "00000000000001",
                new AppName("shop"),
                BuildRecord.Origin.GIT_SYNC,
                new Revision(Desk.SHA),
                Desk.NOW,
                Optional.empty(),
                BuildRecord.Status.RUNNING,
                Optional.empty());
        desk.store().begin(left);
        Files.writeString(directory.resolve("build-logs/00000000000001.log"), "-----> half of it\n");
        desk.resume();
        assertThat(desk.ok("builds:list", "shop")).contains("failed  git:sync");
        assertThat(desk.ok("builds:output", "shop", "00000000000001"))
                .isEqualTo("-----> half of it\n !     The server ended while this build was under way\n");
    }
}
