package dev.slipway.sandbox;

import dev.slipway.exec.Command;
import dev.slipway.exec.Runner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What may pass between a network's sandboxes, the host and the world: sandboxes reach the world and the name servers, the host
 * reaches the sandboxes; a sandbox reaches neither another one, nor the host's services, nor link-local addresses, where clouds
 * keep their machines' credentials.
 */
final class Firewall {

    private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");
    private static final Path IPTABLES = Path.of("/usr/sbin/iptables");

    private final Runner runner;
    private final Network network;
    private final List<String> nameServers;

    Firewall(Runner runner, Network network, List<String> nameServers) {
        this.runner = runner;
        this.network = network;
        this.nameServers = nameServers;
    }

    /** Puts the rules in place of whatever this network's table held before, in one transaction of the kernel. */
    void raise() {
        try {
            if (!Files.readString(FORWARDING).strip().equals("1")) {
                Files.writeString(FORWARDING, "1");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the kernel refused to forward packets", e);
        }
        runner.out(Command.of("nft", "-f", "-").reading(rules()));
        passDroppingPolicy();
    }

    void remove() {
        runner.out(Command.of("nft", "-f", "-").reading(removal()));
        if (policyDrops()) {
            for (List<String> rule : passing()) {
                runner.run(iptables("-D", rule));
            }
        }
    }

    /** Adding the table before it is deleted makes the deletion succeed also where it never was. */
    private String removal() {
        return "table inet " + network.table() + "\ndelete table inet " + network.table() + "\n";
    }

    String rules() {
        String bridge = "\"" + network.bridge() + "\"";
        String names = nameServers.isEmpty()
                ? ""
                : "iifname " + bridge + " ip daddr { " + String.join(", ", nameServers)
                        + " } meta l4proto { tcp, udp } th dport 53 accept";
        return removal()
                + """
                table inet TABLE {
                  chain forward {
                    type filter hook forward priority filter - 5; policy accept;
                    iifname BRIDGE ct state established,related accept
                    NAMES
                    iifname BRIDGE oifname "PREFIX*" drop
                    iifname BRIDGE ip daddr 169.254.0.0/16 drop
                    iifname BRIDGE meta nfproto ipv6 drop
                    oifname BRIDGE ct state established,related accept
                    oifname BRIDGE drop
                  }
                  chain input {
                    type filter hook input priority filter - 5; policy accept;
                    iifname BRIDGE ct state established,related accept
                    NAMES
                    iifname BRIDGE drop
                  }
                  chain postrouting {
                    type nat hook postrouting priority srcnat; policy accept;
                    ip saddr SUBNET oifname != BRIDGE masquerade
                  }
                }
                """.replace("TABLE", network.table())
                        .replace("BRIDGE", bridge)
                        .replace("NAMES", names)
                        .replace("PREFIX", Network.PREFIX)
                        .replace("SUBNET", network.subnet().toString());
    }

    /** An accept in our table does not undo a drop in another: where Docker set the policy to DROP, its table must let us pass. */
    private void passDroppingPolicy() {
        if (policyDrops()) {
            for (List<String> rule : passing()) {
                if (!runner.run(iptables("-C", rule)).ok()) {
                    runner.out(iptables("-I", rule));
                }
            }
        }
    }

    private boolean policyDrops() {
        return Files.isExecutable(IPTABLES)
                && runner.run(Command.of(IPTABLES.toString(), "-w", "-S", "FORWARD"))
                        .out()
                        .startsWith("-P FORWARD DROP");
    }

    private List<List<String>> passing() {
        return List.of(
                List.of("-i", network.bridge(), "-j", "ACCEPT"),
                List.of("-o", network.bridge(), "-m", "conntrack", "--ctstate", "ESTABLISHED,RELATED", "-j", "ACCEPT"));
    }

    private static Command iptables(String action, List<String> rule) {
        return Command.of(IPTABLES.toString(), "-w", action, "FORWARD").with(rule.toArray(String[]::new));
    }
}
