package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.deploy.Deployer;
import dev.slipway.model.App;
import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import dev.slipway.schedule.Scheduler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
                Verb.of("ps:report", Report.USAGE, "Show the processes of one app or all", this::report),
                Verb.of(
                        "ps:restart",
                        "<app> [<process>]",
                        "Replace the processes of an app, or of one type",
                        this::restart),
                Verb.of(
                        "ps:scale",
                        "<app> [<process=count>...] [--format <format>] [--skip-deploy]",
                        "Show or set how many processes of each type run",
                        this::scale),
                properties.verb(),
                Verb.of("ps:start", "<app>", "Start a stopped app", this::start),
                Verb.of("ps:stop", "<app>", "Stop an app until it is started or deployed", this::stop));
    }

    private void scale(Call call) {
        App app = call.app();
        List<String> words = call.arguments().all("process=count");
        if (words.isEmpty()) {
            show(call, app);
            return;
        }
        Deployer.refuseFixedScale(app);
        call.step("Scaling " + app.name() + " processes: " + Words.shown(String.join(" ", words)));
        Map<ProcessType, Integer> changes = new TreeMap<>();
        words.forEach(word -> read(word, changes));
        if (call.arguments().has("--skip-deploy")) {
            deployer.scaleLater(app.name(), changes, call.console());
        } else {
            deployer.scale(app.name(), changes, call.console());
        }
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

    private static void show(Call call, App app) {
        if (call.wantsJson()) {
            List<Map<String, Object>> rows = new ArrayList<>();
            app.formation().counts().forEach((type, count) -> {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("process_type", type.value());
                row.put("quantity", count);
                rows.add(row);
            });
            call.console().line(json(rows));
            return;
        }
        call.step("Scaling for " + app.name());
        call.console().line("proctype: qty");
        call.console().line("--------: ---");
        int width = app.formation().counts().keySet().stream()
                .mapToInt(type -> type.value().length() + 3)
                .max()
                .orElse(0);
        app.formation().counts().forEach((type, count) -> {
            String label = type + ":";
            call.console().line(label + " ".repeat(Math.max(1, width - label.length())) + count);
        });
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void restart(Call call) {
        App app = call.app();
        Optional<ProcessType> type = call.arguments().optional("process").map(ProcessType::new);
        deployer.restart(app.name(), type, call.console());
    }

    private void start(Call call) {
        App app = call.app();
        call.step("Starting " + app.name());
        deployer.start(app.name(), call.console());
    }

    private void stop(Call call) {
        App app = call.app();
        call.step("Stopping " + app.name());
        deployer.stop(app.name(), call.console());
    }

    private void report(Call call) {
        Map<String, String> global = call.store().globalProperties();
        for (App app : call.apps()) {
            Report report = new Report(app.name() + " ps information");
            new PsReport(app, scheduler, deployer.leaving(app), clock.instant())
                    .describe(report, settings -> properties.describe(settings, app, global));
            report.print(call);
        }
    }
}
