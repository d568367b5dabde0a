package dev.slipway.command;

import dev.slipway.deploy.Deployer;
import dev.slipway.logs.FileTail;
import dev.slipway.model.App;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Proxy;
import dev.slipway.proxy.nginx.site.NginxProperties;
import dev.slipway.proxy.nginx.site.NginxProperty;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code nginx}: the server in front of the apps. */
final class NginxCommands implements Noun {

    private static final String PREFIX = "nginx.";
    private static final int LAST_LINES = 20;

    private final Deployer deployer;
    private final Proxy proxy;

    NginxCommands(Deployer deployer, Proxy proxy) {
        this.deployer = deployer;
        this.proxy = proxy;
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public String summary() {
        return "Manage the nginx proxy";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of(
                        "nginx:access-logs",
                        "<app> [-t]",
                        "Show the access log of an app; -t follows it",
                        this::accessLogs),
                Verb.of(
                        "nginx:error-logs",
                        "<app> [-t]",
                        "Show the error log of an app; -t follows it",
                        this::errorLogs),
                Verb.of("nginx:report", Report.USAGE, "Show the nginx properties of one app or all", this::report),
                Verb.of(
                        "nginx:set",
                        "<app> <property> [<value>] [--global]",
                        "Set or clear a property of an app, or of all with --global",
                        this::set),
                Verb.of("nginx:show-config", "<app>", "Print an app's nginx.conf as it is served", this::show),
                Verb.of("nginx:template", "", "Print the default nginx.conf.sigil", this::template),
                Verb.of(
                        "nginx:validate-config",
                        "[<app>]",
                        "Have nginx test the configuration of one app or all",
                        this::validate));
    }

    private void show(Call call) {
        App app = call.app();
        call.console()
                .line(proxy.configuration(app.name())
                        .map(String::stripTrailing)
                        .orElseThrow(() -> UserException.notFound("No nginx.conf exists for " + app.name())));
    }

    private void template(Call call) {
        call.console().line(proxy.defaultTemplate().stripTrailing());
    }

    private void validate(Call call) {
        for (App app : call.apps()) {
            proxy.test(deployer.site(app)).forEach(call.console()::warn);
        }
    }

    private void accessLogs(Call call) {
        App app = call.app();
        tail(call, proxy.accessLog(deployer.site(app)), "access");
    }

    private void errorLogs(Call call) {
        App app = call.app();
        tail(call, proxy.errorLog(deployer.site(app)), "error");
    }

    private static void tail(Call call, Optional<Path> file, String kind) {
        Path path = file.orElseThrow(() -> UserException.notFound("No " + kind + " log is kept for " + call.appName()));
        FileTail tail = new FileTail(path, call.console()::line);
        if (call.arguments().has("-t")) {
            tail.follow(LAST_LINES, () -> call.console().deserted());
        } else {
            tail.last(LAST_LINES);
        }
    }

    private void set(Call call) {
        boolean global = call.arguments().has("--global");
        List<String> words = call.arguments().plain();
        if (global) {
            setGlobal(call, words);
            return;
        }
        App app = call.app();
        NginxProperty property = NginxProperties.named(call.arguments().one("property"));
        Optional<String> value = checked(property, call.arguments().optional("value"));
        deployer.changeSite(app.name(), before -> before.withProperty(PREFIX + property.name(), value), call.console());
        tell(call, property, value);
    }

    /** With --global the words move up by one: there is no app among them. */
    private void setGlobal(Call call, List<String> words) {
        if (words.size() > 2) {
            throw UserException.invalid("Too many words: nginx:set --global <property> [<value>]");
        }
        NginxProperty property = NginxProperties.named(words.getFirst());
        Optional<String> value = checked(property, words.stream().skip(1).findFirst());
        call.store().setGlobalProperty(PREFIX + property.name(), value);
        for (App app : call.store().apps().stream().map(call.store()::app).toList()) {
            deployer.rebuildSite(app.name(), call.console());
        }
        tell(call, property, value);
    }

    private static Optional<String> checked(NginxProperty property, Optional<String> value) {
        return value.filter(text -> !text.isEmpty()).map(text -> NginxProperties.check(property.name(), text));
    }

    private static void tell(Call call, NginxProperty property, Optional<String> value) {
        call.step(
                value.map(text -> "Setting " + property.name() + " to " + text).orElse("Unsetting " + property.name()));
    }

    private void report(Call call) {
        Map<String, String> global = call.store().globalProperties();
        for (App app : call.apps()) {
            Report report = new Report(app.name() + " nginx information");
            Map<String, String> computed = proxy.properties(deployer.site(app));
            for (NginxProperty property : NginxProperties.all()) {
                String own = app.property(PREFIX + property.name()).orElse("");
                String shared = global.getOrDefault(PREFIX + property.name(), "");
                report.with(property.label(""), own)
                        .with(property.label("computed"), computed.getOrDefault(property.name(), ""))
                        .with(property.label("global"), shared);
            }
            report.print(call);
        }
    }
}
