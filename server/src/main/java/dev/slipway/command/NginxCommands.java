package dev.slipway.command;

import dev.slipway.deploy.Deployer;
import dev.slipway.logs.FileTail;
import dev.slipway.model.App;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Proxy;
import dev.slipway.proxy.nginx.site.NginxProperties;
import dev.slipway.proxy.nginx.site.NginxProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code nginx}: the server in front of the apps. */
final class NginxCommands implements Noun {

    /** Before the names of nginx's properties in the store. */
    static final String PREFIX = "nginx.";

    private static final String CLEAN = "--clean";
    private static final int LAST_LINES = 20;

    /** Dokku's, for an nginx that the machine's init runs. */
    static final String SERVICE_COMMAND = "nginx-service-command";

    private final Deployer deployer;
    private final Proxy proxy;
    private final TemplateCheck check;
    private final NginxReport report;

    NginxCommands(Deployer deployer, Proxy proxy) {
        this.deployer = deployer;
        this.proxy = proxy;
        this.check = new TemplateCheck(deployer.site(), proxy);
        this.report = new NginxReport(deployer.site(), proxy);
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
                Verb.of(
                        "nginx:reload",
                        "",
                        "Have nginx read its configuration anew; what changed by commands is read without it",
                        this::reload),
                Verb.report(
                        "nginx:report",
                        "Show the nginx properties of one app or all, or the global ones",
                        report::print),
                Verb.of(
                        "nginx:set",
                        Flags.GLOBAL + "|<app> <property> [<value>]",
                        "Set or clear a property of an app, or of all with --global",
                        this::set),
                Verb.of("nginx:show-config", "<app>", "Print an app's nginx.conf as it is served", this::show),
                Verb.of("nginx:start", "", "Start nginx again after nginx:stop", this::start),
                Verb.of(
                        "nginx:stop",
                        "",
                        "End nginx and every connection, until it is started or a site changes",
                        this::stop),
                Verb.of("nginx:template", "", "Print the default nginx.conf.sigil", this::template),
                Verb.of(TemplateCheck.NAME, TemplateCheck.USAGE, TemplateCheck.SUMMARY, check::run),
                Verb.of(
                        "nginx:validate-config",
                        "[<app>] [" + CLEAN + "]",
                        "Have nginx test the configuration of one app or all; --clean takes out what fails",
                        this::validate),
                new WorkersCommand(proxy).verb());
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
        List<String> failed = new ArrayList<>();
        for (App app : call.apps()) {
            try {
                proxy.validate(deployer.site().of(app)).forEach(call.console()::warn);
            } catch (UserException e) {
                call.console().warn(app.name() + ": " + e.text());
                failed.add(app.name().value());
                if (call.arguments().has(CLEAN)) {
                    clean(app, call);
                }
            }
        }
        if (!failed.isEmpty() && !call.arguments().has(CLEAN)) {
            throw UserException.failed("nginx refuses the configuration of " + String.join(", ", failed));
        }
    }

    /** What somebody made of a file that we wrote is undone; what we cannot write rightly ourselves goes. */
    private void clean(App app, Call call) {
        if (proxy.restore(app.name())) {
            call.step("Wrote the nginx.conf of " + app.name() + " as it is served");
        } else {
            deployer.site().clear(app.name(), call.console());
            call.step("Took " + app.name() + " out of nginx");
        }
    }

    private void start(Call call) {
        proxy.begin();
        call.step("Started nginx");
    }

    private void reload(Call call) {
        call.step("Reloading nginx");
        proxy.reload();
    }

    private void stop(Call call) {
        proxy.halt();
        call.step("Stopped nginx");
    }

    private void accessLogs(Call call) {
        App app = call.app();
        tail(call, proxy.accessLog(deployer.site().of(app)), "access");
    }

    private void errorLogs(Call call) {
        App app = call.app();
        tail(call, proxy.errorLog(deployer.site().of(app)), "error");
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
        if (call.arguments().one("property").equals(SERVICE_COMMAND)) {
            throw UserException.invalid(SERVICE_COMMAND + " cannot be set: nginx is Slipway's own and no service of the"
                    + " machine; dokku nginx:start, nginx:stop and nginx:reload act on it");
        }
        NginxProperty property = NginxProperties.named(call.arguments().one("property"));
        Optional<String> value = checked(property, call.arguments().optional("value"));
        if (property.whole()) {
            setWhole(call, property, value);
        } else if (call.arguments().has(Flags.GLOBAL)) {
            deployer.site().changeAll(PREFIX + property.name(), value, call.console());
        } else {
            UnaryOperator<App> change = app -> app.withProperty(PREFIX + property.name(), value);
            deployer.site().change(call.app().name(), change, call.console());
        }
        call.setting(property.name(), value);
    }

    /** No site depends on it, so none is rendered anew. */
    private static void setWhole(Call call, NginxProperty property, Optional<String> value) {
        if (!call.arguments().has(Flags.GLOBAL)) {
            throw UserException.invalid(
                    property.name() + " is about nginx as a whole and not about one app: write nginx:set "
                            + Flags.GLOBAL + " " + property.name() + " [<value>]");
        }
        call.store().setGlobalProperty(PREFIX + property.name(), value);
    }

    private static Optional<String> checked(NginxProperty property, Optional<String> value) {
        return value.filter(text -> !text.isEmpty()).map(text -> NginxProperties.check(property.name(), text));
    }
}
