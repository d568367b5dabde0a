package dev.slipway.schedule.local;

import dev.slipway.exec.Attachment;
import dev.slipway.exec.Result;
import dev.slipway.model.OneOff;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.UserException;
import dev.slipway.sandbox.LogLine;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandboxes;
import dev.slipway.schedule.Change;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs each process in a sandbox on this machine, with an address of its own. */
public final class LocalScheduler implements Scheduler {

    private static final Logger LOG = LoggerFactory.getLogger(LocalScheduler.class);

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Who looks around in a process for longer than this has forgotten it. */
    private static final Duration LONGEST_VISIT = Duration.ofDays(1);

    private final Sandboxes sandboxes;
    private final Parts parts;
    private final UnaryOperator<ProcessSpec> equip;
    private final Exits exits;
    private final Map<String, LocalProcess> processes = new ConcurrentHashMap<>();
    private final Map<String, AttendedProcess> attended = new ConcurrentHashMap<>();
    private final List<Consumer<Change>> watchers = new CopyOnWriteArrayList<>();
    private final ExecutorService telling =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("changes").factory());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("restarts").factory());

    /**
     * Where a scheduler keeps what it must not forget.
     *
     * @param processes one directory for each process, with its record
     * @param logs what processes print: one directory for each app
     */
    public record Places(Path processes, Path logs) {}

    /** One whose processes are started as they are specified. */
    public LocalScheduler(Sandboxes sandboxes, Places places, RestartPauses pauses, Clock clock) {
        this(sandboxes, places, pauses, clock, spec -> spec);
    }

    /**
     * @param sandboxes prepared already; no other scheduler may use them
     * @param equip completes what is to be started with what belongs to every process of its app
     */
    public LocalScheduler(
            Sandboxes sandboxes, Places places, RestartPauses pauses, Clock clock, UnaryOperator<ProcessSpec> equip) {
        this.equip = equip;
        this.sandboxes = sandboxes;
        this.parts = new Parts(
                sandboxes, new ProcessRecords(places.processes()), places.logs(), pauses, clock, timer, this::tell);
        this.exits = new Exits(sandboxes.exits(), this::exited);
    }

    private ProcessRecord fresh(ProcessSpec spec) {
        byte[] random = new byte[6];
        RANDOM.nextBytes(random);
        return ProcessRecord.starting(HexFormat.of().formatHex(random), equip.apply(spec));
    }

    @Override
    public Running start(ProcessSpec spec) {
        LocalProcess process = new LocalProcess(parts, fresh(spec));
        String id = process.record().id();
        processes.put(id, process);
        try {
            process.start();
        } catch (RuntimeException e) {
            processes.remove(id);
            throw e;
        }
        return process.record().view();
    }

    @Override
    public int attend(ProcessSpec spec, Attachment caller) {
        ProcessRecord record = fresh(spec);
        AttendedProcess process =
                new AttendedProcess(sandboxes, record, parts.clock().instant());
        attended.put(record.id(), process);
        try {
            return process.run(caller);
        } finally {
            attended.remove(record.id());
        }
    }

    @Override
    public int enter(String id, List<String> words, Attachment caller) {
        process(id);
        return sandboxes.enter(id, Sandbox.shell(OneOff.PROGRAM, words), caller, LONGEST_VISIT);
    }

    @Override
    public void keep(String id) {
        process(id).keep();
    }

    @Override
    public void stop(String id, Duration grace) {
        LocalProcess process = processes.get(id);
        if (process != null) {
            process.stop(grace);
            processes.remove(id);
        }
        AttendedProcess visitor = attended.get(id);
        if (visitor != null) {
            visitor.stop(grace);
            attended.remove(id);
        }
    }

    @Override
    public List<Running> running() {
        return Stream.concat(
                        processes.values().stream()
                                .map(LocalProcess::record)
                                .filter(ProcessRecord::isRunning)
                                .map(ProcessRecord::view),
                        attended.values().stream().map(AttendedProcess::view))
                .sorted(Comparator.comparing(Running::app)
                        .thenComparing(Running::name)
                        .thenComparing(Running::id))
                .toList();
    }

    @Override
    public CompletableFuture<Integer> exit(String id) {
        AttendedProcess visitor = attended.get(id);
        return visitor == null ? process(id).exit() : visitor.exit();
    }

    @Override
    public List<Listening> listening(String id) {
        return sockets(id).listening();
    }

    @Override
    public Map<Integer, Integer> connections(String id) {
        return sockets(id).connections();
    }

    /** One that is gone has none: whoever counts those of many processes must not fail because one of them ended meanwhile. */
    private Sockets sockets(String id) {
        return Optional.ofNullable(processes.get(id))
                .map(process -> process.record().current())
                .filter(run -> run.alive(dev.slipway.sandbox.ProcessStat.boot()))
                .map(run -> Sockets.of(run.pid()))
                .orElseGet(() -> new Sockets(List.of()));
    }

    @Override
    public Result execute(String id, List<String> argv, Duration limit) {
        process(id);
        return sandboxes.execute(id, argv, limit);
    }

    @Override
    public List<String> lastLines(String id, int most) {
        try {
            return LogLine.last(process(id).log(), most).stream()
                    .map(LogLine::text)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void recover() {
        Set<String> mine = new HashSet<>();
        for (ProcessRecord record : parts.records().all()) {
            LocalProcess process = new LocalProcess(parts, record);
            processes.put(record.id(), process);
            if (process.recover(exits.code(record.id()))) {
                mine.add(record.id());
            } else {
                processes.remove(record.id());
            }
        }
        for (String id : sandboxes.present()) {
            if (!mine.contains(id)) {
                LOG.info("removing the sandbox {}, which belongs to nobody", id);
                sandboxes.remove(id);
            }
        }
        exits.begin();
    }

    @Override
    public void watch(Consumer<Change> watcher) {
        watchers.add(watcher);
    }

    @Override
    public void close() {
        exits.close();
        timer.shutdownNow();
        telling.shutdown();
    }

    private void exited(String id, int code) {
        LocalProcess process = processes.get(id);
        if (process != null) {
            Thread.startVirtualThread(() -> process.exited(code));
        }
    }

    private void tell(Change change) {
        try {
            telling.execute(() -> watchers.forEach(watcher -> tell(watcher, change)));
        } catch (RejectedExecutionException e) {
            LOG.debug("closed: nobody is told of {}", change);
        }
    }

    private static void tell(Consumer<Change> watcher, Change change) {
        try {
            watcher.accept(change);
        } catch (RuntimeException e) {
            LOG.error("a watcher failed on {}", change, e);
        }
    }

    private LocalProcess process(String id) {
        LocalProcess process = processes.get(id);
        if (process == null) {
            throw UserException.notFound("There is no process " + id);
        }
        return process;
    }
}
