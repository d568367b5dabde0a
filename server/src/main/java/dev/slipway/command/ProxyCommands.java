package dev.slipway.command;

import dev.slipway.deploy.AppProperty;
import dev.slipway.deploy.Deployer;
import dev.slipway.deploy.SiteChanges;
import dev.slipway.model.App;
import dev.slipway.model.PortMapping;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code proxy}: what leads to the apps. */
final class ProxyCommands implements Noun {

    private static final Pattern MAPPING = Pattern.compile("[a-z]+:[0-9]+(:[0-9]+)?");

    private final Settable properties = new Settable("proxy");
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
                        EachApp.USAGE,
                        "Render an app's nginx.conf again, and reload if it changed",
                        call -> EachApp.run(call, app -> build(call, app))),
                Verb.of(
                        "proxy:clear-config",
                        EachApp.USAGE,
                        "Serve an app's domains no longer until its site is built again",
                        call -> EachApp.run(call, app -> clear(call, app))),
                Verb.of(
                        "proxy:disable",
                        EachApp.USAGE,
                        "Let the proxy lead to an app no longer",
                        call -> EachApp.run(call, app -> disable(call, app))),
                Verb.of(
                        "proxy:enable",
                        EachApp.USAGE,
                        "Let the proxy lead to an app again",
                        call -> EachApp.run(call, app -> enable(call, app))),
                Verb.report(
                        "proxy:report", "Show the proxy settings of one app or all, or the global ones", this::report),
                Verb.of("proxy:set", Settable.USAGE, properties.verb().summary(), call -> set(properties, call)),
                explain.verb()));
        verbs.addAll(routes.verbs());
        return verbs;
    }

    private void build(Call call, App app) {
        if (!SiteChanges.enabled(app)) {
            throw UserException.failed("The proxy is disabled for " + app.name() + ": enable it with proxy:enable");
        }
        call.step("Configuring " + app.name() + "...(using " + (custom(app) ? "app-supplied" : "built-in")
                + " template)");
        Proxy.Published published = deployer.site().rebuild(app.name(), call.console());
        published.warnings().forEach(call.console()::warn);
        call.console().detail(published.changed() ? "Reloading nginx" : "Nothing changed");
    }

    private void clear(Call call, App app) {
        deployer.site().clear(app.name(), call.console());
        call.step("Cleared the proxy's configuration of " + app.name());
    }

    private void disable(Call call, App app) {
        deployer.site().enable(app.name(), false, call.console());
        call.step("Disabled the proxy for " + app.name());
    }

    private void enable(Call call, App app) {
        deployer.site().enable(app.name(), true, call.console());
        call.step("Enabled the proxy for " + app.name());
    }

    private void report(Call call) {
        Map<String, String> global = call.store().globalProperties();
        Report.print(call, () -> properties.ofAll(global), app -> {
            boolean enabled = SiteChanges.enabled(app);
            return new Report(app.name() + " proxy information")
                    .with("Proxy computed disabled", !enabled)
                    .with("Proxy computed proxy port", port(app, false))
                    .with("Proxy computed proxy ssl port", port(app, true))
                    .with("Proxy computed type", AppProperty.PROXY_TYPE.text(app, global))
                    .with("Proxy disabled", enabled ? "" : "true")
                    .with("Proxy enabled", enabled)
                    .with("Proxy global proxy port", "")
                    .with("Proxy global proxy ssl port", "")
                    .with("Proxy global type", global.getOrDefault(AppProperty.PROXY_TYPE.key(), ""))
                    .with("Proxy port map", ports(app))
                    .with("Proxy proxy port", port(app, false))
                    .with("Proxy proxy ssl port", port(app, true))
                    .with(
                            "Proxy type",
                            app.property(AppProperty.PROXY_TYPE.key()).orElse(""));
        });
    }

    /** The first host port that leads to the app, with TLS or without; empty if none does. */
    private String port(App app, boolean secure) {
        return mappings(app).stream()
                .filter(mapping -> mapping.scheme().secure() == secure)
                .map(mapping -> String.valueOf(mapping.hostPort()))
                .findFirst()
                .orElse("");
    }

    private List<PortMapping> mappings(App app) {
        return app.ports().isEmpty() ? deployer.site().detectedPorts(app) : app.ports();
    }

    /** As Dokku takes it still, {@code proxy:set shop nginx} is about the type. */
    private static void set(Settable properties, Call call) {
        String property = call.arguments().one("property");
        if (property.equals("proxy-port") || property.equals("proxy-ssl-port")) {
            throw UserException.invalid(property + " cannot be set: map the port itself, with ports:set APP"
                    + " http:PORT:5000 or https:PORT:5000; the server's own are its --http-port and --https-port");
        }
        if (MAPPING.matcher(property).matches()) {
            throw UserException.invalid(
                    "Detected potential port mapping instead of proxy type: map ports with ports:set");
        }
        boolean justType = property.equals(AppProperty.PROXY_TYPE.otherwise())
                && call.arguments().optional("value").isEmpty();
        if (justType) {
            Settable.put(call, AppProperty.PROXY_TYPE, Optional.of(property));
        } else {
            properties.set(call);
        }
    }

    private String ports(App app) {
        return mappings(app).stream().map(PortMapping::toString).collect(Collectors.joining(" "));
    }

    private static boolean custom(App app) {
        return app.release().flatMap(release -> release.template()).isPresent();
    }
}
