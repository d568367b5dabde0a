package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.AppName;
import dev.slipway.model.CronSchedule;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TimetableTest {

    private static final AppName SHOP = new AppName("shop");
    private static final AppName BLOG = new AppName("blog");
    private static final Instant TEN = Instant.parse("2026-11-26T10:00:00Z");

    private final Timetable table = new Timetable(ZoneOffset.UTC);

    private static CronSchedule schedule(String text) {
        return CronSchedule.parse(text);
    }

    private static Timetable.Turn turn(AppName app, String id) {
        return new Timetable.Turn(app, id);
    }

    @Test
    void theNextIsTheFirstOfAllAppsAndComesAgain() {
        table.plan(SHOP, Map.of("a", schedule("30 * * * *"), "b", schedule("@daily")), TEN);
        table.plan(BLOG, Map.of("c", schedule("30 10 * * *")), TEN);
        Instant half = TEN.plusSeconds(1800);
        assertThat(table.next()).contains(half);
        assertThat(table.take(half.minusMillis(1))).isEmpty();
        assertThat(table.take(half)).containsExactly(turn(BLOG, "c"), turn(SHOP, "a"));
        assertThat(table.take(half)).isEmpty();
        assertThat(table.next()).contains(half.plusSeconds(3600));
    }

    @Test
    void aTaskThatStaysKeepsItsTurnWhenItsAppIsPlannedAgain() {
        table.plan(SHOP, Map.of("a", schedule("@every 1h")), TEN);
        table.plan(SHOP, Map.of("a", schedule("@every 1h"), "b", schedule("@every 2h")), TEN.plusSeconds(3600));
        assertThat(table.take(TEN.plusSeconds(3600))).containsExactly(turn(SHOP, "a"));
        table.plan(SHOP, Map.of(), TEN);
        assertThat(table.next()).isEmpty();
    }

    @Test
    void whatWasMissedIsNotMadeUpFor() {
        table.plan(SHOP, Map.of("a", schedule("*/5 * * * *")), TEN);
        Instant awake = TEN.plusSeconds(8 * 3600 + 130);
        assertThat(table.take(awake)).isEmpty();
        assertThat(table.next()).contains(TEN.plusSeconds(8 * 3600 + 300));
        assertThat(table.take(TEN.plusSeconds(8 * 3600 + 330))).containsExactly(turn(SHOP, "a"));
    }

    @Test
    void aClockThatWasSetBackIsFollowed() {
        table.plan(SHOP, Map.of("a", schedule("@daily")), TEN);
        table.reckon(TEN.minusSeconds(2 * 24 * 3600));
        assertThat(table.next()).contains(Instant.parse("2026-11-25T00:00:00Z"));
    }
}
