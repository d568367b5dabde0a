package dev.slipway.command;

import dev.slipway.deploy.Deployer;
import dev.slipway.model.App;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** {@code cleanup}: frees the disk of what nobody needs any more. Dokku's is about containers and images; scripts call it every night. */
final class CleanupCommands implements Noun {

    /** How long a mirror of a buildpack that no build has used is kept. */
    private static final Duration UNUSED = Duration.ofDays(30);

    private final Deployer deployer;
    private final Clock clock;

    CleanupCommands(Deployer deployer, Clock clock) {
        this.deployer = deployer;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "cleanup";
    }

    @Override
    public String summary() {
        return "Remove what builds left and nothing needs";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(Verb.of(
                "cleanup",
                "[<app>]",
                "Remove builds that nothing runs and old records of builds; of all apps also mirrors of buildpacks unused for 30 days",
                this::cleanUp));
    }

    private void cleanUp(Call call) {
        boolean all = call.arguments().optional("app").isEmpty();
        List<App> apps = all ? call.store().all() : List.of(call.app());
        call.step("Cleaning up...");
        apps.forEach(app -> deployer.cleanUp(app.name(), call.console()));
        if (all) {
            deployer.forgetBuildpacks(clock.instant().minus(UNUSED));
        }
    }
}
