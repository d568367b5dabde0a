package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ScriptedRunner;
import dev.slipway.exec.Result;
import dev.slipway.exec.SystemRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class FirewallTest {

    private static final String IPTABLES = "/usr/sbin/iptables";
    private static final Result DONE = new Result(0, "", "");
    private static final Result MISSING = new Result(1, "", "");
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

    @Test
    @EnabledIf("hasIptables")
    void whereDockerDropsWhatIsForwardedOurBridgeIsLetThrough() {
        ScriptedRunner runner = new ScriptedRunner()
                .expect(DONE, "nft", "-f", "-")
                .expect(new Result(0, "-P FORWARD DROP\n-N DOCKER\n", ""), IPTABLES, "-w", "-S", "FORWARD")
                .expect(MISSING, IPTABLES, "-w", "-C", "FORWARD", "-i", "slw1", "-j", "ACCEPT")
                .expect(DONE, IPTABLES, "-w", "-I", "FORWARD", "-i", "slw1", "-j", "ACCEPT")
                .expect(DONE, words("-C"));
        new Firewall(runner, NETWORK, List.of()).raise();
        runner.assertDone();
    }

    @Test
    @EnabledIf("hasIptables")
    void whereNothingIsDroppedNothingIsAdded() {
        ScriptedRunner runner = new ScriptedRunner()
                .expect(DONE, "nft", "-f", "-")
                .expect(new Result(0, "-P FORWARD ACCEPT\n", ""), IPTABLES, "-w", "-S", "FORWARD");
        new Firewall(runner, NETWORK, List.of()).raise();
        runner.assertDone();
    }

    private static String[] words(String action) {
        return new String[] {
            IPTABLES,
            "-w",
            action,
            "FORWARD",
            "-o",
            "slw1",
            "-m",
            "conntrack",
            "--ctstate",
            "ESTABLISHED,RELATED",
            "-j",
            "ACCEPT"
        };
    }

    static boolean hasIptables() {
        return Files.isExecutable(Path.of(IPTABLES));
    }
}
