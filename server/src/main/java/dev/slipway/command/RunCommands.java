package dev.slipway.command;

import dev.slipway.deploy.OneOffs;
import dev.slipway.exec.Attachment;
import dev.slipway.exec.Screen;
import dev.slipway.logs.AppLogs;
import dev.slipway.logs.LogFilter;
import dev.slipway.model.App;
import dev.slipway.model.Config;
import dev.slipway.model.OneOff;
import dev.slipway.model.Release;
import dev.slipway.model.UserException;
import dev.slipway.schedule.Running;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code run}: what is run once, in the environment of an app. */
final class RunCommands implements Noun {

    private static final String ENV = "--env";
    private static final String NO_TTY = "--no-tty";
    private static final String FORCE_TTY = "--force-tty";
    private static final String TTL = "--ttl-seconds";
    private static final String CRON = "--cron-id";
    private static final String CONTAINER = "--container";

    private static final String FLAGS = "[-e|" + ENV + " <key=value>] [" + NO_TTY + "] [" + FORCE_TTY + "] [" + TTL
            + " <seconds>] [" + CRON + " <id>] <app> [<command>...]";

    private final OneOffs oneOffs;
    private final AppLogs logs;
    private final Clock clock;

    RunCommands(OneOffs oneOffs, AppLogs logs, Clock clock) {
        this.oneOffs = oneOffs;
        this.logs = logs;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "Run a one-off process inside a container";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.running(
                        "run",
                        FLAGS,
                        "Run a command, or a line of the Procfile, in a process of its own, with your streams; a shell without one",
                        this::attached),
                Verb.of("run:detached", FLAGS, "As run, but leave it to itself and print its name", this::detached),
                Verb.of(
                        "run:list",
                        "[<app>] [" + Flags.FORMAT + " <format>]",
                        "List what runs beside the formation of one app or all",
                        this::list),
                Verb.of(
                        "run:logs",
                        "[<app>] [" + CONTAINER + " <name>] [-n|--num <count>] [-t|--tail] [-q|--no-prefix]",
                        "Show what detached runs of an app printed, or one of them",
                        this::show),
                Verb.of(
                        "run:stop",
                        "[<app>] [" + CONTAINER + " <name>]",
                        "End all runs of an app, or one of them",
                        this::stop));
    }

    private int attached(Call call) {
        App app = call.app();
        return oneOffs.attend(app.name(), task(call, app), attachment(call));
    }

    private static Attachment attachment(Call call) {
        if (call.arguments().has(NO_TTY)) {
            return Attachment.of(call.streams());
        }
        Attachment attachment = call.attachment();
        if (attachment.screen().isEmpty() && call.arguments().has(FORCE_TTY)) {
            Screen plain = new Terminal("dumb", new Terminal.Size(80, 24));
            return new Attachment(attachment.streams(), Optional.of(plain));
        }
        return attachment;
    }

    private void detached(Call call) {
        App app = call.app();
        OneOffs.Task task = task(call, app);
        if (call.arguments().has(FORCE_TTY)) {
            throw UserException.invalid("A detached process has no terminal: leave " + FORCE_TTY
                    + " out, or attach to it with enter " + app.name() + " once it runs");
        }
        if (call.arguments().all("command").isEmpty()) {
            throw UserException.invalid("Please specify a command: a shell that nobody types into ends at once");
        }
        Running process = oneOffs.start(app.name(), task);
        call.console().line(Containers.name(process));
    }

    private static OneOffs.Task task(Call call, App app) {
        if (call.arguments().has(NO_TTY) && call.arguments().has(FORCE_TTY)) {
            throw UserException.invalid("Cannot specify both " + FORCE_TTY + " and " + NO_TTY);
        }
        Release release = OneOffs.release(app);
        Map<String, String> environment = environment(call.arguments().values(ENV));
        OneOff like = new OneOff(
                List.of(),
                call.arguments().all("command").isEmpty() ? "a shell" : "",
                call.arguments().value(CRON).map(RunCommands::cronId).orElse(""),
                call.arguments().value(TTL).map(RunCommands::seconds).orElse(OneOffs.USUAL));
        List<String> words = call.arguments().all("command");
        return words.isEmpty()
                ? OneOffs.Task.words(release, Shells.of(app, call.store().globalConfig()), like, environment)
                : OneOffs.Task.words(release, words, like, environment);
    }

    private static Map<String, String> environment(List<String> pairs) {
        TreeMap<String, String> environment = new TreeMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw UserException.invalid("Invalid env pair: " + Words.shown(pair) + ": write KEY=VALUE");
            }
            environment.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return new Config(environment).values();
    }

    private static Duration seconds(String text) {
        if (!text.matches("[0-9]{1,8}") || Long.parseLong(text) == 0) {
            throw UserException.invalid(TTL + " must be a positive integer");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static String cronId(String text) {
        if (!text.matches("[0-9a-zA-Z]{1,10000}")) {
            throw UserException.invalid("Invalid cron id " + Words.shown(text) + ": letters and digits only");
        }
        return text;
    }

    private void list(Call call) {
        boolean json = call.wantsJson();
        if (json) {
            List<Running> all = call.apps().stream()
                    .flatMap(app -> oneOffs.running(app.name()).stream())
                    .toList();
            call.console().line(Containers.json(all));
            return;
        }
        for (App app : call.apps()) {
            call.title(app.name() + " run containers");
            Containers.table(oneOffs.running(app.name()), clock.instant()).forEach(call.console()::line);
        }
    }

    private void show(Call call) {
        Containers.Choice choice = Containers.choice(call, CONTAINER);
        int most = call.arguments().value("--num").map(LogsCommands::count).orElse(LogsCommands.USUAL);
        LogFilter filter = choice.process()
                .<LogFilter>map(LogFilter.OneProcess::new)
                .orElseGet(() -> new LogFilter.OneOffs(Optional.empty()));
        if (call.arguments().has("--tail")) {
            logs.follow(choice.app(), filter, most, entry -> LogsCommands.print(call, entry));
        } else {
            var entries = logs.tail(choice.app(), filter, most);
            if (entries.isEmpty()
                    && choice.process().isPresent()
                    && chosen(choice).isEmpty()) {
                throw UserException.notFound("Specified container does not exist: " + choice.shown());
            }
            entries.forEach(entry -> LogsCommands.print(call, entry));
        }
    }

    private List<Running> chosen(Containers.Choice choice) {
        return oneOffs.running(choice.app()).stream()
                .filter(process -> choice.process().map(process.name()::equals).orElse(true))
                .toList();
    }

    private void stop(Call call) {
        Containers.Choice choice = Containers.choice(call, CONTAINER);
        List<Running> chosen = chosen(choice);
        if (chosen.isEmpty()) {
            if (choice.process().isPresent()) {
                throw UserException.notFound("Specified container does not exist: " + choice.shown());
            }
            call.console().line("No run containers exist");
            return;
        }
        for (Running process : chosen) {
            oneOffs.stop(process);
            call.console().line(Containers.name(process));
        }
    }
}
