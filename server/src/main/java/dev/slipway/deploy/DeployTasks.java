package dev.slipway.deploy;

import dev.slipway.build.Builder;
import dev.slipway.console.Console;
import dev.slipway.deploy.appjson.AppJson;
import dev.slipway.deploy.appjson.Scripts;
import dev.slipway.exec.Attachment;
import dev.slipway.exec.Runner;
import dev.slipway.model.App;
import dev.slipway.model.Build;
import dev.slipway.model.OneOff;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Release;
import dev.slipway.model.RestartPolicy;
import dev.slipway.model.UserException;
import dev.slipway.schedule.Scheduler;
import dev.slipway.store.Store;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What a deploy runs once, with the new build and config: the Procfile's {@code release} command and the scripts of app.json. The pusher
 * sees what it prints as it is printed.
 */
final class DeployTasks {

    /** The Procfile's type that is run before the switch and is no part of the formation. */
    static final ProcessType RELEASE = new ProcessType("release");

    /** The script that runs after an app's first deploy. */
    private static final String FIRST = "heroku.postdeploy";

    private static final Duration LONGEST = Duration.ofMinutes(30);

    private static final RestartPolicy NEVER_AGAIN = new RestartPolicy(RestartPolicy.Rule.NO, 0);

    private final Scheduler scheduler;
    private final Builder builder;
    private final Users users;
    private final Store store;

    DeployTasks(Scheduler scheduler, Builder builder, Users users, Store store) {
        this.scheduler = scheduler;
        this.builder = builder;
        this.users = users;
        this.store = store;
    }

    /**
     * @param mend what the user can do where it fails
     * @param keeps whether what it writes stays in the build
     */
    private record Task(String name, String source, String command, String mend, boolean keeps) {

        /** As Dokku calls it where it fails. */
        String shown() {
            return name.equals(FIRST) ? "first deploy postdeploy" : name;
        }
    }

    /**
     * Before the switch the predeploy script, then the release command; then the switch itself.
     *
     * @param app as it shall be, with its release
     * @param rollout given the release with the files that the predeploy script left in its build, as in Dokku; if it throws, what was
     *     made for the release is removed again
     * @throws UserException if one does not end with exit code 0
     */
    App deploy(App app, Function<Release, App> rollout, Console console) {
        Release release = Processes.released(app);
        Release ready = scripts(release)
                .predeploy()
                .map(command -> predeployed(command, app, release, console))
                .orElse(release);
        boolean deployed = false;
        try {
            if (ready.procfile().has(RELEASE)) {
                String command = ready.procfile().command(RELEASE);
                String mend = "mend it, or remove the line release: from the Procfile";
                run(new Task("release", "Procfile", command, mend, false), app, ready, console);
            }
            App result = rollout.apply(ready);
            deployed = true;
            return result;
        } finally {
            if (!deployed && !ready.equals(release)) {
                ToTheEnd.run(() -> discard(app, ready));
            }
        }
    }

    /** Not so what serves after all, or still runs. */
    private void discard(App app, Release failed) {
        boolean serves = store.find(app.name())
                .flatMap(App::release)
                .filter(release -> release.number() == failed.number())
                .isPresent();
        if (!serves
                && scheduler.running(app.name()).stream().noneMatch(process -> process.release() == failed.number())) {
            builder.discard(app.name(), failed.build());
        }
    }

    private Release predeployed(String command, App app, Release release, Console console) {
        Task task = new Task("predeploy", AppJson.FILE, command, "mend it, or remove it from app.json", true);
        Build build = release.build();
        return release.withBuild(builder.amend(
                app.name(),
                build,
                users.runs(app),
                tree -> run(task, app, release.withBuild(build.withTree(tree)), console)));
    }

    /**
     * After the switch: Heroku's postdeploy script if it was the first, then Dokku's.
     *
     * @throws UserException if one does not end with exit code 0; the release serves all the same
     */
    void after(App app, Release release, boolean first, Console console) {
        Scripts scripts = scripts(release);
        String mend =
                "the release serves all the same; mend it and push again, or run it by hand: dokku run " + app.name();
        if (first) {
            scripts.firstPostdeploy()
                    .ifPresent(
                            command -> run(new Task(FIRST, AppJson.FILE, command, mend, false), app, release, console));
        }
        scripts.postdeploy()
                .ifPresent(command ->
                        run(new Task("postdeploy", AppJson.FILE, command, mend, false), app, release, console));
    }

    private static Scripts scripts(Release release) {
        return release.appJson().map(AppJson::parse).orElse(AppJson.NONE).scripts();
    }

    private void run(Task task, App app, Release release, Console console) {
        console.step("Executing " + task.name() + " task from " + task.source() + ": " + task.command());
        ProcessName name = new ProcessName(new ProcessType(task.name().replace("heroku.", "")), 1);
        ProcessSpec spec = new ProcessSpec(
                        app.name(),
                        name,
                        release.number(),
                        release.build().tree(),
                        task.command(),
                        Plan.all(app, release).environment(name, store.globalConfig()),
                        users.runs(app),
                        Resource.limits(app, name.type()),
                        NEVER_AGAIN)
                .asOneOff(new OneOff(List.of(), task.command(), "", LONGEST, task.keeps()));
        int code;
        try (LineStream lines = new LineStream(console::detail)) {
            code = scheduler.attend(
                    spec, Attachment.of(new Runner.Streams(InputStream.nullInputStream(), lines, lines)));
        }
        if (code != 0) {
            throw UserException.failed(
                    "Execution of " + task.shown() + " task failed with code " + code + ": " + task.mend());
        }
    }
}
