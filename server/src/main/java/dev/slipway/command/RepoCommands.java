package dev.slipway.command;

import dev.slipway.app.Apps;
import dev.slipway.deploy.Deployer;
import java.util.List;

/** {@code repo}: the git repository of an app, and the cache that its builds are made with. */
final class RepoCommands implements Noun {

    private final Apps apps;
    private final Deployer deployer;

    RepoCommands(Apps apps, Deployer deployer) {
        this.apps = apps;
        this.deployer = deployer;
    }

    @Override
    public String name() {
        return "repo";
    }

    @Override
    public String summary() {
        return "Manage the app's repo";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of(
                        "repo:gc",
                        "<app>",
                        "Pack the objects of an app's repository and drop what nothing needs",
                        call -> apps.collectGarbage(call.app().name(), call.console())),
                Verb.of(
                        "repo:purge-cache",
                        "<app>",
                        "Delete what the builds of an app keep for the next one",
                        call -> deployer.purgeCache(call.app().name(), call.console())));
    }
}
