package dev.slipway.deploy;

import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.Config;
import dev.slipway.model.Formation;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Release;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What shall run once a rollout is done, and which of it is to be started anew.
 *
 * @param app the app as it shall be: config, formation and release are those of the plan
 * @param fresh the processes to start; those of the formation that are not here stay as they are
 * @param formerly the name that the app has until the switch
 */
record Plan(App app, Release release, Set<ProcessName> fresh, AppName formerly) {

    Plan {
        fresh = new TreeSet<>(fresh);
    }

    Plan(App app, Release release, Set<ProcessName> fresh) {
        this(app, release, fresh, app.name());
    }

    /** Everything is started anew under the app's new name. */
    static Plan renamed(App app, Release release, AppName formerly) {
        return new Plan(app, release, new TreeSet<>(app.formation().processes()), formerly);
    }

    /** Everything is started anew: a deploy, a restart, a changed config. */
    static Plan all(App app, Release release) {
        return new Plan(app, release, new TreeSet<>(app.formation().processes()));
    }

    /**
     * Only what is missing is started, and what is too much goes: a changed scale.
     *
     * @param gone whether a process that should be there counts as missing, because it exited for good
     */
    static Plan missing(App app, Release release, Predicate<ProcessName> gone) {
        Set<ProcessName> missing = new TreeSet<>(app.formation().processes());
        missing.removeIf(process -> app.processes().containsKey(process) && !gone.test(process));
        return new Plan(app, release, missing);
    }

    /** All processes of one type are started anew. */
    static Plan type(App app, Release release, ProcessType type) {
        Set<ProcessName> fresh = missing(app, release, process -> false).fresh();
        app.formation().processes().stream()
                .filter(process -> process.type().equals(type))
                .forEach(fresh::add);
        return new Plan(app, release, fresh);
    }

    /** The processes that serve now and go on serving, with their ids. */
    SortedMap<ProcessName, String> kept() {
        TreeMap<ProcessName, String> kept = new TreeMap<>(app.processes());
        kept.keySet().retainAll(new TreeSet<>(app.formation().processes()));
        kept.keySet().removeAll(fresh);
        return kept;
    }

    /**
     * The whole environment of one process: the build's, the config of all apps over it, the app's own over that, and what the platform
     * promises over all.
     */
    TreeMap<String, String> environment(ProcessName process, Config global) {
        TreeMap<String, String> environment = new TreeMap<>(release.build().environment());
        environment.putAll(global.values());
        environment.putAll(app.config().values());
        environment.put("PORT", String.valueOf(ProcessSpec.PORT));
        environment.put("DYNO", process.toString());
        return environment;
    }

    Formation formation() {
        return app.formation();
    }
}
