package dev.slipway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FreePortTest {

    @Test
    void noPortIsToldTwiceNorIsOneThatOutgoingConnectionsGet() {
        List<Integer> ports =
                IntStream.range(0, 500).mapToObj(_ -> FreePort.find()).toList();
        assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port >= 12_000 && port < 32_768);
    }

    @Test
    void aPortThatIsTakenOnOneAddressIsPassedOver() throws IOException {
        int next = FreePort.find() + 1;
        try (ServerSocket _ = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.find()).isNotEqualTo(next);
        }
    }
}
