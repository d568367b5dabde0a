package dev.slipway.app;

import dev.slipway.console.Console;
import dev.slipway.deploy.AppProperty;
import dev.slipway.deploy.DeployLock;
import dev.slipway.deploy.Deployer;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.Revision;
import dev.slipway.model.UserException;
import dev.slipway.source.Push;
import dev.slipway.source.PushHandler;
import dev.slipway.source.Ref;
import dev.slipway.source.RefUpdate;
import dev.slipway.source.Repositories;
import dev.slipway.source.Source;
import dev.slipway.store.Store;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Judges what is pushed: a new revision of the deploy branch is deployed, everything else is stored, and the deploy branch stays. */
public final class Pushes {

    /** As long as for the lock of an app, which whoever is before us may be waiting for. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Store store;
    private final Deployer deployer;
    private final Repositories repositories;
    private final ConcurrentMap<AppName, Semaphore> turns = new ConcurrentHashMap<>();

    public Pushes(Store store, Deployer deployer, Repositories repositories) {
        this.store = store;
        this.deployer = deployer;
        this.repositories = repositories;
    }

    /** Does something to an app's repository while no push to it is judged, and none while it lasts. */
    <T> T alone(AppName app, Console console, Supplier<T> work) {
        try (Turn turn = turn()) {
            turn.await(turns.computeIfAbsent(app, name -> new Semaphore(1, true)), app, console);
            return work.get();
        }
    }

    /** The handler of one push, to be closed when git has moved the refs or has not. */
    public Turn turn() {
        return new Turn();
    }

    /**
     * One push to an app at a time, from before it is judged until git has moved the refs. A push that waited, and whose refs moved
     * meanwhile, is refused before anything is deployed: git would refuse it too, but only behind the deploy.
     */
    public final class Turn implements PushHandler, AutoCloseable {

        private volatile @Nullable Semaphore held;

        private Turn() {}

        @Override
        public int receive(Push push, OutputStream progress) {
            Console console = new Console(progress, progress);
            await(turns.computeIfAbsent(push.app(), app -> new Semaphore(1, true)), push.app(), console);
            refuseStale(push);
            judge(push, console);
            return 0;
        }

        private void await(Semaphore turn, AppName app, Console console) {
            try {
                if (!turn.tryAcquire()) {
                    console.step("Waiting for another push to " + app + " to end");
                    if (!turn.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                        throw new UserException(
                                UserException.Kind.BUSY, "Another push to " + app + " does not end: try again later");
                    }
                }
                held = turn;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UserException(UserException.Kind.BUSY, "Gave up waiting for another push to " + app, e);
            }
        }

        @Override
        public void close() {
            Semaphore turn = held;
            if (turn != null) {
                turn.release();
            }
        }
    }

    private void refuseStale(Push push) {
        List<Ref> refs = push.updates().stream().map(RefUpdate::ref).toList();
        Map<Ref, Revision> tips = repositories.tips(push.app(), refs);
        for (RefUpdate update : push.updates()) {
            if (!Optional.ofNullable(tips.get(update.ref())).equals(before(update))) {
                throw UserException.invalid(update.ref().name()
                        + " was moved by another push meanwhile: fetch it, merge or rebase, and push again");
            }
        }
    }

    private static Optional<Revision> before(RefUpdate update) {
        return switch (update) {
            case RefUpdate.Created(Ref ref, Revision after) -> Optional.empty();
            case RefUpdate.Moved(Ref ref, Revision before, Revision after) -> Optional.of(before);
            case RefUpdate.Deleted(Ref ref, Revision before) -> Optional.of(before);
        };
    }

    private void judge(Push push, Console console) {
        App app = store.app(push.app());
        DeployLock.refuse(app);
        String branch = AppProperty.DEPLOY_BRANCH.text(app, store.globalProperties());
        for (RefUpdate update : push.updates()) {
            refuseWhatCannotBe(update, branch);
        }
        for (RefUpdate update : push.updates()) {
            take(push, update, branch, console);
        }
    }

    private static void refuseWhatCannotBe(RefUpdate update, String branch) {
        if (update instanceof RefUpdate.Deleted deleted && deleted.ref().equals(new Ref.Branch(branch))) {
            throw UserException.invalid("Branch " + branch + " is the deploy branch and cannot be deleted: "
                    + "set another one first, or destroy the app");
        }
    }

    private void take(Push push, RefUpdate update, String branch, Console console) {
        switch (update) {
            case RefUpdate.Created(Ref ref, Revision after) -> take(push, ref, after, branch, console);
            case RefUpdate.Moved(Ref ref, Revision before, Revision after) -> take(push, ref, after, branch, console);
            case RefUpdate.Deleted(Ref ref, Revision before) -> console.step("Deleted " + ref.name());
        }
    }

    private void take(Push push, Ref ref, Revision after, String branch, Console console) {
        switch (ref) {
            case Ref.Branch pushed
            when pushed.name().equals(branch) -> {
                console.step("Deploying " + push.app() + " from " + branch + " ("
                        + after.sha().substring(0, 7) + ")");
                deployer.deploy(new Source(push.app(), after, push.quarantine()), console);
            }
            case Ref.Branch other -> {
                console.warn("deploy did not complete: branch " + other.name()
                        + " is only stored, the deploy branch of " + push.app() + " is " + branch + ".");
                console.warn("To deploy it: git push dokku " + other.name() + ":" + branch
                        + ", or make it the deploy branch: dokku git:set " + push.app() + " deploy-branch "
                        + other.name());
            }
            case Ref.Tag tag -> console.step("Tag " + tag.name() + " is stored");
            case Ref.Other other -> console.step(other.name() + " is stored");
        }
    }
}
