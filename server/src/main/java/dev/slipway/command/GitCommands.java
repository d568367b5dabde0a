package dev.slipway.command;

import dev.slipway.app.Apps;
import dev.slipway.model.App;
import dev.slipway.model.UserException;
import java.util.List;
import java.util.Optional;

/** {@code git}: how pushes become deploys. */
final class GitCommands implements Noun {

    private static final String DEPLOY_BRANCH = "deploy-branch";

    private final Apps apps;

    GitCommands(Apps apps) {
        this.apps = apps;
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
        return List.of(
                Verb.of("git:report", Report.USAGE, "Show how one app or all are deployed", this::report),
                Verb.of("git:set", "<app> <property> [<value>]", "Set or clear a property: deploy-branch", this::set));
    }

    private void set(Call call) {
        App app = call.app();
        String property = call.arguments().one("property");
        if (!property.equals(DEPLOY_BRANCH)) {
            throw UserException.invalid("Invalid property specified, valid properties include: " + DEPLOY_BRANCH);
        }
        Optional<String> branch = call.arguments().optional("value").filter(text -> !text.isEmpty());
        branch.ifPresent(GitCommands::check);
        apps.setDeployBranch(app.name(), branch);
        call.step(branch.map(text -> "Setting deploy-branch to " + text).orElse("Unsetting deploy-branch"));
    }

    /** The part of git's rules for branch names that matters to us: no name that git would refuse is pushed anyway. */
    private static void check(String branch) {
        if (!branch.matches("[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}") || branch.contains("..") || branch.endsWith("/")) {
            throw UserException.invalid("Not a branch name: " + Words.shown(branch));
        }
    }

    private void report(Call call) {
        for (App app : call.apps()) {
            String branch = app.property("git." + DEPLOY_BRANCH).orElse("");
            new Report(app.name() + " git information")
                    .with("Git computed deploy branch", branch.isEmpty() ? "master" : branch)
                    .with("Git deploy branch", branch)
                    .with(
                            "Git last updated at",
                            app.release()
                                    .map(release ->
                                            String.valueOf(release.createdAt().getEpochSecond()))
                                    .orElse(""))
                    .with("Git rev env var", "GIT_REV")
                    .with(
                            "Git sha",
                            app.release()
                                    .map(release -> release.revision().sha())
                                    .orElse(""))
                    .print(call);
        }
    }
}
