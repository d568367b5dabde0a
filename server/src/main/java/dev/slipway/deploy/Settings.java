package dev.slipway.deploy;

import dev.slipway.model.App;
import dev.slipway.model.Draining;
import dev.slipway.model.RestartPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What holds for an app's deploys: its own properties over the global ones over the defaults. */
record Settings(App app, Map<String, String> global) {

    /** How long a process has between SIGTERM and SIGKILL. */
    Duration stopTimeout() {
        return seconds(AppProperty.STOP_TIMEOUT);
    }

    /** When a process that exited is started again. */
    RestartPolicy restartPolicy() {
        return RestartPolicy.parse(AppProperty.RESTART_POLICY.text(app, global));
    }

    /** Where in the app's repository its Procfile is. */
    String procfilePath() {
        return AppProperty.PROCFILE_PATH.text(app, global);
    }

    /** The variable that tells processes which revision they run, if there is to be one. */
    Optional<String> revisionVariable() {
        return Optional.of(AppProperty.REV_ENV_VAR.text(app, global)).filter(name -> !name.isEmpty());
    }

    /** Where in the app's repository its app.json is. */
    String appJsonPath() {
        return AppProperty.APPJSON_PATH.text(app, global);
    }

    /** The directory of the app's repository that is built and run; empty for the whole. */
    String buildDirectory() {
        return AppProperty.BUILD_DIR.text(app, global);
    }

    /** Whether builds stay that nothing runs from any more. */
    boolean keepsBuilds() {
        return AppProperty.SKIP_CLEANUP.text(app, global).equals("true");
    }

    /** Whether builds see the history of their revision. */
    boolean keepsHistory() {
        return AppProperty.KEEP_GIT_DIR.text(app, global).equals("true");
    }

    /** How many builds are kept on record. */
    int retention() {
        return (int) AppProperty.RETENTION.value(app, global);
    }

    /** How many generations may drain at once. */
    int mostDraining() {
        return (int) AppProperty.MAX_DRAINING.value(app, global);
    }

    /**
     * When processes that are replaced now have to go. The kernel cannot tell a request from an upgraded connection, so whoever has the
     * longer time gives it to both. Who wants no drain gets none, unless a time for requests is set as well.
     *
     * @param reloaded whether the proxy has workers from before, which may still bring a request
     */
    Draining drain(Instant now, boolean reloaded) {
        Duration requests = seconds(AppProperty.WAIT_TO_RETIRE);
        Duration sockets = seconds(AppProperty.DRAIN_TIMEOUT);
        if (sockets.isZero() && AppProperty.WAIT_TO_RETIRE.set(app, global).isEmpty()) {
            return Draining.at(now);
        }
        Duration longest = requests.compareTo(sockets) > 0 ? requests : sockets;
        return new Draining(now, reloaded ? now.plus(requests) : now, now.plus(longest));
    }

    private Duration seconds(AppProperty property) {
        return Duration.ofSeconds(property.value(app, global));
    }
}
