package dev.slipway.command;

import dev.slipway.app.Apps;
import dev.slipway.app.Sources;
import dev.slipway.deploy.AppProperty;
import dev.slipway.model.App;
import dev.slipway.model.Revision;
import dev.slipway.model.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code git}: how pushes become deploys, and what else becomes one. */
final class GitCommands implements Noun {

    private static final List<AppProperty> FOR_ALL =
            List.of(AppProperty.ARCHIVE_MAX_FILES, AppProperty.ARCHIVE_MAX_SIZE);

    /** Labels that Dokku's report of an app has not: what holds for all, and what is said otherwise. */
    private static final List<String> NOT_REPORTED = List.of(
            "Git archive max files", "Git archive max size", "Git computed rev env var", "Git global rev env var");

    private final Settable properties = new Settable("git");
    private final Apps apps;
    private final Sources sources;

    GitCommands(Apps apps, Sources sources) {
        this.apps = apps;
        this.sources = sources;
    }

    @Override
    public String name() {
        return "git";
    }

    @Override
    public String summary() {
        return "Manage app deploys via git";
    }

    @Override
    public List<Verb> verbs() {
        List<Verb> verbs = new ArrayList<>(new GitSourceCommands(sources).verbs());
        verbs.addAll(new GitRemoteCommands(sources.credentials()).verbs());
        verbs.add(Verb.of(
                "git:initialize", "<app>", "Make the repository of an app anew if it is lost", this::initialize));
        verbs.add(
                Verb.report("git:report", "Show how one app or all are deployed, or what holds for all", this::report));
        verbs.add(Verb.of("git:set", Settable.USAGE, properties.verb().summary(), this::set));
        verbs.add(Verb.of("git:status", "<app>", "Show what is on an app's deploy branch", this::status));
        verbs.add(Verb.of(
                "git:unlock", "<app> [--force]", "Let go of a repository that a killed git still holds", this::unlock));
        return verbs;
    }

    private void set(Call call) {
        AppProperty property = AppProperty.named("git", call.arguments().one("property"));
        Optional<String> text = call.arguments().optional("value");
        boolean global = call.arguments().has(Flags.GLOBAL);
        if (FOR_ALL.contains(property) && !global) {
            throw UserException.invalid(property.property() + " holds for all apps: write git:set --global "
                    + property.property() + " VALUE");
        }
        Optional<String> value = text.filter(word -> !word.isEmpty()).map(property::check);
        if (property == AppProperty.DEPLOY_BRANCH && global) {
            apps.setGlobalDeployBranch(value);
        } else if (property == AppProperty.DEPLOY_BRANCH) {
            apps.setDeployBranch(call.app().name(), value);
        } else {
            // An empty name of the variable is one of its values: none at all.
            store(call, property, property == AppProperty.REV_ENV_VAR ? value.or(() -> Optional.of("")) : value);
        }
        call.setting(property.property(), value);
    }

    private static void store(Call call, AppProperty property, Optional<String> value) {
        if (call.arguments().has(Flags.GLOBAL)) {
            call.store().setGlobalProperty(property.key(), value);
        } else {
            call.store().update(call.app().name(), app -> app.withProperty(property.key(), value));
        }
    }

    private void initialize(Call call) {
        App app = call.app();
        if (!sources.initialize(app.name())) {
            call.step("The git repository of " + app.name() + " is there already");
        } else {
            call.step("Initialized git repository of " + app.name());
        }
    }

    private void status(Call call) {
        App app = call.app();
        Sources.Status status = sources.status(app.name());
        call.console().line("On branch " + status.branch());
        call.console().line(status.tip().orElse("No commits yet"));
        if (status.tip().isPresent()) {
            call.console()
                    .line(
                            app.release().isEmpty()
                                    ? "Not deployed"
                                    : status.ahead() == 0
                                            ? "Deployed"
                                            : "Not deployed: " + status.ahead() + " commits are newer than what runs");
        }
    }

    private void unlock(Call call) {
        App app = call.app();
        int locks = sources.locks(app.name()).size();
        if (locks == 0) {
            call.step("No clone folder exists app already unlocked");
            return;
        }
        if (!call.arguments().has(Flags.FORCE)) {
            throw UserException.invalid("The repository of " + app.name() + " is held by "
                    + counted(locks) + " of a git that may still be at work: if it is not, git:unlock --force "
                    + app.name());
        }
        sources.unlock(app.name(), call.console());
        call.step("Removed " + counted(locks) + " from the repository of " + app.name());
    }

    private static String counted(int locks) {
        return locks == 1 ? "1 lock file" : locks + " lock files";
    }

    private void report(Call call) {
        Map<String, String> global = call.store().globalProperties();
        Report.print(call, () -> properties.ofAll(global), app -> {
            TreeMap<String, String> values = new TreeMap<>();
            values.putAll(properties.describe(app, global));
            values.keySet().removeAll(NOT_REPORTED);
            values.put("Git rev env var", AppProperty.REV_ENV_VAR.text(app, global));
            values.put(
                    "Git last updated at",
                    app.release()
                            .map(release -> String.valueOf(release.createdAt().getEpochSecond()))
                            .orElse(""));
            values.put("Git sha", sources.tip(app).map(Revision::sha).orElse(""));
            values.put("Git source image", "");
            Report report = new Report(app.name() + " git information");
            values.forEach(report::with);
            return report;
        });
    }
}
