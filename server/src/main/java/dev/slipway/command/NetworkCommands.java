package dev.slipway.command;

import dev.slipway.model.App;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.ProcessType;
import dev.slipway.model.UserException;
import dev.slipway.schedule.Scheduler;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code network}: where processes can be reached. Each has an address of its own, so that there is nothing to choose. */
final class NetworkCommands implements Noun {

    /** What Dokku can set. */
    private static final List<String> DOKKUS = List.of(
            "attach-post-create",
            "attach-post-deploy",
            "bind-all-interfaces",
            "initial-network",
            "static-web-listener",
            "tld");

    /** What Dokku reports, in its order; empty here but for one. */
    private static final List<String> LABELS = List.of(
            "attach post create",
            "attach post deploy",
            "bind all interfaces",
            "computed attach post create",
            "computed attach post deploy",
            "computed bind all interfaces",
            "computed initial network",
            "computed tld",
            "global attach post create",
            "global attach post deploy",
            "global bind all interfaces",
            "global initial network",
            "global tld",
            "initial network",
            "static web listener",
            "tld");

    private static final String BIND_ALL = "Network computed bind all interfaces";

    private final Scheduler scheduler;

    NetworkCommands(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public String name() {
        return "network";
    }

    @Override
    public String summary() {
        return "Manage network settings for an app";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.report("network:report", "Show the listeners of one app or all", this::report),
                Verb.of(
                        "network:set",
                        Flags.GLOBAL + "|<app> <property> [<value>]",
                        "Refuse what Dokku sets here, with the reason",
                        NetworkCommands::set));
    }

    private void report(Call call) {
        Report.print(call, NetworkCommands::ofAll, app -> {
            Report report = new Report(app.name() + " network information");
            LABELS.forEach(label -> report.with("Network " + label, ""));
            return report.with(BIND_ALL, "false").with("Network web listeners", listeners(app));
        });
    }

    private static Report ofAll() {
        Report global = Report.global("network");
        LABELS.stream()
                .filter(label -> label.startsWith("global ") || label.startsWith("computed "))
                .forEach(label -> global.with("Network " + label, ""));
        return global.with(BIND_ALL, "false");
    }

    private String listeners(App app) {
        return scheduler.running(app.name()).stream()
                .filter(process -> app.processes().containsValue(process.id()))
                .filter(process -> process.name().type().equals(ProcessType.WEB))
                .filter(process -> !process.address().isEmpty())
                .map(process -> process.address() + ":" + ProcessSpec.PORT)
                .collect(Collectors.joining(" "));
    }

    /** What is asked for and holds anyway is no error; nor is to take back what could not be set. */
    private static void set(Call call) {
        if (!call.arguments().has(Flags.GLOBAL)) {
            call.app();
        }
        String property = call.arguments().one("property");
        String value = call.arguments().optional("value").orElse("");
        if (!DOKKUS.contains(property)) {
            throw UserException.invalid(
                    "Invalid property specified, valid properties include: " + String.join(", ", DOKKUS));
        }
        boolean holds = value.isEmpty() || (property.equals("bind-all-interfaces") && value.equals("false"));
        if (!holds) {
            throw UserException.invalid(
                    property + " cannot be set: every process has an address of its own, which only this"
                            + " machine reaches. To lead a port of the machine to it, use ports:add");
        }
        call.setting(property, Optional.of(value).filter(text -> !text.isEmpty()));
    }
}
