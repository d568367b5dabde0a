package dev.slipway.proxy.nginx.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DrainsTest {

    private final Drains drains = new Drains();

    /** Workers that were forked at these ticks; each has the tick as its pid. */
    private static List<Child> forked(long... ticks) {
        return LongStream.of(ticks)
                .mapToObj(tick -> new Child(new ProcFile(tick), tick))
                .toList();
    }

    private List<Long> since(List<Child> serving, List<Child> draining, long now) {
        return drains.look(serving, draining, now).stream()
                .map(Drains.Group::since)
                .toList();
    }

    @Test
    void workersThatWereForkedTogetherAreOneGenerationHoweverManyTheyAre() {
        List<Drains.Group> groups = drains.look(forked(500, 501), forked(100, 109, 118, 128, 300), 600);

        assertThat(groups)
                .extracting(Drains.Group::children)
                .containsExactly(forked(500, 501), forked(300), forked(128), forked(118, 109, 100));
        assertThat(groups).extracting(Drains.Group::serves).containsExactly(true, false, false, false);
    }

    @Test
    void aWorkerThatTookTheirPlaceWhenOneDiedServesWithTheOthers() {
        assertThat(drains.look(forked(100, 9_000), forked(), 10_000))
                .containsExactly(new Drains.Group(forked(100, 9_000), -1));
    }

    @Test
    void aGenerationDrainsSinceTheNextOneWasForked() {
        assertThat(since(forked(5_000), forked(100, 2_000), 9_000)).containsExactly(-1L, 5_000L, 2_000L);
    }

    @Test
    void whatWasSeenOnceIsKeptWhenTheYoungerOnesAreGone() {
        since(forked(2_000), forked(100), 2_001);

        assertThat(since(forked(7_000), forked(100), 9_000)).containsExactly(-1L, 2_000L);
        assertThat(new Drains().look(forked(7_000), forked(100), 9_000))
                .extracting(Drains.Group::since)
                .containsExactly(-1L, 7_000L);
    }

    @Test
    void aSiblingThatDoesNotCallItselfRetiringYetIsNotTakenForTheNextGeneration() {
        assertThat(since(forked(101, 5_000), forked(100), 5_012)).containsExactly(-1L, 5_000L);
    }

    @Test
    void whatServedWhenTheyWereLookedAtLastDrainsSinceThenAtTheEarliest() {
        // One of the two took the place of a worker that had died.
        since(forked(100, 3_000), forked(), 5_000);

        assertThat(since(forked(6_000), forked(100, 3_000), 6_012)).containsExactly(-1L, 6_000L, 5_000L);
    }

    @Test
    void withoutAnyThatServeTheyDrainFromNowOn() {
        assertThat(since(forked(), forked(100), 900)).containsExactly(900L);
    }

    @Test
    void anotherProcessOfTheSamePidIsAnother() {
        since(forked(2_000), List.of(new Child(new ProcFile(7), 100)), 2_001);

        assertThat(since(forked(5_000), List.of(new Child(new ProcFile(7), 3_000)), 9_000))
                .containsExactly(-1L, 5_000L);
    }
}
