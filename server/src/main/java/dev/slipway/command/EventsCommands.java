package dev.slipway.command;

import dev.slipway.app.Events;
import java.util.List;

/** {@code events}: what happened to the apps. */
final class EventsCommands implements Noun {

    private static final int LAST_LINES = 100;

    private final Events events;

    EventsCommands(Events events) {
        this.events = events;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public String summary() {
        return "Manage event logging";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of("events", "[-t|--tail]", "Show the last events; -t goes on with those to come", this::show),
                Verb.of("events:list", "", "List what is written down", this::list),
                Verb.of("events:off", "", "Write nothing down any more", call -> {
                    events.enable(false);
                    call.console().line("Disabling dokku events logger");
                }),
                Verb.of("events:on", "", "Write down what happens, which is the default", call -> {
                    events.enable(true);
                    call.console().line("Enabling dokku events logger");
                }));
    }

    private void show(Call call) {
        if (call.arguments().has("--tail")) {
            events.log()
                    .follow(
                            LAST_LINES,
                            call.console()::line,
                            () -> call.console().deserted());
        } else {
            events.log().last(LAST_LINES).forEach(call.console()::line);
        }
    }

    private void list(Call call) {
        if (!events.enabled()) {
            call.console().warn("Events logger disabled");
            return;
        }
        call.title("Events currently logged");
        Events.NAMES.forEach(call.console()::line);
    }
}
