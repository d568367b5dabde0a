package dev.slipway.deploy;

import dev.slipway.model.Draining;
import dev.slipway.schedule.Running;
import java.util.Map;

/**
 * A process that was replaced and only serves those who are still connected.
 *
 * @param connections how many are open now, by the port that it listens on
 */
public record Leaving(Running process, Draining until, Map<Integer, Integer> connections) {

    public Leaving {
        connections = Map.copyOf(connections);
    }

    public int sockets() {
        return connections.values().stream().mapToInt(Integer::intValue).sum();
    }
}
