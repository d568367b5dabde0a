package dev.slipway.command;

import dev.slipway.app.Apps;
import dev.slipway.deploy.AppProperty;
import dev.slipway.deploy.DeployLock;
import dev.slipway.model.App;
import dev.slipway.model.AppName;
import dev.slipway.model.UserException;
import dev.slipway.store.Store;
import java.nio.file.Path;
import java.util.List;

/** {@code apps}: which apps there are. */
final class AppsCommands implements Noun {

    private static final String SKIP_DEPLOY = "--skip-deploy";
    private static final String AUTOCREATION = "App global disable autocreation";
    private static final String IGNORE_EXISTING = "--ignore-existing";

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
                Verb.of(
                        "apps:clone",
                        "<app> <new-app> [--skip-deploy] [--ignore-existing]",
                        "Create an app with the config, properties and repository of another, and deploy it",
                        this::copy),
                Verb.of("apps:create", "<app>", "Create an app", this::create),
                Verb.of(
                        "apps:destroy",
                        "<app> [" + Flags.FORCE + "]",
                        "Destroy an app and all that it has",
                        this::destroy),
                Verb.of("apps:exists", "<app>", "Exit with 0 if there is such an app, with 20 if not", this::exists),
                Verb.of("apps:list", "", "List the apps", this::list),
                Verb.of("apps:lock", "<app>", "Refuse deploys of an app", this::lock),
                Verb.of(
                        "apps:locked",
                        "<app>",
                        "Exit with 0 if deploys of an app are refused, with 1 if not",
                        this::locked),
                Verb.of(
                        "apps:rename",
                        "<app> <new-app> [--skip-deploy]",
                        "Give an app another name, and replace its processes",
                        this::rename),
                Verb.report("apps:report", "Show what is known of one app or all", this::report),
                new Settable("apps").verb(),
                Verb.of("apps:unlock", "<app>", "Take deploys of an app again", this::unlock));
    }

    private void create(Call call) {
        AppName name = new AppName(call.arguments().one("app"));
        refuseTaken(name, call);
        call.step("Creating " + name + "...");
        apps.create(name);
        apps.serve(name, call.console());
    }

    private void copy(Call call) {
        App app = call.app();
        AppName to = new AppName(call.arguments().one("new-app"));
        if (call.arguments().has(IGNORE_EXISTING) && call.store().find(to).isPresent()) {
            call.console().warn("Name is already taken");
            return;
        }
        refuseTaken(to, call);
        call.step("Cloning " + app.name() + " to " + to);
        boolean deploy = !call.arguments().has(SKIP_DEPLOY);
        apps.clone(app.name(), to, deploy, call.console());
        if (!deploy || app.release().isEmpty()) {
            apps.serve(to, call.console());
        }
    }

    private void rename(Call call) {
        App app = call.app();
        AppName to = new AppName(call.arguments().one("new-app"));
        refuseTaken(to, call);
        call.step("Renaming " + app.name() + " to " + to);
        apps.rename(app.name(), to, !call.arguments().has(SKIP_DEPLOY), call.console());
    }

    private static void refuseTaken(AppName name, Call call) {
        if (call.store().find(name).isPresent()) {
            throw Store.nameTaken();
        }
    }

    private void lock(Call call) {
        apps.lock(call.app().name(), true);
        call.console().step("Deploy lock created");
    }

    private void locked(Call call) {
        if (!isLocked(call.app())) {
            throw UserException.notFound("Deploy lock does not exist");
        }
        if (!call.quiet()) {
            call.console().line("Deploy lock exists");
        }
    }

    private void unlock(Call call) {
        App app = call.app();
        if (!DeployLock.isSet(app)) {
            throw UserException.notFound("Deploy lock does not exist: nothing keeps " + app.name() + " from deploys");
        }
        if (apps.isBusy(app.name())) {
            call.console().warn("A deploy may be in progress.");
            call.console().warn("Removing the app lock will not stop in progress deploys.");
        }
        apps.lock(app.name(), false);
        call.console().step("Deploy lock removed");
    }

    /** By hand or, as in Dokku, by a deploy that is under way. */
    private boolean isLocked(App app) {
        return DeployLock.isSet(app) || apps.isBusy(app.name());
    }

    private void destroy(Call call) {
        App app = call.app();
        if (!call.arguments().has(Flags.FORCE)) {
            Confirmation.of(app.name(), call);
        }
        call.console().step("Destroying " + app.name() + " (including all add-ons)");
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
        String autocreation = call.store().globalProperties().getOrDefault(AppProperty.AUTOCREATION.key(), "");
        Report.print(
                call,
                () -> Report.global("app").with(AUTOCREATION, autocreation),
                app -> new Report(app.name() + " app information")
                        .with("App created at", app.createdAt().getEpochSecond())
                        .with("App deploy source", app.deployed() ? "git-push" : "")
                        .with(
                                "App deploy source metadata",
                                app.release()
                                        .map(release -> release.revision().sha())
                                        .orElse(""))
                        .with("App dir", directory.resolve(app.name().value()))
                        .with(AUTOCREATION, autocreation)
                        .with("App locked", isLocked(app)));
    }
}
