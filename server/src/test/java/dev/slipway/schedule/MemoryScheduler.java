package dev.slipway.schedule;

import dev.slipway.exec.Attachment;
import dev.slipway.exec.Result;
import dev.slipway.model.ProcessSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Runs nothing, and remembers what it was told to run: its processes listen at once and live until they are stopped or made to exit. */
public final class MemoryScheduler implements Scheduler {

    private final SortedMap<String, Running> processes = new ConcurrentSkipListMap<>();
    private final Map<String, CompletableFuture<Integer>> exits = new ConcurrentHashMap<>();
    private final Map<String, ProcessSpec> specs = new ConcurrentHashMap<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> stopped = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch stops = new CountDownLatch(0);
    private final Map<String, Map<String, String>> environments = new ConcurrentHashMap<>();
    private volatile Play play = (spec, caller) -> 0;
    private int number;

    @Override
    public synchronized Running start(ProcessSpec spec) {
        String id = "p%02d".formatted(++number);
        events.add("start " + id);
        Running process = new Running(
                id,
                spec.app(),
                spec.name(),
                spec.release(),
                "10.0.0." + number,
                1_000 + number,
                Instant.EPOCH,
                Running.State.RUNNING,
                0,
                spec.oneOff());
        exits.put(id, new CompletableFuture<>());
        environments.put(id, spec.environment());
        specs.put(id, spec);
        processes.put(id, process);
        return process;
    }

    /** What an attached process does: nothing but to end well, unless a test says otherwise. */
    public interface Play {
        int act(ProcessSpec spec, Attachment caller);
    }

    /** Has attached processes do this from now on. */
    public void attending(Play other) {
        play = other;
    }

    @Override
    public int attend(ProcessSpec spec, Attachment caller) {
        Running process = start(spec);
        try {
            return play.act(spec, caller);
        } finally {
            giveUp(process.id());
        }
    }

    /** Prints where it is and the words it was given, one a line. */
    @Override
    public int enter(String id, List<String> words, Attachment caller) {
        try {
            String text = "in " + id + "\n" + String.join("\n", words) + "\n";
            caller.streams().out().write(text.getBytes(StandardCharsets.UTF_8));
            return words.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has a process exit for good, as one does with code 0 or after too many failures. */
    public void giveUp(String id) {
        processes.remove(id);
        exits.getOrDefault(id, new CompletableFuture<>()).complete(0);
    }

    /** What a process was started with, whether it still runs or not. */
    public Map<String, String> environment(String id) {
        return environments.getOrDefault(id, Map.of());
    }

    /** What a process was started with. */
    public ProcessSpec spec(String id) {
        ProcessSpec spec = specs.get(id);
        if (spec == null) {
            throw new IllegalArgumentException("no process " + id);
        }
        return spec;
    }

    /** What it was told to do, in order: {@code start p01}, {@code stop p01}. */
    public List<String> events() {
        return List.copyOf(events);
    }

    /** The ids that were stopped, in the order in which they were. */
    public List<String> stopped() {
        return List.copyOf(stopped);
    }

    @Override
    public void keep(String id) {
        exits.computeIfAbsent(id, none -> {
            throw new IllegalArgumentException("no process " + none);
        });
    }

    @Override
    public void stop(String id, Duration grace) {
        events.add("stop " + id);
        stopped.add(id);
        try {
            stops.await();
            giveUp(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has processes take their time to end, as those do that ignore SIGTERM: until the latch is counted down. */
    public CountDownLatch holdStops() {
        stops = new CountDownLatch(1);
        return stops;
    }

    @Override
    public List<Running> running() {
        return new ArrayList<>(processes.values());
    }

    @Override
    public CompletableFuture<Integer> exit(String id) {
        return exits.getOrDefault(id, CompletableFuture.completedFuture(0)).copy();
    }

    @Override
    public List<Listening> listening(String id) {
        return List.of(new Listening("0.0.0.0", ProcessSpec.PORT));
    }

    /** Somebody is connected to each for ever, so that what is replaced goes on draining. */
    @Override
    public Map<Integer, Integer> connections(String id) {
        return Map.of(ProcessSpec.PORT, 1);
    }

    /** Succeeds, as a program does that finds everything in order. */
    @Override
    public Result execute(String id, List<String> argv, Duration limit) {
        return new Result(0, "", "");
    }

    @Override
    public List<String> lastLines(String id, int most) {
        return List.of();
    }

    @Override
    public void recover() {}

    @Override
    public void watch(Consumer<Change> watcher) {}

    @Override
    public void close() {}
}
