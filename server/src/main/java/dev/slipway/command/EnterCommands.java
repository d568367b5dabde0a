package dev.slipway.command;

import dev.slipway.model.App;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import dev.slipway.schedule.Running;
import dev.slipway.schedule.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code enter}: a shell, or a program, inside a process that runs. */
final class EnterCommands implements Noun {

    private static final String CONTAINER_ID = "--container-id";
    private static final ProcessName USUAL = new ProcessName(ProcessType.WEB, 1);

    private final Scheduler scheduler;

    EnterCommands(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public String name() {
        return "enter";
    }

    @Override
    public String summary() {
        return "Enter running app containers";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(Verb.running(
                "enter",
                "[" + CONTAINER_ID + " <id>] <app> [<process>] [<command>...]",
                "Run a shell or a command inside a process: of a type, web.1 for instance, or the one with that id",
                this::enter));
    }

    private int enter(Call call) {
        App app = call.app();
        List<String> words = new ArrayList<>(call.arguments().all("command"));
        Optional<String> id = call.arguments().value(CONTAINER_ID);
        Running process;
        if (id.isPresent()) {
            call.arguments().optional("process").ifPresent(words::addFirst);
            process = byId(app, id.get());
        } else {
            process = call.arguments()
                    .optional("process")
                    .map(word -> named(app, word))
                    .orElseGet(() -> usual(app));
        }
        if (words.isEmpty()) {
            words.addAll(Shells.of(app, call.store().globalConfig()));
        }
        return scheduler.enter(process.id(), words, call.attachment());
    }

    private List<Running> running(App app) {
        if (!app.deployed()) {
            throw UserException.failed("App " + app.name() + " has not been deployed");
        }
        return scheduler.running(app.name()).stream()
                .filter(process -> process.state() == Running.State.RUNNING)
                .filter(process ->
                        process.oneOff().isPresent() || app.processes().containsValue(process.id()))
                .filter(process -> process.pid() > 0)
                .toList();
    }

    private Running byId(App app, String id) {
        List<Running> found = running(app).stream()
                .filter(process -> process.id().equals(id) || own(process).startsWith(id))
                .toList();
        if (found.size() != 1 || id.isEmpty()) {
            throw UserException.notFound("Invalid container id for app\nAvailable ids for app (" + app.name() + "): "
                    + running(app).stream().map(EnterCommands::own).collect(Collectors.joining(" ")));
        }
        return found.getFirst();
    }

    /** The part of an id that tells it from every other, as ps:report shows it. */
    private static String own(Running process) {
        return process.id().substring(process.id().lastIndexOf('.') + 1);
    }

    private Running named(App app, String word) {
        Optional<ProcessName> name = word.contains(".") ? Optional.of(ProcessName.parse(word)) : Optional.empty();
        return running(app).stream()
                .filter(process -> name.map(process.name()::equals)
                        .orElseGet(() -> process.name().type().value().equals(word)))
                .findFirst()
                .orElseThrow(() -> UserException.notFound(
                        "No containers found for type '" + Words.shown(word) + "'\n" + available(app)));
    }

    private String available(App app) {
        return "Available types for app (" + app.name() + "): "
                + running(app).stream()
                        .map(process -> process.name().type().value())
                        .distinct()
                        .collect(Collectors.joining(" "));
    }

    /** Web, or the only one there is. */
    private Running usual(App app) {
        List<Running> all = running(app).stream()
                .filter(process -> process.oneOff().isEmpty())
                .toList();
        Optional<Running> web =
                all.stream().filter(process -> process.name().equals(USUAL)).findFirst();
        if (web.isEmpty() && all.isEmpty()) {
            throw UserException.failed("No process of " + app.name() + " runs: start it with dokku ps:start "
                    + app.name() + ", or use dokku run");
        }
        if (web.isEmpty()
                && all.stream().map(process -> process.name().type()).distinct().count() > 1) {
            throw UserException.invalid("No container type specified.\n" + available(app));
        }
        return web.orElseGet(all::getFirst);
    }
}
