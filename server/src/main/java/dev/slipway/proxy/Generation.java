package dev.slipway.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Workers of the proxy that were forked together and run one configuration.
 *
 * @param number 1 for those that take new connections, 2 for those that they replaced, and so on
 * @param draining for how long it has taken no new connections; empty if it serves
 * @param workers at least one
 */
public record Generation(int number, Optional<Duration> draining, List<Worker> workers) {

    public Generation {
        workers = List.copyOf(workers);
    }

    public boolean serves() {
        return draining.isEmpty();
    }

    /** That of its oldest worker. */
    public Duration age() {
        return workers.stream().map(Worker::age).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    public int clients() {
        return workers.stream().mapToInt(Worker::clients).sum();
    }

    public int upstreams() {
        return workers.stream().mapToInt(Worker::upstreams).sum();
    }

    /** In bytes. */
    public long memory() {
        return workers.stream().mapToLong(Worker::memory).sum();
    }
}
