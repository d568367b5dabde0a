package dev.slipway.command;

import dev.slipway.app.Apps;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import java.nio.file.Path;
import java.util.List;

/** {@code apps}: which apps there are. */
final class AppsCommands implements Noun {

    private final Apps apps;
    private final Path directory;

    /** @param directory where each app has its directory */
    AppsCommands(Apps apps, Path directory) {
        this.apps = apps;
        this.directory = directory;
    }

    @Override
    public String name() {
        return "apps";
    }

    @Override
    public String summary() {
        return "Manage apps";
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                Verb.of("apps:create", "<app>", "Create an app", this::create),
                Verb.of(
                        "apps:destroy",
                        "<app> [" + Flags.FORCE + "]",
                        "Destroy an app and all that it has",
                        this::destroy),
                Verb.of("apps:exists", "<app>", "Exit with 0 if there is such an app, with 20 if not", this::exists),
                Verb.of("apps:list", "", "List the apps", this::list),
                Verb.of("apps:report", Report.USAGE, "Show what is known of one app or all", this::report));
    }

    private void create(Call call) {
        AppName name = new AppName(call.arguments().one("app"));
        call.step("Creating " + name + "...");
        apps.create(name);
    }

    private void destroy(Call call) {
        App app = call.app();
        if (!call.arguments().has(Flags.FORCE)) {
            Confirmation.of(app.name(), call);
        }
        call.step("Destroying " + app.name() + " (including all add-ons)");
        apps.destroy(app.name(), call.console());
    }

    private void exists(Call call) {
        call.app();
    }

    private void list(Call call) {
        List<AppName> names = call.store().apps();
        call.title("My Apps");
        if (names.isEmpty()) {
            call.console().warn("You haven't deployed any applications yet");
        }
        names.forEach(name -> call.console().line(name.value()));
    }

    private void report(Call call) {
        for (App app : call.apps()) {
            new Report(app.name() + " app information")
                    .with("App created at", app.createdAt().getEpochSecond())
                    .with("App deploy source", app.deployed() ? "git-push" : "")
                    .with(
                            "App deploy source metadata",
                            app.release()
                                    .map(release -> release.revision().sha())
                                    .orElse(""))
                    .with("App dir", directory.resolve(app.name().value()))
                    .with("App locked", apps.isBusy(app.name()))
                    .print(call);
        }
    }
}
