package dev.slipway.app;

import dev.slipway.deploy.Deployer;
import dev.slipway.deploy.OneOffs;
import dev.slipway.deploy.appjson.AppJson;
import dev.slipway.deploy.appjson.CronTask;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.CronSchedule;
import dev.slipway.model.OneOff;
import dev.slipway.model.Release;
import dev.slipway.model.UserException;
import dev.slipway.schedule.Running;
import dev.slipway.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the cron tasks of the apps' releases when they are due: one timer, set to the next of them all. Runs that were missed while no daemon
 * was there are not made up for.
 */
public final class Cron implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cron.class);

    private static final String MAINTENANCE = "cron.maintenance";

    /** A clock is put right by less than this all the time. */
    private static final Duration JUMP = Duration.ofSeconds(2);

    private final Store store;
    private final OneOffs oneOffs;
    private final Clock clock;
    private final Timetable timetable;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cron").factory());
    private final ConcurrentMap<Timetable.Turn, ReentrantLock> starts = new ConcurrentHashMap<>();
    private Future<?> pending = CompletableFuture.completedFuture(null);
    private long offset;

    /** @param clock its zone is the one that schedules are meant in */
    public Cron(Store store, Deployer deployer, Clock clock) {
        this.store = store;
        this.oneOffs = deployer.oneOffs();
        this.clock = clock;
        this.timetable = new Timetable(clock.getZone());
        this.offset = offset();
        deployer.watch(this::changed);
    }

    /** A task of an app's release, and what suspends it. */
    public record Entry(AppName app, CronTask task, boolean taskSuspended, boolean appSuspended) {

        public String id() {
            return task.id(app);
        }

        public boolean suspended() {
            return taskSuspended || appSuspended;
        }
    }

    /** The tasks of an app's release, in the order of its app.json. */
    public List<Entry> entries(App app) {
        boolean all = suspended(app);
        return app.release().flatMap(Release::appJson).map(AppJson::parse).orElse(AppJson.NONE).cron().stream()
                .map(task -> new Entry(
                        app.name(),
                        task,
                        task.maintenance() || app.property(key(task)).isPresent(),
                        all))
                .toList();
    }

    /** Whether none of an app's tasks is run: because it, or all, are in maintenance. */
    public boolean suspended(App app) {
        return app.property(MAINTENANCE).filter("true"::equals).isPresent()
                || "true".equals(store.globalProperties().get(MAINTENANCE));
    }

    private static String key(CronTask task) {
        return MAINTENANCE + "." + task.keyInApp();
    }

    /** @throws UserException if the app has no such task */
    public Entry entry(App app, String id) {
        return entries(app).stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow(() -> UserException.notFound(
                        "No matching Cron ID found. Please specify a Cron ID from the output of 'dokku cron:list "
                                + app.name() + "'"));
    }

    /** Has one task run no more until it is resumed. */
    public void suspend(Entry entry, boolean suspended) {
        store.update(
                entry.app(),
                app -> app.withProperty(key(entry.task()), Optional.of("true").filter(on -> suspended)));
    }

    /** What a run of a task is. */
    public static OneOffs.Task task(App app, Entry entry) {
        return task(app, entry, OneOffs.USUAL);
    }

    /** @param longest how long it may run */
    public static OneOffs.Task task(App app, Entry entry, Duration longest) {
        Release release = OneOffs.release(app);
        String command = entry.task().command().strip();
        String first = command.split("\\s", 2)[0];
        String whole = OneOffs.Task.line(release, first)
                .map(line -> line + command.substring(first.length()))
                .orElse(command);
        return new OneOffs.Task(whole, new OneOff(List.of(), command, entry.id(), longest), Map.of());
    }

    /** From now on tasks are run; to be called once, when the apps are there. */
    public void begin() {
        store.apps().forEach(this::changed);
    }

    private synchronized void changed(AppName name) {
        Map<String, CronSchedule> tasks = new HashMap<>();
        store.find(name)
                .map(this::entries)
                .orElse(List.of())
                .forEach(entry -> tasks.put(entry.id(), entry.task().schedule()));
        timetable.plan(name, tasks, clock.instant());
        arm();
    }

    private void arm() {
        pending.cancel(false);
        timetable.next().ifPresent(at -> {
            long wait = Duration.between(clock.instant(), at).toMillis() + 1;
            pending = timer.schedule(this::fire, Math.max(0, wait), TimeUnit.MILLISECONDS);
        });
    }

    private synchronized void fire() {
        timetable
                .take(clock.instant())
                .forEach(turn -> Thread.ofVirtual().name("cron-" + turn.app()).start(() -> run(turn)));
        arm();
    }

    /** The timer counts seconds that pass, and tasks are due by the clock: when that is set, they are reckoned anew. */
    public synchronized void followClock() {
        long now = offset();
        if (Math.abs(now - offset) > JUMP.toMillis()) {
            LOG.info("the clock was set: cron tasks are planned anew");
            timetable.reckon(clock.instant());
            arm();
        }
        offset = now;
    }

    private long offset() {
        return clock.millis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** One run of a task is started after the other: one that is being started is not seen to run yet. */
    private void run(Timetable.Turn turn) {
        ReentrantLock start = starts.computeIfAbsent(turn, fresh -> new ReentrantLock(true));
        start.lock();
        try {
            App app = store.app(turn.app());
            Entry entry = entry(app, turn.id());
            if (!entry.suspended() && mayRun(entry)) {
                Running process = oneOffs.start(app.name(), task(app, entry));
                LOG.info("cron task {} of {} runs as {}", entry.task().schedule(), app.name(), process.name());
            }
        } catch (UserException e) {
            LOG.warn("a cron task of {} was not run: {}", turn.app(), e.text());
        } catch (RuntimeException e) {
            LOG.error("a cron task of {} was not run", turn.app(), e);
        } finally {
            start.unlock();
        }
    }

    /**
     * Makes way for a run that somebody asks for: as for one that is due, its task says what becomes of those that are under way.
     *
     * @throws UserException if it has none run beside them
     */
    public void makeWay(Entry entry) {
        if (!mayRun(entry)) {
            throw UserException.failed("App " + entry.app() + " currently has a cron lock in place for " + entry.id()
                    + ": wait for the run before, or end it with dokku run:stop " + entry.app());
        }
    }

    private boolean mayRun(Entry entry) {
        List<Running> underWay = oneOffs.running(entry.app()).stream()
                .filter(process -> process.oneOff()
                        .map(OneOff::cron)
                        .filter(entry.task().id(process.app())::equals)
                        .isPresent())
                .toList();
        switch (entry.task().concurrency()) {
            case ALLOW -> {}
            case FORBID -> {
                if (!underWay.isEmpty()) {
                    LOG.info(
                            "a cron task of {} is left out: {} still runs",
                            entry.app(),
                            underWay.getFirst().name());
                    return false;
                }
            }
            case REPLACE -> underWay.forEach(oneOffs::stop);
        }
        return true;
    }

    /** Runs nothing more; what runs goes on. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
