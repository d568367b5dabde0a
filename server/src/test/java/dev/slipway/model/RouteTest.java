package dev.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteTest {

    @ParameterizedTest
    @CsvSource({"/,/", "/echo,/echo", "/echo/,/echo", "/a/b-c_d.e~f@g+h,/a/b-c_d.e~f@g+h", "/.well-known,/.well-known"})
    void aPathIsKeptWithoutASlashAtItsEnd(String written, String kept) {
        assertThat(new RoutePath(written)).hasToString(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "echo", "//", "/a//b", "/a b", "/a;b", "/a{b", "/a}", "/$x", "/a?b", "/a#b", "/%41", "/a\nb", "/..",
                "/a/../b", "/./a", "/a/.", "/\u00e9", "/a\\b", "/a\"b", "/*", "/a:b"
            })
    void aPathThatNginxWouldReadOtherwiseIsRefused(String path) {
        assertThatThrownBy(() -> new RoutePath(path))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Invalid path '");
    }

    @Test
    void thePlatformsOwnPagesAreNotRouted() {
        assertThatThrownBy(() -> new RoutePath("/502-error.html"))
                .hasMessage("The path /502-error.html is the platform's own page of errors: choose another");
    }

    @Test
    void aPathHasABound() {
        assertThat(new RoutePath("/" + "a".repeat(254)).value()).hasSize(255);
        assertThatThrownBy(() -> new RoutePath("/" + "a".repeat(255))).hasMessageContaining("at most 255 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "1h,3600,1h",
        "90,90,1m30s",
        "90s,90,1m30s",
        "1h30m,5400,1h30m",
        "365d,31536000,365d",
        "60m,3600,1h",
        "1d1s,86401,1d1s"
    })
    void anIdleTimeIsWrittenInItsLargestUnits(String written, long seconds, String shown) {
        assertThat(IdleTime.parse(written)).isEqualTo(new IdleTime(seconds)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0s", "-1", "1x", "1.5h", "366d", "1m1h", "h", "1h;", "99999999999"})
    void anIdleTimeThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> IdleTime.parse(text)).isInstanceOf(UserException.class);
    }

    @ParameterizedTest
    @CsvSource({"ip,$remote_addr", "cookie:SID_1,$cookie_SID_1", "header:X-User-Id,$http_x_user_id"})
    void whatKeepsAClientIsAVariableOfNginx(String written, String variable) {
        assertThat(Sticky.parse(written)).hasToString(written);
        assertThat(Sticky.parse(written).variable()).isEqualTo(variable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "IP",
                "cookie",
                "cookie:",
                "cookie:a-b",
                "cookie:a;b",
                "header:",
                "header:X_User",
                "header:-",
                "url:x"
            })
    void whatCannotKeepAClientIsRefused(String text) {
        assertThatThrownBy(() -> Sticky.parse(text)).isInstanceOf(UserException.class);
    }

    @Test
    void aRouteChecksItself() {
        ProcessType ws = new ProcessType("ws");
        RoutePath echo = new RoutePath("/echo");
        assertThat(Route.to(ws, echo).target()).isEqualTo("ws:5000");
        assertThatThrownBy(() -> new Route(ws, echo, 65536, false, Route.USUAL_IDLE, Optional.empty(), 0))
                .hasMessage("Port 65536 is out of range: 1 to 65535");
        assertThatThrownBy(() -> new Route(ws, RoutePath.ROOT, 1, true, Route.USUAL_IDLE, Optional.empty(), 0))
                .hasMessage("There is nothing to strip from the path /: leave --strip out");
        assertThatThrownBy(() -> new Route(ws, echo, 1, false, Route.USUAL_IDLE, Optional.empty(), 1_000_001))
                .hasMessageContaining("between 0 (no bound) and 1000000");
    }
}
