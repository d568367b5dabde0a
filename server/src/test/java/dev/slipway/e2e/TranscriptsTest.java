package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    /** Each transcript over ssh and by the local command line, which takes twice as long: -Dslipway.transcripts=both. */
    private static final boolean BOTH =
            List.of("both", "write").contains(System.getProperty("slipway.transcripts", ""));

    private static Platform platform;
    private static Rehearsal rehearsal;

    @BeforeAll
    static void start() {
        platform = Platform.start();
        platform.share();
        rehearsal = new Rehearsal(platform);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    /** The two ways in lead to one table: each transcript goes by one of them, in turn, and by both where that is asked for. */
    @TestFactory
    List<DynamicTest> everyCommandAnswersAsWritten() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Transcript transcript : Transcript.all("transcripts")) {
            int turn = tests.size();
            for (Rehearsal.Door door : Rehearsal.Door.values()) {
                if (BOTH || door == (turn % 2 == 0 ? Rehearsal.Door.SSH : Rehearsal.Door.LOCAL)) {
                    tests.add(DynamicTest.dynamicTest(
                            transcript.name() + " by " + door, () -> perform(transcript, door)));
                }
            }
        }
        return tests;
    }

    private static void perform(Transcript transcript, Rehearsal.Door door) throws IOException {
        rehearsal.perform(transcript, door);
        assertThat(platform.ok("--quiet", "apps:list"))
                .as("a transcript leaves no app behind")
                .isEmpty();
    }

    @Test
    void noCommandIsWithoutATranscriptOfItsSuccessAndOfAnError() throws IOException {
        Set<String> succeeding = new HashSet<>();
        Set<String> failing = new HashSet<>();
        for (Transcript transcript : Transcript.all("transcripts")) {
            for (Transcript.Step step : transcript.steps()) {
                (step.exitCode() == 0 ? succeeding : failing)
                        .addAll(List.of(step.done().split(" ")));
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
        try (Stream<java.nio.file.Path> pages = Files.list(Platform.ROOT.resolve("docs/commands"))) {
            for (java.nio.file.Path page : pages.toList()) {
                DOCUMENTED.matcher(Files.readString(page)).results().forEach(found -> commands.add(found.group(1)));
            }
        }
        return commands;
    }
}
