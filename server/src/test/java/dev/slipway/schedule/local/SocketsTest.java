package dev.slipway.schedule.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.schedule.Scheduler.Listening;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SocketsTest {

    private static Sockets of(String... lines) {
        return new Sockets(Stream.of(lines).map(Sockets::parse).toList());
    }

    @Test
    void addressesAreReadInTheMachinesOrder() {
        Sockets sockets = of(
                "   0: 0100007F:1388 00000000:0000 0A 00000000:00000000 00:00000000 00000000 20001 0 1",
                "   1: 00000000000000000000000000000000:1389 00000000000000000000000000000000:0000 0A 0:0",
                "   2: 00000000000000000000000001000000:138A 00000000000000000000000000000000:0000 0A 0:0",
                "   3: 0000000000000000FFFF00000200600A:138B 00000000000000000000000000000000:0000 0A 0:0");
        assertThat(sockets.listening())
                .isEqualTo(List.of(
                        new Listening("127.0.0.1", 5000),
                        new Listening("::", 5001),
                        new Listening("::1", 5002),
                        new Listening("10.96.0.2", 5003)));
    }

    @Test
    void onlyConnectionsToAListeningPortFromOutsideCount() {
        Sockets sockets = of(
                "0: 00000000:1388 00000000:0000 0A x",
                "1: 0200600A:1388 0100600A:C001 01 x",
                "2: 0000000000000000FFFF00000200600A:1388 0000000000000000FFFF00000100600A:C002 01 x",
                "3: 0100007F:1388 0100007F:C003 01 x",
                "4: 0200600A:C004 08080808:01BB 01 x",
                "5: 0200600A:1388 0100600A:C005 08 x");
        assertThat(sockets.connections()).isEqualTo(Map.of(5000, 2));
    }
}
