package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkTest {

    private static final byte[] HASH = new byte[32];

    @Test
    void networksKnowWhetherTheyMeet() {
        Subnet subnet = Subnet.parse("10.96.16.5/20");
        assertThat(subnet).hasToString("10.96.16.0/20");
        assertThat(subnet.overlaps(Subnet.parse("10.96.31.255/32"))).isTrue();
        assertThat(subnet.overlaps(Subnet.parse("10.0.0.0/8"))).isTrue();
        assertThat(subnet.overlaps(Subnet.parse("10.96.32.0/20"))).isFalse();
        assertThatThrownBy(() -> Subnet.parse("10.96.256.0/20")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Subnet.parse("10.96.0.0/33")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSubnetThatTheHostRoutesIsNotTaken() {
        Subnet region = Subnet.parse("10.96.0.0/12");
        assertThat(Network.free(region, HASH, List.of())).isEqualTo(Subnet.parse("10.96.0.0/20"));
        assertThat(Network.free(region, HASH, List.of(Subnet.parse("10.96.0.0/16"))))
                .isEqualTo(Subnet.parse("10.97.0.0/20"));
        assertThatThrownBy(() -> Network.free(region, HASH, List.of(Subnet.parse("10.0.0.0/8"))))
                .hasMessageContaining("no network free");
    }

    @Test
    void theKernelsTableOfRoutesIsRead() {
        Routes routes = new Routes(List.of(
                "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT",
                "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0",
                "eth1\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0"));
        assertThat(routes.uplink()).contains("eth0");
        assertThat(routes.destinations()).containsExactly(Subnet.parse("192.0.2.0/24"));
    }

    @Test
    void aDataDirectoryKeepsItsNetwork(@TempDir Path one, @TempDir Path other) {
        Network network = Network.choose(one);
        assertThat(Network.choose(one)).isEqualTo(network);
        assertThat(network.bridge()).hasSizeLessThanOrEqualTo(15);
        assertThat(Network.choose(other).bridge()).isNotEqualTo(network.bridge());
        assertThat(Network.choose(other).table()).isNotEqualTo(network.table());
    }

    @Test
    void resolversOnTheHostsLoopbackAreLeftOut() {
        NameServers servers =
                new NameServers("search lan\nnameserver 127.0.0.53\nnameserver 10.0.0.2\nnameserver fe80::1\n");
        assertThat(servers.addresses()).containsExactly("10.0.0.2");
        assertThat(servers.reachable()).isEqualTo("search lan\nnameserver 10.0.0.2\n");
    }
}
