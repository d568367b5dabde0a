package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Apps and nginx outlive the daemon, however it ends, and the next daemon takes them up. */
final class AdoptionTest {

    private static final String HOST = "shop.test";

    private static Platform platform;
    private static Checkout shop;

    /** How the daemon ends. */
    enum End {
        KILLED,
        TERMINATED
    }

    @BeforeAll
    static void start() {
        platform = Platform.start();
        shop = EchoApp.checkout(platform, "shop");
        shop.deploy();
        platform.ok("ps:scale", "shop", "ws=1");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatRanGoesOnAndIsTakenUpAgain(End end) throws Exception {
        // What a deploy before this one replaced goes when it has drained, whoever looks after it.
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> !platform.ok("ps:report", "shop").contains("draining"));
        Map<Long, String> before = processes();
        assertThat(before).hasSizeGreaterThanOrEqualTo(3);
        try (OpenSocket socket = OpenSocket.open(platform, HOST, "/echo")) {
            assertThat(socket.say("before")).isEqualTo("before");
            end(end);
            assertThat(socket.say("between")).isEqualTo("between");
            assertThat(new Web(platform, HOST).get("/").statusCode()).isEqualTo(200);
            platform.startAgain();
            assertThat(socket.say("after")).isEqualTo("after");
            assertThat(processes()).isEqualTo(before);
            assertThat(platform.ok("ps:report", "shop", "--running").strip()).isEqualTo("true");
        }
        assertThat(platform.ok("logs", "shop", "-p", "web")).contains("web listens on 5000");

        shop.replace("web.py", "VERSION = \"", "VERSION = \"" + end + "-")
                .commit("another version")
                .deploy();
        assertThat(new Web(platform, HOST).get("/").body()).contains(end + "-");
    }

    @ParameterizedTest
    @EnumSource
    void anExitThatHappenedMeanwhileIsAnswered(End end) {
        String before = platform.ok("ps:report", "shop");
        long victim = processes().entrySet().stream()
                .filter(process -> process.getValue().contains("web.py"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        end(end);
        ProcessHandle.of(victim).orElseThrow().destroyForcibly();
        ProcessHandle.of(victim).ifPresent(process -> process.onExit().join());
        platform.startAgain();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> new Web(platform, HOST).get("/").statusCode() == 200);
        assertThat(before).contains("web 1");
    }

    private static void end(End end) {
        switch (end) {
            case KILLED -> platform.kill();
            case TERMINATED -> platform.terminate();
        }
    }

    /** The platform's nginx and the app's Python processes, by process id, with their start times and command lines. */
    private static Map<Long, String> processes() {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .flatMap(AdoptionTest::describe)
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<Map.Entry<Long, String>> describe(Path process) {
        try {
            String command = Files.readString(process.resolve("cmdline")).replace('\0', ' ');
            String cgroup = Files.readString(process.resolve("mountinfo"));
            boolean ours = command.contains(platform.data().toString())
                    || (command.matches("python3 (web|ws)\\.py.*")
                            && cgroup.contains(platform.data().toString()));
            if (!ours || command.contains("slipway.server") || command.contains("conmon")) {
                return Stream.of();
            }
            List<String> stat = List.of(Files.readString(process.resolve("stat"))
                    .replaceAll(".*\\) ", "")
                    .split(" "));
            return Stream.of(Map.entry(Long.parseLong(process.getFileName().toString()), stat.get(19) + " " + command));
        } catch (IOException e) {
            return Stream.of(); // It ended while it was looked at.
        }
    }
}
