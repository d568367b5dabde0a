package dev.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronScheduleTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * * *           | 2026-11-26T10:00:00Z | 2026-11-26T10:01:00Z
            * * * * *           | 2026-11-26T10:00:59Z | 2026-11-26T10:01:00Z
            */15 * * * *        | 2026-11-26T10:46:00Z | 2026-11-26T11:00:00Z
            5/20 * * * *        | 2026-11-26T10:26:00Z | 2026-11-26T10:45:00Z
            0 9-17/4 * * *      | 2026-11-26T13:00:00Z | 2026-11-26T17:00:00Z
            0 0 1 jan *         | 2026-11-26T10:00:00Z | 2027-01-01T00:00:00Z
            0 0 * * SUN         | 2026-11-26T10:00:00Z | 2026-11-29T00:00:00Z
            0 0 * * 7           | 2026-11-26T10:00:00Z | 2026-11-29T00:00:00Z
            0 0 * * fri-7       | 2026-11-28T10:00:00Z | 2026-11-29T00:00:00Z
            0 0 13 * fri        | 2026-11-26T10:00:00Z | 2026-11-27T00:00:00Z
            0 0 */2 * fri       | 2026-11-26T10:00:00Z | 2026-11-27T00:00:00Z
            0 0 29 2 *          | 2026-11-26T10:00:00Z | 2028-02-29T00:00:00Z
            0 0 29 2 *          | 2096-03-01T00:00:00Z | 2104-02-29T00:00:00Z
            0 0 31 * *          | 2026-11-26T10:00:00Z | 2026-12-31T00:00:00Z
            1,2 3,4 * * *       | 2026-11-26T03:02:00Z | 2026-11-26T04:01:00Z
            @daily              | 2026-11-26T10:00:00Z | 2026-11-27T00:00:00Z
            @hourly             | 2026-11-26T10:00:00Z | 2026-11-26T11:00:00Z
            @weekly             | 2026-11-26T10:00:00Z | 2026-11-29T00:00:00Z
            @yearly             | 2026-11-26T10:00:00Z | 2027-01-01T00:00:00Z
            @every 1h30m        | 2026-11-26T10:00:00Z | 2026-11-26T11:30:00Z
            @every 45s          | 2026-11-26T10:00:00Z | 2026-11-26T10:00:45Z
            """)
    void theNextTimeIsTheFirstThatEveryFieldHas(String schedule, Instant after, Instant next) {
        assertThat(CronSchedule.parse(schedule).next(after, ZoneOffset.UTC)).contains(next);
    }

    private static List<String> times(String schedule, Instant from, int count) {
        List<String> times = new ArrayList<>();
        Instant at = from;
        for (int i = 0; i < count; i++) {
            at = CronSchedule.parse(schedule).next(at, BERLIN).orElseThrow();
            times.add(at.atZone(BERLIN).toLocalDateTime() + " " + at);
        }
        return times;
    }

    /** On 28 March 2027 two o'clock becomes three. */
    @Test
    void aTimeThatTheClocksSkipIsDueWhenTheyHaveBeenPutForward() {
        assertThat(times("30 2 * * *", Instant.parse("2027-03-27T12:00:00Z"), 2))
                .containsExactly("2027-03-28T03:30 2027-03-28T01:30:00Z", "2027-03-29T02:30 2027-03-29T00:30:00Z");
        assertThat(times("0 * * * *", Instant.parse("2027-03-28T00:00:00Z"), 2))
                .containsExactly("2027-03-28T03:00 2027-03-28T01:00:00Z", "2027-03-28T04:00 2027-03-28T02:00:00Z");
    }

    /** On 31 October 2027 three o'clock becomes two. */
    @Test
    void aTimeThatComesTwiceIsDueOnceAndEachHourIsAnHour() {
        assertThat(times("30 2 * * *", Instant.parse("2027-10-30T12:00:00Z"), 2))
                .containsExactly("2027-10-31T02:30 2027-10-31T00:30:00Z", "2027-11-01T02:30 2027-11-01T01:30:00Z");
        assertThat(times("30 * * * *", Instant.parse("2027-10-31T00:00:00Z"), 3))
                .containsExactly(
                        "2027-10-31T02:30 2027-10-31T00:30:00Z",
                        "2027-10-31T02:30 2027-10-31T01:30:00Z",
                        "2027-10-31T03:30 2027-10-31T02:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "-1 * * * *",
                "5-1 * * * *",
                "*/0 * * * *",
                "1,,2 * * * *",
                "a * * * *",
                "1.5 * * * *",
                "* * * foo *",
                "0 0 30 2 *",
                "0 0 31 4,6,9,11 *",
                "@reboot",
                "@every",
                "@every 0s",
                "@every -1h",
                "* * * * *\n* * * * *",
                "$(id) * * * *"
            })
    void whatIsNoScheduleIsRefused(String schedule) {
        assertThatThrownBy(() -> CronSchedule.parse(schedule)).isInstanceOf(UserException.class);
    }

    @Test
    void theComplaintSaysWhichFieldAndWhatItMayHold() {
        assertThatThrownBy(() -> CronSchedule.parse("0 0 * dez *"))
                .hasMessage("the month 'dez' is none: write *, numbers from 1 to 12, or jan to dec, ranges (1-5),"
                        + " steps (*/10) or lists of these (1,15)");
        assertThatThrownBy(() -> CronSchedule.parse("0 0 30 feb *"))
                .hasMessage("the schedule '0 0 30 feb *' never comes: no such month has such a day");
    }
}
