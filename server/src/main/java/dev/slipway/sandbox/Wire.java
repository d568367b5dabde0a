package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.exec.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Connects sandboxes to their bridge by the plugins of CNI (specification 0.4.0).
 *
 * @param plugins the directory of the plugins
 * @param leases where {@code host-local} keeps who has which address
 * @param mtu of the way out to the world
 */
record Wire(Path plugins, Path leases, Network network, int mtu) {

    private static final String INTERFACE = "eth0";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Called by the runtime with the sandbox's state, which names the process that holds the network namespace. Every port of
     * the bridge is made an isolated one: frames pass between it and the host, never between two of them.
     */
    private static final String ATTACH = """
            IFS= read -r -d '' state
            [[ $state =~ \\"pid\\":([0-9]+) ]] || exit 1
            export CNI_NETNS=/proc/${BASH_REMATCH[1]}/ns/net
            "$CNI_PATH/bridge" <<<"$CNI_CONFIG" >"$1" || { cat "$1" >&2; exit 1; }
            for port in "/sys/class/net/$2/brif/"*; do echo 1 >"$port/isolated"; done
            """;

    /** Gives a new sandbox its interface; the plugin's answer is left in the given file. */
    OciConfig.Hook attach(String id, Path answer) {
        List<String> environment = environment("ADD", id).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .toList();
        return new OciConfig.Hook(
                "/bin/bash",
                List.of("bash", "-c", ATTACH, "slipway-network", answer.toString(), network.bridge()),
                environment);
    }

    /** Gives the address back; the interface went with its namespace. */
    Command release(String id) {
        Command command = Command.of(plugins.resolve("host-local").toString());
        for (Map.Entry<String, String> entry : environment("DEL", id).entrySet()) {
            command = command.environment(entry.getKey(), entry.getValue());
        }
        return command.reading(config());
    }

    private Map<String, String> environment(String verb, String id) {
        return Map.of(
                "PATH",
                Command.PATH,
                "CNI_COMMAND",
                verb,
                "CNI_CONTAINERID",
                id,
                "CNI_IFNAME",
                INTERFACE,
                "CNI_NETNS",
                "",
                "CNI_PATH",
                plugins.toString(),
                "CNI_CONFIG",
                config());
    }

    private String config() {
        Map<String, Object> ipam = new LinkedHashMap<>();
        ipam.put("type", "host-local");
        ipam.put("ranges", List.of(List.of(Map.of("subnet", network.subnet().toString()))));
        ipam.put("dataDir", leases.toString());
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("cniVersion", "0.4.0");
        config.put("name", network.bridge());
        config.put("type", "bridge");
        config.put("bridge", network.bridge());
        config.put("isGateway", true);
        config.put("isDefaultGateway", true);
        config.put("ipMasq", false);
        config.put("mtu", mtu);
        config.put("ipam", ipam);
        return JSON.valueToTree(config).toString();
    }

    /** The address in the answer that {@link #attach} left. */
    static String address(Path answer) throws IOException {
        JsonNode ips = JSON.readTree(Files.readString(answer)).path("ips");
        String address = ips.path(0).path("address").asText();
        int slash = address.indexOf('/');
        if (slash < 0) {
            throw new IOException("the network plugin gave no address: " + ips);
        }
        return address.substring(0, slash);
    }

    /** The largest packet that leaves this machine whole: a bridge that promises more loses packets on some clouds. */
    static int uplinkMtu() {
        return Routes.read()
                .uplink()
                .map(device -> Path.of("/sys/class/net").resolve(device).resolve("mtu"))
                .filter(Files::exists)
                .map(Wire::number)
                .orElse(1500);
    }

    private static int number(Path file) {
        try {
            return Integer.parseInt(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
