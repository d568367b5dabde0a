package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every command, typed over ssh and on the server's own command line: what works, and what is refused and how. */
final class TranscriptsTest {

    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([a-z:-]+)");

    /** What needs Docker's images, which are refused whatever else is right. */
    private static final Set<String> ALWAYS_REFUSED = Set.of("git:from-image", "git:load-image");

    /** A server for each way in, so that both can be gone at once. */
    private static final List<Stage> STAGES = new ArrayList<>();

    private record Stage(Rehearsal.Door door, Platform platform, Rehearsal rehearsal) {

        static Stage behind(Rehearsal.Door door) {
            Platform platform = Platform.start();
            return new Stage(door, platform, new Rehearsal(platform));
        }

        Void perform(Transcript transcript) throws Exception {
            rehearsal.perform(transcript, door);
            assertThat(platform.ok("--quiet", "apps:list"))
                    .as("a transcript leaves no app behind")
                    .isEmpty();
            return null;
        }
    }

    @BeforeAll
    static void start() {
        for (Rehearsal.Door door : Rehearsal.Door.values()) {
            Stage stage = Stage.behind(door);
            STAGES.add(stage);
            stage.platform().share();
        }
    }

    @AfterAll
    static void stop() {
        STAGES.forEach(stage -> stage.platform().close());
    }

    @TestFactory
    Stream<DynamicTest> everyCommandAnswersAsWritten() {
        return Transcript.all("transcripts").stream()
                .map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> perform(transcript)));
    }

    /** By both doors beside each other: most of the time is waiting. */
    private static void perform(Transcript transcript) throws Exception {
        try (ExecutorService doors = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> ways = STAGES.stream()
                    .<Callable<Void>>map(stage -> () -> stage.perform(transcript))
                    .toList();
            for (Future<Void> way : doors.invokeAll(ways)) {
                way.get();
            }
        }
    }

    @Test
    void noCommandIsWithoutATranscriptOfItsSuccessAndOfAnError() throws IOException {
        Set<String> succeeding = new HashSet<>();
        Set<String> failing = new HashSet<>();
        for (Transcript transcript : Transcript.all("transcripts")) {
            for (Transcript.Step step : transcript.steps()) {
                (step.exitCode() == 0 ? succeeding : failing).add(step.command());
            }
        }
        Set<String> all = documented();
        assertThat(all).hasSizeGreaterThan(100);
        assertThat(failing).containsAll(all);
        all.removeAll(ALWAYS_REFUSED);
        assertThat(succeeding).containsAll(all);
    }

    private static Set<String> documented() throws IOException {
        Set<String> commands = new TreeSet<>();
        try (Stream<Path> pages = Files.list(Platform.ROOT.resolve("docs/commands"))) {
            for (Path page : pages.toList()) {
                DOCUMENTED.matcher(Files.readString(page)).results().forEach(found -> commands.add(found.group(1)));
            }
        }
        return commands;
    }
}
