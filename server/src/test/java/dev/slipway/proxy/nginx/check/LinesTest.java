package dev.slipway.proxy.nginx.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.proxy.TemplateReport.Difference;
import org.junit.jupiter.api.Test;

class LinesTest {

    @Test
    void whatIsAddedAndWhatIsTakenAway() {
        assertThat(Lines.differences("a\nb\n\nc\nd\ne\n", "a\n  b\nx  y\nc\ne\nf\n"))
                .containsExactly(
                        new Difference(true, 3, "x y"), new Difference(false, 5, "d"), new Difference(true, 6, "f"));
    }

    @Test
    void blanksMakeNoDifference() {
        assertThat(Lines.differences("a  b\n\n c\n", "a b\nc")).isEmpty();
    }

    @Test
    void whatWasNotMadeFromItIsNotCompared() {
        assertThat(Lines.differences("a\nb\nc\n", "a\nx\ny\n")).isEmpty();
    }

    @Test
    void whatIsTooLargeIsNotCompared() {
        String large = "a\n".repeat(3_000);
        assertThat(Lines.differences(large, large + "b\n")).isEmpty();
    }

    @Test
    void times() {
        assertThat(Times.seconds("1h 30m")).hasValue(5_400);
        assertThat(Times.seconds("90")).hasValue(90);
        assertThat(Times.seconds("1500ms")).hasValue(1);
        assertThat(Times.seconds("$time")).isEmpty();
        assertThat(Times.seconds("")).isEmpty();
        assertThat(Times.text(5_400)).isEqualTo("1h30m");
        assertThat(Times.text(86_461)).isEqualTo("1d1m1s");
    }
}
