package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.TestMachine;
import dev.slipway.console.Console;
import dev.slipway.exec.Command;
import dev.slipway.exec.SystemRunner;
import dev.slipway.model.AppName;
import dev.slipway.model.Build;
import dev.slipway.model.Limits;
import dev.slipway.model.ProcessType;
import dev.slipway.model.SandboxUser;
import dev.slipway.model.UserException;
import dev.slipway.sandbox.Sandboxes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class HostBuilderTest {

    private static final AppName SHOP = new AppName("shop");
    private static final SandboxUser USER = new SandboxUser(20001);
    private static final SandboxUser RUNS = new SandboxUser(20002);
    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final Limits LIMITS = new Limits(1024 * Limits.MIB, 512, 0, 0);

    private static final String POM = """
            <project>
              <modelVersion>4.0.0</modelVersion>
              <groupId>shop</groupId><artifactId>shop</artifactId><version>1</version>
              <packaging>pom</packaging>
            </project>
            """;

    private final TestMachine machine = TestMachine.create();
    private final Sandboxes sandboxes = machine.sandboxes();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(out, err);

    HostBuilderTest() {
        sandboxes.prepare();
    }

    @AfterEach
    void clean() {
        machine.close();
    }

    private HostBuilder builder(Duration longest) {
        Path directory = machine.directory();
        return new HostBuilder(
                sandboxes,
                new HostBuilder.Places(directory.resolve("builds"), directory.resolve("caches")),
                new HostBuilder.Settings(LIMITS, longest, JDK));
    }

    private final HostBuilder builder = builder(Duration.ofMinutes(5));

    private Build build(String treeId, String... files) {
        return build(builder, treeId, files);
    }

    private Build build(HostBuilder with, String treeId, String... files) {
        Path source = machine.tree("source-" + treeId, files);
        return with.build(new BuildRequest(SHOP, source, treeId, Map.of(), USER, RUNS), console);
    }

    @Test
    void aTreeWithAProcfileAloneIsTakenAsItIs() throws IOException {
        Build build = build("1", "Procfile", "web: ./server\nws: ./sockets\n", "server", "#!/bin/sh\n");
        assertThat(build.procfile().command(ProcessType.WEB)).isEqualTo("./server");
        assertThat(build.procfile().types()).hasSize(2);
        assertThat(build.tree().resolve("server")).isExecutable();
        assertThat(Files.getAttribute(build.tree().resolve("server"), "unix:uid"))
                .isEqualTo(RUNS.uid());
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("-----> Procfile app detected\n       Nothing to build");
        assertThat(build.tree().resolveSibling("env")).doesNotExist();
    }

    @Test
    void anEqualTreeIsNotBuiltTwice() {
        Build first = build("1", "Procfile", "web: ./server\n");
        assertThat(builder.find(SHOP, builder.key("1", Map.of()))).contains(first);
        assertThat(builder.find(SHOP, builder.key("1", Map.of("NEW", "config"))))
                .isEmpty();
        out.reset();
        assertThat(build("1", "Procfile", "web: ./server\n")).isEqualTo(first);
        assertThat(out.size()).isZero();
    }

    @Test
    void buildsThatNobodyNeedsAreRemoved() {
        Build old = build("1", "Procfile", "web: ./old\n");
        Build current = build("2", "Procfile", "web: ./current\n");
        builder.keep(SHOP, Set.of(current.key()));
        assertThat(builder.find(SHOP, old.key())).isEmpty();
        assertThat(builder.find(SHOP, current.key())).contains(current);
        assertThat(old.tree()).doesNotExist();
        builder.forget(SHOP);
        assertThat(builder.find(SHOP, current.key())).isEmpty();
    }

    @Test
    void aBuildThatIsMadeFromAnotherIsACopyAndKeepsTheOther() throws IOException {
        Build first = build("1", "Procfile", "web: ./server\n", "bin/server", "#!/bin/sh\n");
        Files.createSymbolicLink(first.tree().resolve("link"), Path.of("/etc/hostname"));
        assertThat(new SystemRunner()
                        .run(Command.of("mkfifo", first.tree().resolve("pipe").toString()))
                        .exitCode())
                .isZero();
        Build amended = builder.amend(SHOP, first, RUNS, tree -> change(tree.resolve("bin/server")));

        assertThat(amended.tree().resolve("bin/server")).hasContent("changed");
        assertThat(amended.tree().resolve("link")).isSymbolicLink();
        assertThat(amended.tree().resolve("pipe")).doesNotExist();
        assertThat(Files.getAttribute(amended.tree().resolve("new"), "unix:uid"))
                .isEqualTo(RUNS.uid());
        assertThat(Files.getAttribute(amended.tree().resolve("bin/server"), "unix:uid"))
                .isEqualTo(RUNS.uid());
        assertThat(first.tree().resolve("bin/server")).hasContent("#!/bin/sh");
        assertThat(builder.find(SHOP, amended.key())).contains(amended);
        Build carried = builder.carry(SHOP, new AppName("store"), amended);
        assertThat(carried.tree().resolve("bin/server")).hasContent("changed");
        Build again = builder.amend(SHOP, amended, RUNS, tree -> {});
        builder.keep(SHOP, Set.of(again.key()));
        assertThat(builder.find(SHOP, first.key())).contains(first);
        assertThat(builder.find(SHOP, amended.key())).isEmpty();
        assertThat(again.tree().resolve("bin/server")).hasContent("changed").isExecutable();
        builder.discard(SHOP, again);
        assertThat(again.tree()).doesNotExist();
        assertThat(first.tree()).exists();
    }

    @Test
    void aCopyThatIsNotWantedAnyMoreEnds() {
        Build first = build("1", "Procfile", "web: ./server\n");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> builder.amend(SHOP, first, RUNS, tree -> {}))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aChangeThatFailsLeavesNoBuild() throws IOException {
        Build first = build("1", "Procfile", "web: ./server\n");
        assertThatThrownBy(() -> builder.amend(SHOP, first, RUNS, tree -> {
                    throw UserException.failed("no");
                }))
                .hasMessageContaining("no");
        try (Stream<Path> builds = Files.list(first.tree().resolve("../.."))) {
            assertThat(builds).hasSize(1);
        }
    }

    private static void change(Path file) {
        try {
            Files.writeString(file, "changed");
            Files.writeString(file.resolveSibling("../new"), "by root");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aBuildOfARenamedAppIsItsOwnAndOutlivesTheOther() throws IOException {
        Build old = build("1", "Procfile", "web: ./server\n", "bin/server", "#!/bin/sh\n");
        AppName to = new AppName("store");
        Build carried = builder.carry(SHOP, to, old);
        assertThat(builder.find(to, old.key())).contains(carried);
        assertThat(Files.getAttribute(carried.tree(), "unix:uid")).isEqualTo(RUNS.uid());
        assertThat(Files.getAttribute(carried.tree().resolve("bin"), "unix:uid"))
                .isEqualTo(RUNS.uid());
        builder.forget(SHOP);
        assertThat(carried.tree().resolve("bin/server")).hasContent("#!/bin/sh").isExecutable();
        assertThat(builder.find(SHOP, old.key())).isEmpty();
    }

    @Test
    void aDockerfileAloneIsRefused() {
        assertThatThrownBy(() -> build("1", "Dockerfile", "FROM scratch\n"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("Dockerfile")
                .hasMessageContaining("Procfile");
    }

    @Test
    void aTreeOfNoKnownKindIsRefused() {
        assertThatThrownBy(() -> build("1", "README", "hello\n"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it has none of pom.xml, package.json, requirements.txt")
                .hasMessageContaining("dokku buildpacks:set");
    }

    @Test
    void aBrokenProcfileIsToldWithItsLine() {
        assertThatThrownBy(() -> build("1", "Procfile", "web: ./server\n\nbroken\n"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("Procfile:3");
        assertThat(machine.directory().resolve("builds/shop")).isEmptyDirectory();
    }

    @Test
    @EnabledIf("hasMaven")
    void aLinkInPlaceOfTheProcfileLeadsNowhere() throws IOException {
        Path source = machine.tree("source-1", "pom.xml", POM);
        Files.createSymbolicLink(source.resolve("Procfile"), Path.of("/etc/shadow"));
        assertThatThrownBy(() -> builder.build(new BuildRequest(SHOP, source, "1", Map.of(), USER, RUNS), console))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("There is no Procfile")
                .hasMessageNotContaining("root:");
    }

    @Test
    @EnabledIf("hasMaven")
    void aMavenProjectIsPackagedAndItsLaunchersFindTheirJdk() throws IOException {
        Build build = build("1", "pom.xml", POM, "Procfile", "web: shop web\n", "bin/shop", "echo not executable yet");
        assertThat(build.tree().resolve("bin/shop")).isExecutable();
        assertThat(Files.readString(build.tree().resolve(".profile.d/java.sh")))
                .contains("export JAVA_HOME=" + JDK.toRealPath());
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("-----> Maven app detected\n")
                .contains("-----> mvn -B -DskipTests package\n")
                .contains("       [INFO] BUILD SUCCESS");
    }

    @Test
    @EnabledIf("hasMaven")
    void aMavenProjectThatDoesNotBuildIsRefusedWithWhatMavenSays() {
        assertThatThrownBy(() -> build("1", "pom.xml", "<project/>", "Procfile", "web: x\n"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("The build of shop failed in the buildpack maven")
                .hasMessageContaining("'modelVersion' is missing");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(" !     mvn package failed with exit code 1");
    }

    @Test
    @EnabledIf("hasMaven")
    void aJdkThatIsNotThereIsToldWithThoseThatAre() {
        assertThatThrownBy(() -> build("1", "pom.xml", POM, "system.properties", "java.runtime.version=7\n"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("No JDK 7 on this machine")
                .hasMessageContaining("25");
    }

    @Test
    @EnabledIf("hasMaven")
    void aBuildThatTakesTooLongIsEndedWhole() {
        HostBuilder hasty = builder(Duration.ofMillis(600));
        assertThatThrownBy(() -> build(hasty, "1", "pom.xml", POM, "Procfile", "web: x\n"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("took longer than");
        assertThat(sandboxes.present()).isEmpty();
    }

    @Test
    @EnabledIf("hasMaven")
    void anInterruptedBuildIsEndedWhole() throws InterruptedException {
        Console watched = new Console(out, OutputStream.nullOutputStream());
        Path source = machine.tree("source-1", "pom.xml", POM, "Procfile", "web: x\n");
        Thread push = Thread.startVirtualThread(
                () -> builder.build(new BuildRequest(SHOP, source, "1", Map.of(), USER, RUNS), watched));
        await().until(() -> out.toString(StandardCharsets.UTF_8).contains("mvn -B"));
        push.interrupt();
        assertThat(push.join(Duration.ofSeconds(20))).isTrue();
        assertThat(sandboxes.present()).isEmpty();
        assertThat(machine.directory().resolve("builds/shop")).isEmptyDirectory();
    }

    static boolean hasMaven() {
        return Files.isExecutable(Path.of("/usr/bin/mvn"));
    }
}
