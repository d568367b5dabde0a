package dev.slipway.proxy.nginx.worker;

import dev.slipway.exec.Runner;
import dev.slipway.proxy.Generation;
import dev.slipway.proxy.Worker;
import dev.slipway.proxy.Workers;
import dev.slipway.proxy.nginx.worker.Drains.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows nginx's workers: which of them serve, which only drain and for how long, and what they cost. */
public final class Census {

    private static final Logger LOG = LoggerFactory.getLogger(Census.class);

    private final Runner runner;
    private final Supplier<Optional<ProcFile>> master;
    private final Drains drains = new Drains();

    /** @param master our nginx, if it runs */
    public Census(Runner runner, Supplier<Optional<ProcFile>> master) {
        this.runner = runner;
        this.master = master;
    }

    /** Notes which workers drain from now on: to be called after each reload. */
    public void note() {
        groups();
    }

    /** All workers with their sockets and their memory. */
    public Workers workers() {
        return measure(groups());
    }

    /** What {@link Workers#warning} says, at little cost as long as there is nothing to say. */
    public Optional<String> warning() {
        List<Group> groups = groups();
        boolean many = groups.stream().filter(group -> !group.serves()).count() > Workers.MOST_DRAINING;
        return many ? measure(groups).warning() : Optional.empty();
    }

    /** How many workers still hold connections from before a reload. */
    public long draining() {
        return groups().stream()
                .filter(group -> !group.serves())
                .mapToLong(group -> group.children().size())
                .sum();
    }

    /** Ends workers that have drained for longer, and cuts what they hold; never one that serves. */
    public void endDraining(Duration longest) {
        long now = ProcFile.now();
        for (Group group : groups()) {
            if (!group.serves() && ProcFile.duration(now - group.since()).compareTo(longest) >= 0) {
                group.children().forEach(child -> end(child, ProcFile.duration(now - group.since())));
            }
        }
    }

    private void end(Child child, Duration drained) {
        Optional<ProcFile> owner = master.get();
        if (owner.isEmpty() || !child.lives() || !child.drains()) {
            return;
        }
        Connections connections = Connections.seenBy(owner.get());
        Worker worker =
                measure(child, connections, connections.ports(owner.get().sockets()), ProcFile.now());
        if (runner.run(child.process().signal("TERM")).ok()) {
            LOG.info(
                    "ended worker {} of nginx, which had drained for {} s: {} open client sockets were cut",
                    worker.pid(),
                    drained.toSeconds(),
                    worker.clients());
        }
    }

    private List<Group> groups() {
        Map<Boolean, List<Child>> byDrains =
                master.get().stream().flatMap(Child::of).collect(Collectors.partitioningBy(Child::drains));
        return drains.look(
                byDrains.getOrDefault(false, List.of()), byDrains.getOrDefault(true, List.of()), ProcFile.now());
    }

    private Workers measure(List<Group> groups) {
        Optional<ProcFile> owner = master.get();
        if (owner.isEmpty()) {
            return Workers.NONE;
        }
        Connections connections = Connections.seenBy(owner.get());
        Set<Integer> ports = connections.ports(owner.get().sockets());
        long now = ProcFile.now();
        List<Generation> generations = new ArrayList<>();
        for (Group group : groups) {
            Optional<Duration> draining =
                    group.serves() ? Optional.empty() : Optional.of(ProcFile.duration(now - group.since()));
            List<Worker> workers = group.children().stream()
                    .map(child -> measure(child, connections, ports, now))
                    .toList();
            generations.add(new Generation(generations.size() + 1, draining, workers));
        }
        return new Workers(generations);
    }

    private static Worker measure(Child child, Connections connections, Set<Integer> ports, long now) {
        Map<Boolean, Integer> counts = connections.count(child.process().sockets(), ports);
        return new Worker(
                child.process().pid(),
                ProcFile.duration(now - child.start()),
                counts.getOrDefault(true, 0),
                counts.getOrDefault(false, 0),
                child.process().memory());
    }
}
