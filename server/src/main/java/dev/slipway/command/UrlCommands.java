package dev.slipway.command;

import dev.slipway.deploy.Deployer;
import dev.slipway.model.UserException;
import java.util.List;
import java.util.stream.Stream;

/** {@code url} and {@code urls}: where an app can be reached, for scripts that ask. */
final class UrlCommands implements Noun {

    private final String name;
    private final Deployer deployer;

    /** @param name {@code url} for the first alone, {@code urls} for all */
    UrlCommands(String name, Deployer deployer) {
        this.name = name;
        this.deployer = deployer;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return name.equals("url")
                ? "Show the first URL for an application (compatibility)"
                : "Show all URLs for an application";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(Verb.of(name, "<app>", summary(), this::show));
    }

    private void show(Call call) {
        List<String> urls = deployer.urls(call.app());
        if (urls.isEmpty()) {
            throw UserException.notFound("No URL leads to " + call.app().name() + ": see domains:add and proxy:enable");
        }
        // One of them is the most secure; all of them are in the order of their text, as scripts have them from Dokku.
        Stream<String> shown =
                name.equals("url") ? urls.stream().limit(1) : urls.stream().sorted();
        shown.forEach(call.console()::line);
    }
}
