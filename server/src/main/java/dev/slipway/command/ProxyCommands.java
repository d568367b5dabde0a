package dev.slipway.command;

import dev.slipway.deploy.Deployer;
import dev.slipway.model.App;
import dev.slipway.proxy.Proxy;
import java.util.ArrayList;
import java.util.List;

/** {@code proxy}: what leads to the apps. */
final class ProxyCommands implements Noun {

    private final Deployer deployer;
    private final RouteCommands routes;
    private final ExplainCommand explain;

    ProxyCommands(Deployer deployer, ExplainCommand explain) {
        this.deployer = deployer;
        this.routes = new RouteCommands(deployer.routes());
        this.explain = explain;
    }

    @Override
    public String name() {
        return "proxy";
    }

    @Override
    public String summary() {
        return "Manage the proxy integration for an app";
    }

    @Override
    public List<Verb> verbs() {
        List<Verb> verbs = new ArrayList<>(List.of(
                Verb.of(
                        "proxy:build-config",
                        "<app>",
                        "Render an app's nginx.conf again, and reload if it changed",
                        this::build),
                explain.verb()));
        verbs.addAll(routes.verbs());
        return verbs;
    }

    private void build(Call call) {
        App app = call.app();
        call.step("Configuring " + app.name() + "...(using " + (custom(app) ? "app-supplied" : "built-in")
                + " template)");
        Proxy.Published published = deployer.site().rebuild(app.name(), call.console());
        published.warnings().forEach(call.console()::warn);
        call.console().detail(published.changed() ? "Reloading nginx" : "Nothing changed");
    }

    private static boolean custom(App app) {
        return app.release().flatMap(release -> release.template()).isPresent();
    }
}
