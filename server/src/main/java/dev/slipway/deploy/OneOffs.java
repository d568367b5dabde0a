package dev.slipway.deploy;

import dev.slipway.exec.Attachment;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.OneOff;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Release;
import dev.slipway.model.RestartPolicy;
import dev.slipway.model.UserException;
import dev.slipway.schedule.Change;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import dev.slipway.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes that somebody, or a cron task, runs once: with the build, config, limits and user of the app's release, beside its formation.
 * Attached ones live as long as their callers and this daemon; detached ones outlive both.
 */
public final class OneOffs implements AutoCloseable {

    /** How long one may run that says nothing else, as in Dokku. */
    public static final Duration USUAL = Duration.ofDays(1);

    /** The type of those that users run. */
    public static final ProcessType RUN = new ProcessType("run");

    /** The type of those that cron tasks run. */
    public static final ProcessType CRON = new ProcessType("cron");

    private static final Logger LOG = LoggerFactory.getLogger(OneOffs.class);

    private static final RestartPolicy NEVER_AGAIN = new RestartPolicy(RestartPolicy.Rule.NO, 0);

    private final Store store;
    private final Scheduler scheduler;
    private final Users users;
    private final Clock clock;
    private final ConcurrentMap<String, Future<?>> deadlines = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("one-offs").factory());

    OneOffs(Store store, Scheduler scheduler, Users users, Clock clock) {
        this.store = store;
        this.scheduler = scheduler;
        this.users = users;
        this.clock = clock;
    }

    /**
     * What is to be run.
     *
     * @param command a text for the shell of the process's own sandbox
     * @param oneOff the rest of it; its cron task, if it has one, decides the type
     * @param environment what this run is given over the app's own config
     */
    public record Task(String command, OneOff oneOff, Map<String, String> environment) {

        /** A program and its words, or a line of the release's Procfile if the first word is its type. */
        public static Task words(Release release, List<String> words, OneOff like, Map<String, String> environment) {
            Optional<String> line = line(release, words.getFirst());
            List<String> rest = line.isPresent() ? words.subList(1, words.size()) : words;
            OneOff oneOff = new OneOff(
                    rest, like.shown().isEmpty() ? String.join(" ", words) : like.shown(), like.cron(), like.longest());
            String command =
                    line.map(text -> rest.isEmpty() ? text : text + " \"$@\"").orElse(OneOff.PROGRAM);
            return new Task(command, oneOff, environment);
        }

        /** The Procfile's command of a type, if the word names one. */
        public static Optional<String> line(Release release, String word) {
            return Optional.of(word)
                    .filter(ProcessType::isValid)
                    .map(ProcessType::new)
                    .filter(release.procfile()::has)
                    .map(release.procfile()::command);
        }
    }

    /** The release that one-offs of an app run. */
    public static Release release(App app) {
        return Processes.released(app);
    }

    /**
     * Runs a task with its caller's streams until it ends; {@link Scheduler#attend} has the rest.
     *
     * @return its exit code
     */
    public int attend(AppName app, Task task, Attachment caller) {
        return scheduler.attend(spec(store.app(app), task), caller);
    }

    /** Starts a task that nobody attends; what it prints is in the app's logs. */
    public Running start(AppName name, Task task) {
        App app = store.app(name);
        Running process = scheduler.start(spec(app, task));
        limit(process, task.oneOff().longest());
        if (store.find(name).filter(found -> found.number() == app.number()).isEmpty()) {
            stop(process, Duration.ZERO);
            throw UserException.noSuchApp(name.value());
        }
        return process;
    }

    private ProcessSpec spec(App app, Task task) {
        Release release = release(app);
        ProcessName name = name(app.name(), task.oneOff().cron().isEmpty() ? RUN : CRON);
        TreeMap<String, String> environment = Plan.all(app, release).environment(name, store.globalConfig());
        environment.putAll(task.environment());
        return new ProcessSpec(
                        app.name(),
                        name,
                        release.number(),
                        release.build().tree(),
                        task.command(),
                        environment,
                        users.runs(app),
                        Resource.limits(app, name.type()),
                        NEVER_AGAIN)
                .asOneOff(task.oneOff());
    }

    private ProcessName name(AppName app, ProcessType type) {
        List<ProcessName> taken = running(app).stream().map(Running::name).toList();
        ProcessName name;
        do {
            int number = ThreadLocalRandom.current().nextInt(ProcessName.FIRST_ONE_OFF, ProcessName.LAST + 1);
            name = new ProcessName(type, number);
        } while (taken.contains(name));
        return name;
    }

    /** Those of an app that run, attached ones too; what a deploy runs is not among them. */
    public List<Running> running(AppName app) {
        return names(app).stream()
                .flatMap(name -> scheduler.running(name).stream())
                .filter(process ->
                        process.oneOff().isPresent() && process.name().isOneOff())
                .toList();
    }

    /** An app's name, and those it had that are nobody's now: nobody gets one while something runs under it. */
    private List<AppName> names(AppName app) {
        Stream<AppName> former = store.find(app).map(Renaming::former).orElse(List.of()).stream()
                .filter(name -> store.find(name).isEmpty());
        return Stream.concat(Stream.of(app), former).toList();
    }

    /** Whether the app that a one-off belongs to is there, by that name or another. */
    static boolean hasApp(Store store, Running process) {
        return store.find(process.app()).isPresent()
                || store.apps().stream()
                        .anyMatch(name -> Renaming.former(store.app(name)).contains(process.app()));
    }

    /** Ends one as any process of its app is ended. */
    public void stop(Running process) {
        Duration grace = store.find(process.app())
                .map(app -> new Settings(app, store.globalProperties()).stopTimeout())
                .orElse(Duration.ZERO);
        stop(process, grace);
    }

    private void stop(Running process, Duration grace) {
        scheduler.stop(process.id(), grace);
        forget(process.id());
    }

    private void limit(Running process, Duration left) {
        Future<?> deadline = timer.schedule(
                () -> Thread.startVirtualThread(() -> end(process)),
                Math.max(0, left.toMillis()),
                TimeUnit.MILLISECONDS);
        deadlines.put(process.id(), deadline);
    }

    private void end(Running process) {
        LOG.info("{} {} has run for as long as it may", process.app(), process.name());
        stop(process);
    }

    private void forget(String id) {
        Future<?> deadline = deadlines.remove(id);
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    /** Takes up those that outlived the daemon before this one; from now on each that ends is forgotten. */
    void resume() {
        scheduler.watch(change -> {
            if (change instanceof Change.Exited(Running process, int code)
                    && process.oneOff().isPresent()) {
                LOG.info("{} {} ended with code {}", process.app(), process.name(), code);
                Thread.startVirtualThread(() -> stop(process, Duration.ZERO));
            }
        });
        for (Running process : scheduler.running()) {
            process.oneOff()
                    .ifPresent(oneOff -> limit(
                            process,
                            Duration.between(
                                    clock.instant(), process.startedAt().plus(oneOff.longest()))));
        }
    }

    /** Lets go of them; they go on. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
