package dev.slipway.command;

import dev.slipway.deploy.BuildHistory;
import dev.slipway.model.App;
import dev.slipway.model.BuildRecord;
import dev.slipway.model.BuildRecord.Status;
import dev.slipway.model.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code builds}: the builds that were made and those that are being made. */
final class BuildsCommands implements Noun {

    private static final String BUILD = "build-id";
    private static final String CURRENT = "current";
    private static final String IDLE = "App not currently deploying";

    private final Settable properties = new Settable("builds");
    private final BuildHistory builds;
    private final BuildTable table;

    BuildsCommands(BuildHistory builds, BuildTable table) {
        this.builds = builds;
        this.table = table;
    }

    @Override
    public String name() {
        return "builds";
    }

    @Override
    public String summary() {
        return "Manage running and historical builds";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of("builds:cancel", "<app>", "End the build that is being made of an app", this::cancel),
                Verb.of("builds:info", "<app> <" + BUILD + "> [--format <format>]", "Show one build", this::info),
                Verb.of(
                        "builds:list",
                        "[<app>] [--format <format>] [--kind <kind>] [--status <status>]",
                        "List the builds of an app, or those of all apps that are being made",
                        this::list),
                Verb.of(
                        "builds:output",
                        "<app> [<" + BUILD + ">]",
                        "Show what a build printed, or follow the current one",
                        this::output),
                Verb.of("builds:prune", "--all-apps|<app>", "Remove the records beyond those to be kept", this::prune),
                properties.reportVerb(
                        "Show the last build of one app or all, and how many are kept",
                        app -> table.described(builds.of(app.name()).stream().findFirst())),
                properties.verb());
    }

    private void cancel(Call call) {
        Optional<BuildRecord> ended = builds.cancel(call.app().name(), () -> call.step("Killing app deploy"));
        if (ended.isEmpty()) {
            call.step(IDLE);
            return;
        }
        ended.filter(build -> build.status() != Status.CANCELED)
                .ifPresent(build -> call.step("Build " + build.id() + " is no longer running (status=" + build.status()
                        + "); leaving record untouched"));
    }

    private void info(Call call) {
        BuildRecord build = find(call.app(), call.arguments().one(BUILD));
        call.console().line(call.wantsJson() ? table.json(build) : table.text(build));
    }

    private BuildRecord find(App app, String id) {
        return builds.of(app.name()).stream()
                .filter(build -> build.id().equals(id))
                .findFirst()
                .orElseThrow(() -> UserException.notFound("No build record found for " + app.name() + "/"
                        + Words.shown(id) + ": dokku builds:list " + app.name()));
    }

    private void list(Call call) {
        boolean json = call.wantsJson();
        Predicate<BuildRecord> wanted = kind(call).and(status(call));
        Optional<String> app = call.arguments().optional("app");
        List<BuildRecord> found =
                new ArrayList<>(app.isPresent() ? builds.of(call.app().name()) : builds.running());
        found.removeIf(wanted.negate());
        if (json) {
            call.console().line(table.json(found));
        } else if (found.isEmpty()) {
            call.console().line(app.isPresent() ? "No builds recorded for this app" : "No builds currently running");
        } else {
            call.console().line(app.isPresent() ? table.ofOne(found) : table.ofAll(found));
        }
    }

    private static Predicate<BuildRecord> kind(Call call) {
        Optional<String> kind = call.arguments().value("--kind");
        if (kind.isEmpty()) {
            return build -> true;
        }
        return switch (kind.get()) {
            case "build" -> build -> build.kind() == BuildRecord.Kind.BUILD;
            case "deploy" -> build -> build.kind() == BuildRecord.Kind.DEPLOY;
            default ->
                throw UserException.invalid(
                        "Invalid --kind value \"" + Words.shown(kind.get()) + "\" (allowed: build, deploy)");
        };
    }

    private static Predicate<BuildRecord> status(Call call) {
        Optional<String> status = call.arguments().value("--status");
        if (status.isEmpty()) {
            return build -> true;
        }
        return switch (status.get()) {
            case "running", "succeeded", "failed", "canceled" ->
                build -> build.status().equals(Status.valueOf(status.get().toUpperCase(Locale.ROOT)));
            case "abandoned" -> build -> false;
            default ->
                throw UserException.invalid("Invalid --status value \"" + Words.shown(status.get())
                        + "\" (allowed: running, succeeded, failed, canceled, abandoned)");
        };
    }

    private void output(Call call) {
        App app = call.app();
        String id = call.arguments().optional(BUILD).orElse(CURRENT);
        if (!id.equals(CURRENT)) {
            builds.print(find(app, id), call.console().out());
            return;
        }
        Optional<BuildRecord> running = builds.running().stream()
                .filter(build -> build.app().equals(app.name()))
                .findFirst();
        running.ifPresentOrElse(build -> builds.print(build, call.console().out()), () -> call.step(IDLE));
    }

    private void prune(Call call) {
        List<App> apps = call.arguments().has("--all-apps") ? call.apps() : List.of(call.app());
        apps.forEach(app -> builds.prune(app.name()));
    }
}
