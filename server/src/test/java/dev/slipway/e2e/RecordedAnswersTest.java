package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What Dokku 0.38.27 answered to the tutorial's commands, to reports and to mistakes, line for line beside what we answer. Lines of
 * Dokku's that we have not stand behind a {@code -}, ours that it has not behind a {@code +}, and why behind a {@code #}; all others
 * are equal, save for ids, times, addresses, ports and directories.
 */
final class RecordedAnswersTest {

    @Test
    void ourAnswersAreAsTheListSays() throws IOException {
        try (Platform platform = Platform.start("dokku.me")) {
            platform.share();
            Rehearsal rehearsal = new Rehearsal(platform);
            for (Transcript recorded : Transcript.all("recorded")) {
                rehearsal.perform(recorded, Rehearsal.Door.SSH);
            }
        }
    }

    @TestFactory
    List<DynamicTest> everyDifferenceHasItsReason() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Transcript recorded : Transcript.all("recorded")) {
            for (Transcript.Step step : recorded.steps()) {
                tests.add(DynamicTest.dynamicTest(recorded.name() + ":" + step.number(), () -> {
                    boolean open = false;
                    for (Transcript.Line line : step.lines()) {
                        boolean differs = line.side() == Transcript.Side.THEIRS || line.side() == Transcript.Side.OURS;
                        assertThat(open && line.side() == Transcript.Side.BOTH)
                                .as("a difference without a reason before: " + line.text())
                                .isFalse();
                        open = differs || (open && line.side() != Transcript.Side.REMARK);
                    }
                    assertThat(open).as("the last difference has no reason").isFalse();
                }));
            }
        }
        assertThat(tests).hasSizeGreaterThan(30);
        return tests;
    }
}
