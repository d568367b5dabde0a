package dev.slipway.command;

import dev.slipway.deploy.RouteChanges;
import dev.slipway.model.App;
import dev.slipway.model.IdleTime;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.ProcessType;
import dev.slipway.model.Route;
import dev.slipway.model.RoutePath;
import dev.slipway.model.Sticky;
import dev.slipway.model.UserException;
import java.util.List;
import java.util.Optional;

/** {@code proxy:route}: which paths of an app lead to which of its process types. */
final class RouteCommands {

    private static final String SETTINGS = "[--port <port>] [--strip] [--idle-timeout <time>]"
            + " [--sticky <ip|cookie:NAME|header:NAME>] [--max-connections <count>]";

    private final RouteChanges routes;

    RouteCommands(RouteChanges routes) {
        this.routes = routes;
    }

    List<Verb> verbs() {
        return List.of(
                Verb.of(
                        "proxy:route:set",
                        "<app> <process> <path> " + SETTINGS,
                        "Lead a path to a process type",
                        this::set),
                Verb.of(
                        "proxy:route:remove",
                        "<app> [<process>] <path>",
                        "Lead a path to where / leads again",
                        this::remove),
                Verb.of("proxy:route:clear", "<app>", "Remove all routes that commands set", this::clear),
                Verb.report(
                        "proxy:route:report",
                        "Show the routes of one app or all, with their open sockets",
                        this::report));
    }

    private void set(Call call) {
        App app = call.app();
        Route route = new Route(
                new ProcessType(call.arguments().one("process")),
                new RoutePath(call.arguments().one("path")),
                number(call, "--port", ProcessSpec.PORT),
                call.arguments().has("--strip"),
                call.arguments().value("--idle-timeout").map(IdleTime::parse).orElse(Route.USUAL_IDLE),
                call.arguments().value("--sticky").map(Sticky::parse),
                number(call, "--max-connections", 0));
        call.step("Routing " + route.path() + " of " + app.name() + " to " + route.target());
        routes.set(app.name(), route, call.console());
    }

    private static int number(Call call, String flag, int otherwise) {
        Optional<String> text = call.arguments().value(flag);
        text.filter(digits -> !digits.matches("[0-9]{1,7}")).ifPresent(wrong -> {
            throw UserException.invalid(
                    "Invalid value for " + flag + ": '" + Words.shown(wrong) + "': write a whole number");
        });
        return text.map(Integer::parseInt).orElse(otherwise);
    }

    private void remove(Call call) {
        App app = call.app();
        RoutePath path = new RoutePath(call.arguments().one("path"));
        Optional<ProcessType> process = call.arguments().optional("process").map(ProcessType::new);
        routes.remove(app.name(), process, path, call.console());
        call.step("Removed the route " + path + " of " + app.name());
    }

    private void clear(Call call) {
        App app = call.app();
        int declared = routes.clear(app.name(), call.console());
        call.step("Cleared the routes of " + app.name());
        if (declared > 0) {
            call.console().detail("Routes of its app.json go on: " + declared);
        }
    }

    private void report(Call call) {
        if (call.arguments().has(Flags.GLOBAL)) {
            Report.global("proxy route").print(call);
            return;
        }
        List<RouteReport> reports = call.apps().stream()
                .map(app -> new RouteReport(app, routes.of(app)))
                .toList();
        if (call.wantsJson()) {
            call.console().line(RouteReport.json(reports));
            return;
        }
        reports.forEach(report -> report.text().print(call));
    }
}
