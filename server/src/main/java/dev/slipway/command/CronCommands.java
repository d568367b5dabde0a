package dev.slipway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.app.Cron;
import dev.slipway.app.Cron.Entry;
import dev.slipway.deploy.AppProperty;
import dev.slipway.deploy.OneOffs;
import dev.slipway.model.App;
import dev.slipway.model.UserException;
import dev.slipway.schedule.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code cron}: what an app's app.json has run at certain times. */
final class CronCommands implements Noun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TASK = "cron_id";

    private final Cron cron;
    private final OneOffs oneOffs;

    CronCommands(Cron cron, OneOffs oneOffs) {
        this.cron = cron;
        this.oneOffs = oneOffs;
    }

    @Override
    public String name() {
        return "cron";
    }

    @Override
    public String summary() {
        return "Manage scheduled cron tasks";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of(
                        "cron:list",
                        Flags.GLOBAL + "|<app> [" + Flags.FORMAT + " <format>]",
                        "List the cron tasks of an app; there are none without one",
                        this::list),
                Verb.report("cron:report", "Show the settings and the number of tasks of one app or all", this::report),
                Verb.of("cron:resume", "<app> [<" + TASK + ">]", "Have a suspended task run again", this::resume),
                Verb.running(
                        "cron:run",
                        "<app> [<" + TASK + ">] [--detach] [" + RunCommands.TTL + " <seconds>]",
                        "Run a task now, with your streams or left to itself",
                        this::run),
                Verb.of(
                        "cron:set",
                        Flags.GLOBAL + "|<app> <property> [<value>]",
                        "Set or clear a property: maintenance; mailfrom and mailto with --global",
                        this::set),
                Verb.of(
                        "cron:suspend",
                        "<app> [<" + TASK + ">]",
                        "Have a task run no more until resumed",
                        this::suspend));
    }

    private void list(Call call) {
        String format = call.arguments().value(Flags.FORMAT).orElse("stdout");
        if (!format.equals("stdout") && !format.equals("json")) {
            throw UserException.invalid("Invalid format specified, supported formats: json, stdout");
        }
        List<Entry> entries = call.arguments().has(Flags.GLOBAL) ? List.of() : cron.entries(call.app());
        if (format.equals("json")) {
            call.console().line(json(entries));
        } else {
            table(entries).forEach(call.console()::line);
        }
    }

    private static String json(List<Entry> entries) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Entry entry : entries) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", entry.id());
            row.put("app", entry.app().value());
            row.put("command", entry.task().command());
            row.put("schedule", entry.task().schedule().toString());
            row.put("concurrency_policy", entry.task().concurrency().word());
            row.put("app-in-maintenance", entry.appSuspended());
            row.put("task-in-maintenance", entry.taskSuspended());
            row.put("maintenance", entry.suspended());
            rows.add(row);
        }
        try {
            return JSON.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> table(List<Entry> entries) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("ID", "Schedule", "Maintenance", "Command")));
        entries.forEach(entry -> rows.add(List.of(
                entry.id(),
                entry.task().schedule().toString(),
                maintenance(entry),
                Words.shown(entry.task().command()))));
        StringBuilder form = new StringBuilder();
        for (int column = 0; column < 3; column++) {
            int at = column;
            int width =
                    rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
            form.append("%-").append(width).append("s  ");
        }
        return rows.stream().map(row -> (form + "%s").formatted(row.toArray())).toList();
    }

    private static String maintenance(Entry entry) {
        if (entry.taskSuspended()) {
            return "true (task)";
        }
        return entry.appSuspended() ? "true (app)" : "false";
    }

    private Entry named(Call call) {
        App app = call.app();
        String id = call.arguments()
                .optional(TASK)
                .orElseThrow(() -> UserException.invalid(
                        "Please specify a Cron ID from the output of 'dokku cron:list " + app.name() + "'"));
        return cron.entry(app, id);
    }

    private int run(Call call) {
        Entry entry = named(call);
        Duration longest = call.arguments()
                .value(RunCommands.TTL)
                .map(RunCommands::seconds)
                .orElse(OneOffs.USUAL);
        OneOffs.Task task = Cron.task(call.app(), entry, longest);
        cron.makeWay(entry);
        if (call.arguments().has("--detach")) {
            Running process = oneOffs.start(entry.app(), task);
            call.console().line(Containers.name(process));
            return 0;
        }
        return oneOffs.attend(entry.app(), task, call.attachment());
    }

    private void suspend(Call call) {
        Entry entry = named(call);
        cron.suspend(entry, true);
        call.setting("maintenance." + entry.id(), Optional.of("true"));
    }

    private void resume(Call call) {
        Entry entry = named(call);
        if (entry.task().maintenance()) {
            throw UserException.failed("The task is suspended by app.json: remove its maintenance there and push");
        }
        cron.suspend(entry, false);
        call.setting("maintenance." + entry.id(), Optional.empty());
    }

    private void set(Call call) {
        String name = call.arguments().one("property");
        Optional<String> value = call.arguments().optional("value").filter(text -> !text.isEmpty());
        boolean global = call.arguments().has(Flags.GLOBAL);
        if (name.startsWith("maintenance.")) {
            throw UserException.invalid(
                    global
                            ? "Task maintenance properties cannot be set globally"
                            : "A single task is suspended by cron:suspend and resumed by cron:resume");
        }
        AppProperty property = AppProperty.named("cron", name);
        Optional<String> checked = value.map(property::check);
        if (global) {
            call.store().setGlobalProperty(property.key(), checked);
        } else if (property == AppProperty.CRON_MAINTENANCE) {
            call.store().update(call.app().name(), app -> app.withProperty(property.key(), checked));
        } else {
            throw UserException.invalid("Property cannot be specified on a per-app basis");
        }
        call.setting(name, checked);
        if (checked.isPresent() && property != AppProperty.CRON_MAINTENANCE) {
            call.console().warn("Slipway sends no mail: what cron tasks print is in the app's logs");
        }
    }

    private void report(Call call) {
        Map<String, String> global = call.store().globalProperties();
        boolean suspended = "true".equals(value(global, AppProperty.CRON_MAINTENANCE));
        Report.print(call, () -> describe(Report.global("cron"), global, suspended), app -> {
            List<Entry> entries = cron.entries(app);
            Report report = describe(new Report(app.name() + " cron information"), global, cron.suspended(app));
            report.with(
                    "Cron maintenance",
                    app.property(AppProperty.CRON_MAINTENANCE.key()).orElse(""));
            entries.stream()
                    .filter(Entry::taskSuspended)
                    .forEach(entry -> report.with("Cron maintenance " + entry.id(), "true"));
            return report.with("Cron task count", entries.size());
        });
    }

    private static Report describe(Report report, Map<String, String> global, boolean suspended) {
        String from = value(global, AppProperty.CRON_MAILFROM);
        String to = value(global, AppProperty.CRON_MAILTO);
        return report.with("Cron computed mailfrom", from)
                .with("Cron computed mailto", to)
                .with("Cron computed maintenance", suspended)
                .with("Cron global mailfrom", from)
                .with("Cron global mailto", to)
                .with("Cron global maintenance", value(global, AppProperty.CRON_MAINTENANCE));
    }

    private static String value(Map<String, String> global, AppProperty property) {
        return global.getOrDefault(property.key(), "");
    }
}
