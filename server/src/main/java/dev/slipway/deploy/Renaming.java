package dev.slipway.deploy;

import dev.slipway.build.Builder;
import dev.slipway.console.Console;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.Domain;
import dev.slipway.model.Draining;
import dev.slipway.model.Release;
import dev.slipway.proxy.Proxy;
import dev.slipway.schedule.Scheduler;
import dev.slipway.store.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Gives apps other names. One that serves goes on serving: processes are started under the new name, the switch renames it in the store,
 * and the processes of before drain as after a deploy. If it cannot be done, everything is as it was.
 */
public final class Renaming {

    /** Stands among an app's properties from the switch until all that has the old name has followed; its value is that name. */
    public static final String UNFINISHED = "apps.renamed-from";

    /** Stands among an app's properties once it had other names: those, parted by blanks. */
    public static final String FORMER = "apps.former-names";

    private final Parts parts;
    private final Store store;

    Renaming(Parts parts) {
        this.parts = parts;
        this.store = parts.store();
    }

    /** What a change of name works with. */
    record Parts(
            Store store,
            Scheduler scheduler,
            Proxy proxy,
            Builder builder,
            Locks locks,
            SiteChanges sites,
            Rollout rollout,
            Retirement retirement,
            Clock clock) {}

    /**
     * What is wanted.
     *
     * @param domains those of the app from then on
     * @param deploy whether an app that runs shall go on doing so; else its processes are ended, and it stays stopped
     */
    public record Wish(AppName from, AppName to, List<Domain> domains, boolean deploy) {}

    /** @param rest moves what is kept under the name elsewhere; it may be run a second time after a crash */
    public void rename(Wish wish, Runnable rest, Console console) {
        App known = store.app(wish.from());
        boolean inOrder = known.name().compareTo(wish.to()) < 0;
        String what = "change of its name";
        try (Locks.Held _ = parts.locks().take(inOrder ? wish.from() : wish.to(), what, console);
                Locks.Held _ = parts.locks().take(inOrder ? wish.to() : wish.from(), what, console)) {
            App app = store.app(wish.from());
            if (store.find(wish.to()).isPresent()) {
                throw Store.nameTaken();
            }
            App next = app.withName(wish.to()).withDomains(wish.domains());
            if (wish.deploy() && app.deployed() && !app.stopped()) {
                DeployLock.refuse(app);
                serve(app, next, rest, console);
            } else {
                ToTheEnd.run(() -> settle(app, next, rest, console));
            }
        }
    }

    private void serve(App app, App next, Runnable rest, Console console) {
        boolean renamed = false;
        try {
            parts.proxy().carry(app.name(), next.name());
            Release release = carried(app, next).orElseThrow();
            parts.rollout().run(Plan.renamed(next.withRelease(release), release, app.name()), console);
            renamed = true;
        } finally {
            if (!renamed) {
                parts.proxy().remove(next.name());
                parts.builder().forget(next.name());
            }
        }
        ToTheEnd.run(() -> finish(app.name(), next.name(), rest));
    }

    private void settle(App app, App next, Runnable rest, Console console) {
        parts.proxy().carry(app.name(), next.name());
        Optional<Release> release = carried(app, next);
        TreeSet<String> ids = new TreeSet<>(app.processes().values());
        parts.scheduler().running(app.name()).forEach(process -> ids.add(process.id()));
        TreeMap<String, Draining> now = new TreeMap<>();
        ids.forEach(id -> now.put(id, Draining.at(parts.clock().instant())));
        store.rename(
                app.name(),
                next.name(),
                before -> {
                    App emptied = unfinished(before, app.name())
                            .withDomains(next.domains())
                            .withProcesses(Map.of())
                            .withStopped(app.deployed());
                    return release.map(emptied::withRelease).orElse(emptied);
                },
                now);
        parts.retirement().end(ids, new Settings(app, store.globalProperties()).stopTimeout());
        finish(app.name(), next.name(), rest);
        parts.sites().withdraw(store.app(next.name()), console);
    }

    private Optional<Release> carried(App app, App next) {
        return app.release()
                .map(release -> release.withBuild(parts.builder().carry(app.name(), next.name(), release.build())));
    }

    static App unfinished(App renamed, AppName from) {
        List<AppName> former = new ArrayList<>(former(renamed));
        former.remove(renamed.name());
        former.remove(from);
        former.add(from);
        String names = former.stream().map(AppName::value).collect(Collectors.joining(" "));
        return renamed.withProperty(UNFINISHED, Optional.of(from.value())).withProperty(FORMER, Optional.of(names));
    }

    /** The names that an app had: what was begun under one, and is no part of the formation, keeps it to its end. */
    static List<AppName> former(App app) {
        return app.property(FORMER).stream()
                .flatMap(names -> Arrays.stream(names.split(" ")))
                .map(AppName::new)
                .toList();
    }

    private void finish(AppName from, AppName to, Runnable rest) {
        rest.run();
        parts.proxy().remove(from);
        if (parts.scheduler().running(from).isEmpty()) {
            parts.builder().forget(from);
        }
        store.update(to, app -> app.withProperty(UNFINISHED, Optional.empty()));
    }

    /** The name that an app had before a change of it which a crash interrupted; whoever asks finishes it. */
    public static Optional<AppName> unfinished(App app) {
        return app.property(UNFINISHED).map(AppName::new);
    }

    /** Finishes a change of name that a crash interrupted after its switch. */
    public void resume(App app, Runnable rest) {
        unfinished(app).ifPresent(from -> {
            rest.run();
            store.update(app.name(), before -> before.withProperty(UNFINISHED, Optional.empty()));
        });
    }
}
