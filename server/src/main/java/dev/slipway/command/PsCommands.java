package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.deploy.AppProperty;
import dev.slipway.deploy.Deployer;
import dev.slipway.deploy.Processes;
import dev.slipway.model.App;
import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** {@code ps}: the processes of an app. */
final class PsCommands implements Noun {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settable properties = new Settable("ps");
    private final Deployer deployer;
    private final Scheduler scheduler;
    private final Clock clock;

    PsCommands(Deployer deployer, Scheduler scheduler, Clock clock) {
        this.deployer = deployer;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "ps";
    }

    @Override
    public String summary() {
        return "Manage app processes";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of(
                        "ps:inspect",
                        "<app>",
                        "Describe the processes of an app in JSON, without its config",
                        this::inspect),
                Verb.of("ps:rebuild", EachApp.USAGE, "Build an app's revision again and deploy it", this::rebuild),
                Verb.report("ps:report", "Show the processes of one app or all, or the global settings", this::report),
                Verb.of(
                        "ps:restart",
                        EachApp.USAGE + " [<process>]",
                        "Replace the processes of an app, or of one type",
                        this::restart),
                Verb.of(
                        "ps:restore",
                        EachApp.OPTIONAL,
                        "Start what should run and does not; what was stopped stays so",
                        this::restore),
                Verb.of(
                        "ps:retire",
                        "[<app>]",
                        "Show what was replaced and goes by itself, once it has no sockets or its time is over",
                        this::retire),
                Verb.of(
                        "ps:scale",
                        "<app> [<process=count>...] [--clear] [--format <format>] [--replace] [--skip-deploy]",
                        "Show or set how many processes of each type run; --replace: and of no other, --clear: as of a new app",
                        this::scale),
                properties.verb(),
                Verb.of("ps:start", EachApp.USAGE, "Start a stopped app", this::start),
                Verb.of("ps:stop", EachApp.USAGE, "Stop an app until it is started or deployed", this::stop));
    }

    /** Dokku has a timer call this, and scripts call it to wait no longer; here each process has a timer of its own. */
    private void retire(Call call) {
        List<App> apps = call.apps();
        call.step("Retiring old processes");
        for (App app : apps) {
            PsReport report = new PsReport(app, scheduler, deployer.leaving(app), clock.instant());
            report.draining().forEach(line -> call.console().detail(app.name() + ": " + line));
        }
    }

    private void scale(Call call) {
        App app = call.app();
        List<String> words = call.arguments().all("process=count");
        boolean clear = call.arguments().has("--clear");
        boolean replace = call.arguments().has("--replace");
        refuseUnclear(clear, replace, words);
        if (words.isEmpty() && !clear) {
            show(call, app);
            return;
        }
        Processes.refuseFixedScale(app);
        call.step(
                "Scaling " + app.name() + " processes: " + (clear ? "--clear" : Words.shown(String.join(" ", words))));
        Map<ProcessType, Integer> changes = new TreeMap<>();
        words.forEach(word -> read(word, changes));
        if (clear || replace) {
            app.formation().counts().keySet().forEach(type -> changes.putIfAbsent(type, clear ? initial(type) : 0));
        }
        if (call.arguments().has("--skip-deploy")) {
            deployer.processes().scaleLater(app.name(), changes, call.console());
        } else {
            deployer.processes().scale(app.name(), changes, call.console());
        }
    }

    private static void refuseUnclear(boolean clear, boolean replace, List<String> words) {
        if (clear && replace) {
            throw UserException.invalid("--clear and --replace cannot be combined");
        }
        if (clear && !words.isEmpty()) {
            throw UserException.invalid("--clear takes no process types: use --replace to say which are left");
        }
        if (replace && words.isEmpty()) {
            throw UserException.invalid("--replace takes the process types that are left: TYPE=COUNT");
        }
    }

    private static int initial(ProcessType type) {
        return type.equals(ProcessType.WEB) ? 1 : 0;
    }

    private static void read(String word, Map<ProcessType, Integer> changes) {
        int equals = word.indexOf('=');
        String type = equals < 0 ? word : word.substring(0, equals);
        if (!ProcessType.isValid(type)) {
            throw UserException.invalid(Words.shown(type) + " is not a valid process name to scale up");
        }
        if (equals < 0 || equals == word.length() - 1) {
            throw UserException.invalid("Missing count for process type " + type);
        }
        String count = word.substring(equals + 1);
        if (!count.matches("[0-9]{1,5}")) {
            throw UserException.invalid("Invalid count for process type " + type);
        }
        if (changes.put(new ProcessType(type), Integer.valueOf(count)) != null) {
            throw UserException.invalid("Process type " + type + " is given twice");
        }
    }

    /** How many processes of each type run, with 0 for those of the Procfile that never do, which is the release task. */
    private static SortedMap<ProcessType, Integer> counts(App app) {
        SortedMap<ProcessType, Integer> counts = new TreeMap<>(app.formation().counts());
        app.release().ifPresent(release -> release.procfile().types().forEach(type -> counts.putIfAbsent(type, 0)));
        return counts;
    }

    private static void show(Call call, App app) {
        if (call.wantsJson()) {
            List<Map<String, Object>> rows = new ArrayList<>();
            counts(app).forEach((type, count) -> {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("process_type", type.value());
                row.put("quantity", count);
                rows.add(row);
            });
            call.console().line(json(rows));
            return;
        }
        call.step("Scaling for " + app.name());
        if (!call.quiet()) {
            call.console().line("proctype: qty");
            call.console().line("--------: ---");
        }
        counts(app).forEach((type, count) -> call.console().line("%-5s %d".formatted(type + ":", count)));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void inspect(Call call) {
        App app = call.app();
        if (!app.deployed()) {
            throw UserException.failed("App " + app.name() + " has not been deployed");
        }
        call.console()
                .line(json(scheduler.running(app.name()).stream()
                        .filter(process -> process.oneOff().isEmpty())
                        .map(PsCommands::row)
                        .toList()));
    }

    private static Map<String, Object> row(Running process) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", process.id());
        row.put("app", process.app().value());
        row.put("process", process.name().toString());
        row.put("release", process.release());
        row.put("state", process.state().name().toLowerCase(Locale.ROOT));
        row.put("address", process.address());
        row.put("pid", process.pid());
        row.put("started_at", process.startedAt().toString());
        row.put("restarts", process.restarts());
        return row;
    }

    private void rebuild(Call call) {
        each(call, "Rebuilding", app -> deployer.rebuild(app.name(), call.console()));
    }

    private void restart(Call call) {
        Optional<ProcessType> type = call.arguments().optional("process").map(ProcessType::new);
        each(call, "Restarting", app -> deployer.processes().restart(app.name(), type, call.console()));
    }

    private void start(Call call) {
        each(call, "Starting", app -> deployer.processes().start(app.name(), call.console()));
    }

    private void stop(Call call) {
        each(call, "Stopping", app -> deployer.processes().stop(app.name(), call.console()));
    }

    /** Of all apps those that were never deployed are passed over: one that somebody has just created is no failure. */
    private static void each(Call call, String doing, Consumer<App> action) {
        EachApp.run(call, app -> {
            if (!app.deployed() && call.arguments().optional("app").isEmpty()) {
                call.console().warn("App " + app.name() + " has not been deployed");
                return;
            }
            call.step(doing + " " + app.name());
            action.accept(app);
        });
    }

    private void restore(Call call) {
        EachApp.run(call, app -> {
            call.step("Restoring " + app.name());
            if (!deployer.processes().restore(app.name(), call.console())) {
                call.console()
                        .warn("App " + app.name()
                                + (app.deployed() ? " was stopped: ps:start starts it" : " has not been deployed"));
            }
        });
    }

    private void report(Call call) {
        Map<String, String> global = call.store().globalProperties();
        Report.print(call, () -> properties.ofAll(global), app -> {
            Report report = new Report(app.name() + " ps information");
            new PsReport(app, scheduler, deployer.leaving(app), clock.instant())
                    .describe(
                            report,
                            AppProperty.RESTORE.text(app, global).equals("true"),
                            settings -> properties.describe(settings, app, global));
            return report;
        });
    }
}
