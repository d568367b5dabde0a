package dev.slipway.app;

import dev.slipway.console.Console;
import dev.slipway.deploy.Deployer;
import dev.slipway.model.App;
import dev.slipway.model.Revision;
import dev.slipway.model.UserException;
import dev.slipway.source.Push;
import dev.slipway.source.PushHandler;
import dev.slipway.source.Ref;
import dev.slipway.source.RefUpdate;
import dev.slipway.source.Source;
import dev.slipway.store.Store;
import java.io.OutputStream;

/** Judges what is pushed: a new revision of the deploy branch is deployed, everything else is stored, and the deploy branch stays. */
public final class Pushes implements PushHandler {

    static final String DEFAULT_BRANCH = "master";
    static final String DEPLOY_BRANCH = "git.deploy-branch";

    private final Store store;
    private final Deployer deployer;

    public Pushes(Store store, Deployer deployer) {
        this.store = store;
        this.deployer = deployer;
    }

    @Override
    public int receive(Push push, OutputStream progress) {
        Console console = new Console(progress, progress);
        App app = store.app(push.app());
        String branch = deployBranch(app);
        for (RefUpdate update : push.updates()) {
            refuseWhatCannotBe(update, branch);
        }
        for (RefUpdate update : push.updates()) {
            take(push, update, branch, console);
        }
        return 0;
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
                console.warn("Branch " + other.name() + " is stored, but not deployed: the deploy branch of "
                        + push.app() + " is " + branch + ".");
                console.warn("To deploy it: git push dokku " + other.name() + ":" + branch
                        + ", or make it the deploy branch: dokku git:set " + push.app() + " deploy-branch "
                        + other.name());
            }
            case Ref.Tag tag -> console.step("Tag " + tag.name() + " is stored");
            case Ref.Other other -> console.step(other.name() + " is stored");
        }
    }

    private static String deployBranch(App app) {
        return app.property(DEPLOY_BRANCH).orElse(DEFAULT_BRANCH);
    }
}
