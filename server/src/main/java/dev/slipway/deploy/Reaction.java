package dev.slipway.deploy;

import dev.slipway.console.Console;
import dev.slipway.deploy.appjson.Healthcheck;
import dev.slipway.model.App;
import dev.slipway.model.UserException;
import dev.slipway.schedule.Change;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import dev.slipway.store.Store;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what happens to processes without anybody asking for it: the proxy is told of listeners that came or went. */
final class Reaction {

    private static final Logger LOG = LoggerFactory.getLogger(Reaction.class);

    private final Store store;
    private final Locks locks;
    private final Consumer<App> publish;
    private final Checks checks;
    private final StartupChecks startupChecks;
    private final CountDownLatch serving = new CountDownLatch(1);

    /** @param publish has the proxy serve an app as its processes stand */
    Reaction(Store store, Scheduler scheduler, Locks locks, StartupChecks startupChecks, Consumer<App> publish) {
        this.store = store;
        this.locks = locks;
        this.publish = publish;
        this.checks = new Checks(scheduler);
        this.startupChecks = startupChecks;
    }

    /** Tells that the proxy serves; what happens before waits. */
    void begin() {
        serving.countDown();
    }

    /** Takes a change up on a thread of its own: the scheduler goes on watching. */
    void answer(Change change) {
        Thread.ofVirtual().name("reaction-" + change.process().id()).start(() -> {
            try {
                serving.await();
                react(change);
            } catch (UserException e) {
                LOG.warn("{}: {}", change.process().id(), e.text());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error(
                        "a change of {} could not be answered", change.process().id(), e);
            }
        });
    }

    private void react(Change change) {
        switch (change) {
            case Change.Exited(Running process, int code) -> {
                LOG.info("{} {} exited with code {} ({})", process.app(), process.name(), code, process.state());
                if (process.state() == Running.State.EXITED) {
                    publish(process);
                }
            }
            case Change.Restarted(Running process) -> {
                LOG.info("{} {} was started again at {}", process.app(), process.name(), process.address());
                awaitListening(process);
                publish(process);
            }
        }
    }

    private void awaitListening(Running process) {
        Optional<App> app = store.find(process.app());
        app.flatMap(App::release)
                .map(release -> startupChecks.ports(process.name().type(), app.get(), release))
                .orElse(Set.of())
                .forEach(port -> checks.await(process, Healthcheck.listening(port)));
    }

    private void publish(Running process) {
        try (Locks.Held _ = locks.take(process.app(), "change of its listeners", Console.silent())) {
            Optional<App> app = store.find(process.app());
            if (app.isPresent() && app.get().processes().containsValue(process.id())) {
                publish.accept(app.get());
            }
        }
    }
}
