package dev.slipway.deploy;

import dev.slipway.console.Console;
import dev.slipway.model.App;
import dev.slipway.model.Config;
import dev.slipway.model.Limits;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Release;
import dev.slipway.model.RestartPolicy;
import dev.slipway.model.UserException;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the Procfile's {@code release} command once, with the new build and config, before anything of it serves. */
final class ReleaseTask {

    static final ProcessType TYPE = new ProcessType("release");

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int MOST_LINES = 1_000;

    private static final RestartPolicy NEVER_AGAIN = new RestartPolicy(RestartPolicy.Rule.NO, 0);

    private final Scheduler scheduler;
    private final Users users;
    private final Config global;

    /** @param global the variables of all apps */
    ReleaseTask(Scheduler scheduler, Users users, Config global) {
        this.scheduler = scheduler;
        this.users = users;
        this.global = global;
    }

    /** @throws UserException if it does not end with exit code 0 */
    void run(App app, Release release, Console console) {
        console.step(
                "Executing release task from Procfile: " + release.procfile().command(TYPE));
        ProcessName name = new ProcessName(TYPE, 1);
        Running task = scheduler.start(new ProcessSpec(
                app.name(),
                name,
                release.number(),
                release.build().tree(),
                release.procfile().command(TYPE),
                Plan.all(app, release).environment(name, global),
                users.runs(app),
                Limits.PROCESS,
                NEVER_AGAIN));
        try {
            int code = exitCode(task);
            scheduler.lastLines(task.id(), MOST_LINES).forEach(console::detail);
            if (code != 0) {
                throw UserException.failed("The release task of " + app.name() + " exited with code " + code
                        + ": mend it, or remove the line release: from the Procfile");
            }
        } finally {
            scheduler.stop(task.id(), GRACE);
        }
    }

    private int exitCode(Running task) {
        try {
            return scheduler.exit(task.id()).get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw UserException.failed(
                    "The release task took longer than " + LONGEST.toMinutes() + " minutes and was stopped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the deploy was cancelled");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the scheduler lost " + task.id(), e.getCause());
        }
    }
}
