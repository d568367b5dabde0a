package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.SystemRunner;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirewallTest {

    private static final Network NETWORK = new Network("slw1", Subnet.parse("10.96.0.0/20"), "slipway_slw1");

    @Test
    void theRulesAreOneTransactionOnATableOfTheirOwn() {
        Firewall firewall = new Firewall(new SystemRunner(), NETWORK, List.of("10.0.0.2", "169.254.169.254"));
        assertThat(firewall.rules()).isEqualTo("""
                table inet slipway_slw1
                delete table inet slipway_slw1
                table inet slipway_slw1 {
                  chain forward {
                    type filter hook forward priority filter - 5; policy accept;
                    iifname "slw1" ct state established,related accept
                    iifname "slw1" ip daddr { 10.0.0.2, 169.254.169.254 } meta l4proto { tcp, udp } th dport 53 accept
                    iifname "slw1" oifname "slw*" drop
                    iifname "slw1" ip daddr 169.254.0.0/16 drop
                    iifname "slw1" meta nfproto ipv6 drop
                    oifname "slw1" ct state established,related accept
                    oifname "slw1" drop
                  }
                  chain input {
                    type filter hook input priority filter - 5; policy accept;
                    iifname "slw1" ct state established,related accept
                    iifname "slw1" ip daddr { 10.0.0.2, 169.254.169.254 } meta l4proto { tcp, udp } th dport 53 accept
                    iifname "slw1" drop
                  }
                  chain postrouting {
                    type nat hook postrouting priority srcnat; policy accept;
                    ip saddr 10.96.0.0/20 oifname != "slw1" masquerade
                  }
                }
                """);
    }

    @Test
    void withoutNameServersThereIsNoRuleForThem() {
        assertThat(new Firewall(new SystemRunner(), NETWORK, List.of()).rules()).doesNotContain("dport 53");
    }
}
